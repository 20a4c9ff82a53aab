"""The opportunities behind a number, as the address of their list: a selection becomes a link.

Search and status are widgets of the list and bound to the URL by themselves; every other part of a
selection stands in the URL only, and the list says it in words.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from dashboard import formats
from pipeline.domain.scope import Scope, Selection

Query: TypeAlias = dict[str, list[str]]
"""The parameters of an address; a name may come more than once."""


def _flag(word: str) -> bool:
    return word == "1"


_ONE: dict[str, tuple[str, Callable[[str], Any], str]] = {
    "month": ("expected_month", date.fromisoformat, "expected to close in {month}"),
    "expected_from": ("expected_from", date.fromisoformat, "expected to close from {day}"),
    "expected_to": ("expected_to", date.fromisoformat, "expected to close by {day}"),
    "undated": ("without_expected_close", _flag, "without an expected close date"),
    "overdue": ("overdue", _flag, "overdue"),
    "without_amount": ("without_amount", _flag, "without an amount"),
    "reached": ("reached_stage", int, "reached {stage}"),
    "highest": ("highest_stage", int, "came no further than {stage}"),
    "advanced": ("advanced_stage", int, "went on from {stage}"),
    "entered": ("entered", _flag, "ever in a stage"),
    "rule": ("rule", str, "counted by rule {number}"),
    "crossed": ("crossed_stage", int, "first came to {stage} or beyond it"),
    "crossed_from": ("crossed_from", date.fromisoformat, "came there from {day}"),
    "crossed_to": ("crossed_to", date.fromisoformat, "came there by {day}"),
    "resolved": ("resolved_stage", int, "reached {stage} and are not still open there"),
    "visited": ("visited_stage", int, "ever in {stage}"),
    "skipped": ("skipped_stage", int, "skipped {stage}"),
    "bounced": ("bounced_stage", int, "went back from {stage}"),
    "last": ("last_stage", int, "last in {stage}"),
    "step": ("step", str, "took the step {number}"),
    "probability_from": ("probability_from", float, "of {number:g}\u00a0% probability and more"),
    "probability_to": ("probability_to", float, "of {number:g}\u00a0% probability and less"),
    "completed_from": ("completed_from", float, "{number:g}\u00a0% completed and more"),
    "completed_to": ("completed_to", float, "{number:g}\u00a0% completed and less"),
    "amount_from": ("amount_from", float, "of {number} and more"),
    "amount_below": ("amount_below", float, "below {number}"),
    "without_campaign": ("without_campaign", _flag, "without a campaign"),
    "without_team": ("without_team", _flag, "without a team"),
    "closed_from": ("closed_from", date.fromisoformat, "closed from {day}"),
    "closed_to": ("closed_to", date.fromisoformat, "closed by {day}"),
    "created_from": ("created_from", date.fromisoformat, "created from {day}"),
    "created_to": ("created_to", date.fromisoformat, "created by {day}"),
    "without_reason": ("without_close_reason", _flag, "closed without a reason"),
    "counted": ("in_win_rate", _flag, "counted in the win rate"),
    "without_owner": ("without_owner", _flag, "without an owner"),
    "without_contact": ("without_contact", _flag, "without a contact"),
    "entered_from": ("entered_from", date.fromisoformat, "in its stage since {day} or later"),
    "entered_to": ("entered_to", date.fromisoformat, "in its stage since {day} or longer"),
    "no_step": ("without_next_step", _flag, "without a next step"),
    "unplanned_to": ("unplanned_to", date.fromisoformat, "with nothing planned until {day}"),
    "pushed": ("pushed", int, "pushed at least {number} times"),
    "pushed_from": ("pushed_from", date.fromisoformat, "pushed from {day}"),
    "pushed_to": ("pushed_to", date.fromisoformat, "pushed by {day}"),
}
"""Parameter: its field, how it is read, and its words."""

_MANY: dict[str, tuple[str, Callable[[str], Any], str]] = {
    "status": ("statuses", str, ""),
    "stage": ("stages", int, "in {stage}"),
    "reason": ("close_reasons", str, "closed for {word}"),
    "source": ("sources", str, "recorded from {word}"),
    "in_list": ("lists", str, "made for list {word}"),
    "action": ("actions", str, "action taken: {word}"),
    "category": ("categories", str, "forecast as {word}"),
}
_NARROWED = {
    "in_cycle": "cycles",
    "in_owner": "owners",
    "in_team": "teams",
    "in_contact": "contacts",
    "in_campaign": "campaigns",
}
"""Parameters that narrow the scope of the bar to one of its parts."""

PARAMETERS = frozenset({*_ONE, *_MANY, *_NARROWED} - {"status"})
"""The parameters of an address that say what a list is narrowed to; the status has a widget."""


def query(scope: Scope, drill: tuple[Scope, Selection]) -> Query:
    """The address of the list behind a number, seen from the scope of the bar.

    >>> day = Scope(as_of=date(2026, 1, 28))
    >>> query(day, (replace(day, cycles=("NEW",)), Selection(stages=(3,), overdue=True)))
    {'in_cycle': ['NEW'], 'overdue': ['1'], 'stage': ['3']}
    """
    inside, selection = drill
    narrowed = {
        name: list(getattr(inside, part))
        for name, part in _NARROWED.items()
        if getattr(inside, part) != getattr(scope, part)
    }
    ones = {name: _written(getattr(selection, part)) for name, (part, *_) in _ONE.items()}
    many = {name: list(map(str, getattr(selection, part))) for name, (part, *_) in _MANY.items()}
    search = {"q": [selection.search] if selection.search else []}
    return {name: words for name, words in {**narrowed, **ones, **many, **search}.items() if words}


def selected(asked: Mapping[str, Sequence[str]]) -> Selection:
    """The selection an address asks for; what cannot be read is passed over (see `unread`)."""
    ones = {part: _read(asked, name, read) for name, (part, read, _) in _ONE.items()}
    many = {part: tuple(_each(asked, name, read)) for name, (part, read, _) in _MANY.items()}
    known = {part: value for part, value in {**ones, **many}.items() if value not in (None, ())}
    return Selection(**known)


def narrowed(scope: Scope, asked: Mapping[str, Sequence[str]]) -> Scope:
    """The scope of the bar, narrowed to the cycle, owner, contact or campaign an address names."""
    named = {part: tuple(asked[name]) for name, part in _NARROWED.items() if asked.get(name)}
    return replace(scope, **named)  # type: ignore[arg-type]


def in_words(
    asked: Mapping[str, Sequence[str]],
    *,
    stages: Mapping[int, str],
    owners: Mapping[str, str],
    reasons: Mapping[str, str],
) -> list[tuple[str, str]]:
    """What an address narrows the list to: each parameter with a phrase."""
    return [
        (name, phrase)
        for name, words in asked.items()
        for phrase in _phrase(name, words, stages, owners, reasons)
    ]


def unread(asked: Mapping[str, Sequence[str]]) -> list[str]:
    """The parts of an address that cannot be read, so that a list never is wider than it says."""
    parts = {**_ONE, **_MANY}
    return [
        f"{name}={word}"
        for name, words in asked.items()
        if name in parts
        for word in words
        if _tried(parts[name][1], word) is None
    ]


def _phrase(
    name: str,
    words: Sequence[str],
    stages: Mapping[int, str],
    owners: Mapping[str, str],
    reasons: Mapping[str, str],
) -> Iterable[str]:
    if name in _NARROWED:
        named = owners if name == "in_owner" else {}
        return [", ".join(named.get(word, word) for word in words)]
    pattern = {**_ONE, **_MANY}.get(name, ("", str, ""))[2]
    read = [_tried({**_ONE, **_MANY}[name][1], word) for word in words] if pattern else []
    return [
        pattern.format(
            month=formats.month(value) if isinstance(value, date) else "",
            day=formats.day(value) if isinstance(value, date) else "",
            stage=stages.get(value, f"stage {value}") if isinstance(value, int) else "",
            number=value,
            word=reasons.get(str(value), str(value)),
        )
        for value in read
        if value is not None
    ]


def _written(value: object) -> list[str]:
    if value is None or value is False or value == "":
        return []
    return ["1"] if value is True else [str(value)]


def _read(asked: Mapping[str, Sequence[str]], name: str, read: Callable[[str], Any]) -> Any:  # noqa: ANN401
    values = _each(asked, name, read)
    return values[0] if values else None


def _each(asked: Mapping[str, Sequence[str]], name: str, read: Callable[[str], Any]) -> list[Any]:
    tried = (_tried(read, word) for word in asked.get(name, ()))
    return [value for value in tried if value is not None]


def _tried(read: Callable[[str], Any], word: str) -> Any:  # noqa: ANN401
    try:
        return read(word)
    except ValueError:
        return None
