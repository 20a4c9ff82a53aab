"""What a report can be asked besides its scope, read from the signature of its function."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pipeline.domain.errors import PipelineError
from pipeline.reports.report import Report

_TRUTHS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
_NOTHING = ("all", "none")
"""How a person says that an option which may be without a value is to be without one."""


_LARGEST = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Option:
    """One keyword of a report: its name, the words it may be, or the kind of value it takes."""

    name: str
    choices: tuple[str, ...]
    kind: type
    may_be_nothing: bool

    @property
    def flag(self) -> str:
        """How it is written on the command line: `--order-by`."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def takes(self) -> str:
        """What may follow it, in words."""
        kinds = {date: "a day like 2026-01-28", int: "a whole number from 0", bool: "yes or no"}
        said = ", ".join(self.choices) or kinds.get(self.kind, "a text")
        return f"{said}, or all" if self.may_be_nothing and self.kind is int else said


class OptionNotTakenError(PipelineError):
    """A report was given an option that it does not have."""

    def __init__(self, report: str, given: str, options: Mapping[str, Option]) -> None:
        """Take the report, the option and those it has."""
        flags = ", ".join(option.flag for option in options.values())
        takes = f"it takes {flags}" if flags else "it takes none besides its scope"
        super().__init__(f"The report {report} has no option --{given.replace('_', '-')}; {takes}.")


class OptionValueError(PipelineError):
    """An option was given a value it cannot have."""

    def __init__(self, option: Option, given: str) -> None:
        """Take the option and the value."""
        super().__init__(f"{option.flag} cannot be “{given}”; it takes {option.takes}.")


def options_of(report: Callable[..., Report]) -> dict[str, Option]:
    """The keywords of a report's function, by name."""
    hints = get_type_hints(report)
    return {
        name: _option(name, hints[name])
        for name, parameter in inspect.signature(report).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }


def understood(
    name: str, report: Callable[..., Report], given: Mapping[str, str]
) -> dict[str, Any]:
    """Give the keywords a report is called with, from what somebody wrote.

    Raises `OptionNotTakenError`, `OptionValueError`.
    """
    options = options_of(report)
    for word in given:
        if word not in options:
            raise OptionNotTakenError(name, word, options)
    return {word: _value(options[word], written) for word, written in given.items()}


def _option(name: str, hint: Any) -> Option:  # noqa: ANN401  whatever an annotation is
    literal = get_origin(hint) is Literal
    parts = (hint,) if literal or not get_args(hint) else get_args(hint)
    choices = [word for part in parts for word in get_args(part) if get_origin(part) is Literal]
    kinds = [part for part in parts if isinstance(part, type) and part is not NoneType]
    return Option(
        name=name,
        choices=tuple(map(str, choices)),
        kind=kinds[0] if kinds else str,
        may_be_nothing=NoneType in parts,
    )


def _value(option: Option, written: str) -> object:
    word = written.strip()
    if option.may_be_nothing and word.lower() in _NOTHING:
        return None
    try:
        return _read(option, word)
    except (KeyError, ValueError):
        raise OptionValueError(option, written) from None


def _read(option: Option, word: str) -> object:
    if option.choices:
        return option.choices[option.choices.index(word.lower())]
    if option.kind is date:
        return date.fromisoformat(word)
    if option.kind is bool:
        return _TRUTHS[word.lower()]
    if option.kind is int and not 0 <= int(word) <= _LARGEST:
        raise ValueError(word)
    return option.kind(word)
