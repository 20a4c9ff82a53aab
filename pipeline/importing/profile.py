"""What an import knows of a source: a small TOML file that a person can read and correct.

```toml
name = "maven"
title = "CRM sales opportunities of Maven Analytics"
source = "maven"                       # external ids are unique under this name

[parsing]
date_order = "mdy"                     # only asked where no cell of the file decides
decimal = "."                          # the same
percent = "0-100"                      # or "0-1"
time_zone = "Europe/Berlin"            # of times that carry no offset
null_words = ["000000000000000AAA"]

[cycle]
code = "MAVEN"
description = "..."
probability_method = "chances"

[[stages]]                             # in their order
name = "Prospecting"
chances = 10

[outcomes]                             # stages that mean won or lost
Won = "won"
Lost = "lost"

[statuses]                             # words of a status kept beside the stage
Open = "open"

[rules]
reached = "Engaging"                   # the stage of a closed opportunity without history
no_created_on = "today"                # or "refuse"
lost_amount_zero = "unknown"           # or "zero"

[[tables]]
role = "opportunities"                 # or history, stages, owners, contacts, cycles ...
recognise = ["opportunity_id", "deal_stage"]
[tables.columns]
external_id = "opportunity_id"         # or several spellings: ["Id", "Opportunity ID"]
```
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.domain.cycles import ProbabilityMethod
from pipeline.importing.errors import BadProfileError, UnknownProfileError
from pipeline.importing.fields import FIELDS, Role
from pipeline.importing.headers import plain

OUTCOMES = ("open", "won", "lost")
NOT_STARTED = "not started"
"""What a status may mean besides: the opportunity is a draft, in no stage yet."""
ACTIONS = ("first", "next", "previous", "move", "update")
"""What a word of a history may say was done; a move goes over stages, forward or back."""
METHODS = tuple(method.value for method in ProbabilityMethod)
SHAPES = ("none", "snapshots", "changes", "from_to", "wide_dates", "versions")


@dataclass(frozen=True, kw_only=True)
class Parsing:
    """How the cells of the source are read where they do not decide themselves."""

    date_order: str = ""
    decimal: str = ""
    percent: str = "0-100"
    time_zone: str = "UTC"
    null_words: tuple[str, ...] = ()
    escapes: str = ""
    """`xml`: signs are written as their number, `In_x0020_Progress`."""
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, kw_only=True)
class CycleProfile:
    """The sales cycle the opportunities go into, when the source names none."""

    code: str = ""
    description: str = ""
    probability_method: str = "chances"


@dataclass(frozen=True, kw_only=True)
class StageProfile:
    """One stage of the cycle, and the words by which the source calls it."""

    name: str
    chances: float = 0.0
    completed: float | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What is done where the source says nothing."""

    reached: str = ""
    """The stage a closed opportunity without history is said to have been in; else the first."""
    no_created_on: str = "refuse"
    lost_amount_zero: str = "zero"
    reason_means: str = ""
    """`lost`: where a close reason is set, the opportunity is lost, whatever else is said."""
    keys: str = ""
    """`salesforce`: keys of 15 and of 18 characters are the same."""
    flags_follow: str = "stage"
    """`stage`: closed and won are what the stage says, so that rows teach what a stage means."""
    unknown_stages: str = "refuse"
    """`make` adds stages that the profile does not know behind those it does."""
    numbers: str = ""
    """`keep`: numbers and codes of opportunities, contacts, people, cycles, stages, reasons and
    campaigns are those of the source; else they are made here, and stages known by their names."""
    set_up: str = ""
    """`whole`: tables of people, contacts, cycles, stages, reasons and campaigns are taken whole,
    even without an opportunity; else what opportunities use is."""
    history: str = ""
    """`complete`: every row of a history is an entry that counts, and nothing was before it."""


@dataclass(frozen=True, kw_only=True)
class TableProfile:
    """One table of the source: what it holds, how it is recognised, which column is which field."""

    role: Role
    shape: str = "none"
    recognise: tuple[str, ...] = ()
    """Column names that must all be there."""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field -> the names its column may have, the best first."""
    needs: tuple[str, ...] = ()
    """Fields without which the table cannot be used."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Of field changes and property versions: the source's name of a field -> ours."""
    entered: tuple[str, ...] = ()
    """Of wide date columns: patterns of their names; the group is the stage."""
    besides: tuple[str, ...] = ()
    """Further columns it may have. Where any are named, a table with yet another is none such:
    so that two columns `Code` and `Name` are not taken for people wherever they stand."""

    def mapping(self, headers: list[str]) -> dict[str, str]:
        """Give field -> the column that holds it, for the headers of a file."""
        return {name: hits[0] for name, hits in self.candidates(headers).items()}

    def candidates(self, headers: list[str]) -> dict[str, list[str]]:
        """Give field -> the columns that may hold it, the best first."""
        by_plain: dict[str, str] = {}
        for header in headers:
            by_plain.setdefault(plain(header), header)
        found = {
            name: [by_plain[plain(one)] for one in spellings if plain(one) in by_plain]
            for name, spellings in self.columns.items()
        }
        return {name: hits for name, hits in found.items() if hits}

    def stages_entered(self, headers: list[str]) -> dict[str, str]:
        """Give `entered <stage>` -> the column that says when the stage was entered.

        Where two columns speak of one stage, the first pattern of the profile is the better one.
        """
        found: dict[str, str] = {}
        for pattern in self.entered:
            for header in headers:
                match = re.fullmatch(pattern, header.strip(), re.IGNORECASE)
                if match:
                    found.setdefault(f"entered {match[1].strip()}", header)
        return found


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Everything an import knows of one source."""

    name: str
    title: str
    source: str
    parsing: Parsing = Parsing()
    cycle: CycleProfile = CycleProfile()
    stages: tuple[StageProfile, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """Stage words (casefold) that mean won or lost."""
    statuses: Mapping[str, str] = field(default_factory=dict)
    """Words of a status that is kept beside the stage, and what each means."""
    actions: Mapping[str, str] = field(default_factory=dict)
    """Words of a history that say what was done; see `ACTIONS`."""
    methods: Mapping[str, str] = field(default_factory=dict)
    """Words for the ways in which a cycle makes a probability."""
    rules: Rules = Rules()
    tables: tuple[TableProfile, ...] = ()

    @property
    def keeps_numbers(self) -> bool:
        """Whether numbers and codes are those of the source."""
        return self.rules.numbers == "keep"

    @property
    def is_complete(self) -> bool:
        """Whether every row of a history counts, and nothing was before it."""
        return self.rules.history == "complete"

    @property
    def takes_set_up(self) -> bool:
        """Whether tables of set-up are taken whole."""
        return self.rules.set_up == "whole"


def load(name_or_path: str) -> Profile:
    """Give a profile by its name or by the path of a TOML file.

    Raises `UnknownProfileError`, and `BadProfileError` with the first thing that is wrong.
    """
    if name_or_path in names():
        return built_in(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        raise UnknownProfileError(name_or_path, names())
    try:
        return parse(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise BadProfileError(path.name, "it is not a text file in UTF-8") from error


def with_outcomes(profile: Profile, *, won: Iterable[str], lost: Iterable[str]) -> Profile:
    """Give a profile with more words that mean won or lost.

    The answer that none does is kept as a word, too: with it the question has been answered.
    """
    said = {word.casefold(): "won" for word in won} | {word.casefold(): "lost" for word in lost}
    return replace(profile, outcomes={**profile.outcomes, **said}) if said else profile


@cache
def names() -> tuple[str, ...]:
    """Give the names of the profiles that come with the product."""
    folder = files("pipeline.importing") / "profiles"
    return tuple(sorted(p.name[:-5] for p in folder.iterdir() if p.name.endswith(".toml")))


@cache
def built_in(name: str) -> Profile:
    """Give a profile that comes with the product."""
    text = (files("pipeline.importing") / "profiles" / f"{name}.toml").read_text("utf-8")
    return parse(text, name)


def parse(text: str, called: str) -> Profile:
    """Read a profile from TOML. Raises `BadProfileError`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadProfileError(called, f"it is not TOML ({error})") from error
    _check_keys(called, "it", raw, [f.name for f in fields(Profile)])
    for key in ("name", "title", "source"):
        if not isinstance(raw.get(key), str) or not raw[key].strip():
            raise BadProfileError(called, f"“{key}” is missing")
    profile = Profile(
        name=raw["name"],
        title=raw["title"],
        source=raw["source"],
        parsing=_section(called, raw, "parsing", Parsing),
        cycle=_section(called, raw, "cycle", CycleProfile),
        stages=tuple(
            _made(called, "stages", one, StageProfile) for one in _list(called, raw, "stages")
        ),
        outcomes=_words(called, "outcomes", raw, OUTCOMES),
        statuses=_words(called, "statuses", raw, (*OUTCOMES, NOT_STARTED)),
        actions=_words(called, "actions", raw, ACTIONS),
        methods=_words(called, "methods", raw, METHODS),
        rules=_section(called, raw, "rules", Rules),
        tables=tuple(_table(called, one) for one in _list(called, raw, "tables")),
    )
    _check(called, profile)
    return profile


def _section(called: str, raw: Mapping[str, Any], key: str, kind: type[Any]) -> Any:  # noqa: ANN401
    return _made(called, key, raw.get(key, {}), kind)


def _made(called: str, where: str, raw: object, kind: type[Any]) -> Any:  # noqa: ANN401
    """Give a section as its dataclass; its types are those of the defaults."""
    if not isinstance(raw, dict):
        raise BadProfileError(called, f"“{where}” must be a section")
    _check_keys(called, f"[{where}]", raw, [f.name for f in fields(kind)])
    values: dict[str, Any] = {}
    for key, value in raw.items():
        if isinstance(value, list):
            value = tuple(str(one) for one in value)  # noqa: PLW2901
        elif isinstance(value, int) and not isinstance(value, bool):
            value = float(value)  # noqa: PLW2901
        values[key] = value
    for one in fields(kind):
        wanted = {"str": str, "tuple[str, ...]": tuple, "float": float}.get(_type_name(one.type))
        if wanted and one.name in values and not isinstance(values[one.name], wanted):
            raise BadProfileError(called, f"“{one.name}” in [{where}] is not what it must be")
    try:
        return kind(**values)
    except TypeError as error:
        raise BadProfileError(called, f"a key is missing in [{where}]") from error


def _type_name(annotation: object) -> str:
    return annotation.__name__ if annotation in (str, float) else str(annotation)


def _list(called: str, raw: Mapping[str, Any], key: str) -> list[Any]:
    value = raw.get(key, [])
    if not isinstance(value, list):
        raise BadProfileError(called, f"“{key}” must be written as [[{key}]]")
    return value


def _words(
    called: str, where: str, raw: Mapping[str, Any], allowed: tuple[str, ...]
) -> dict[str, str]:
    """Give a section of words and their meanings; the words in casefold."""
    section = raw.get(where, {})
    if not isinstance(section, dict):
        raise BadProfileError(called, f"“{where}” must be a section")
    for word, meaning in section.items():
        if meaning not in allowed:
            must = f"must be one of {', '.join(allowed)}"
            raise BadProfileError(called, f"the {where.rstrip('s')} of “{word}” {must}")
    return {str(word).casefold(): str(meaning) for word, meaning in section.items()}


def _table(called: str, raw: object) -> TableProfile:
    if not isinstance(raw, dict):
        raise BadProfileError(called, "“tables” must be written as [[tables]]")
    _check_keys(called, "[[tables]]", raw, [f.name for f in fields(TableProfile)])
    if raw.get("role") not in list(Role):
        raise BadProfileError(called, f"the role of a table must be one of {', '.join(Role)}")
    role = Role(raw["role"])
    known = list(FIELDS[role])
    columns = _spellings(called, raw.get("columns", {}), known)
    changed = raw.get("fields", {})
    _check_keys(
        called,
        "[tables.fields]",
        {str(v): k for k, v in changed.items()},
        list(FIELDS[Role.HISTORY]),
    )
    return TableProfile(
        role=role,
        shape=_one_of(called, "shape", raw.get("shape", "none"), SHAPES),
        recognise=tuple(map(str, raw.get("recognise", ()))),
        columns=columns,
        needs=tuple(map(str, raw.get("needs", ()))),
        fields={str(key).casefold(): str(value) for key, value in changed.items()},
        entered=tuple(map(str, raw.get("entered", ()))),
        besides=tuple(map(str, raw.get("besides", ()))),
    )


def _spellings(called: str, raw: object, known: list[str]) -> dict[str, tuple[str, ...]]:
    if not isinstance(raw, dict):
        raise BadProfileError(called, "“columns” must be a section")
    _check_keys(called, "[tables.columns]", raw, known)
    return {
        name: (spelled,) if isinstance(spelled, str) else tuple(map(str, spelled))
        for name, spelled in raw.items()
    }


def _check_keys(called: str, where: str, raw: Mapping[str, Any], known: list[str]) -> None:
    for key in raw:
        if key not in known:
            nearest = get_close_matches(key, known, n=1, cutoff=0.5)
            hint = f"; did you mean “{nearest[0]}”?" if nearest else ""
            raise BadProfileError(called, f"“{key}” in {where} is not known{hint}")


def _one_of(called: str, what: str, value: object, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadProfileError(
            called, f"{what} is “{value}”; it must be one of {', '.join(allowed)}"
        )
    return str(value)


def _check(called: str, profile: Profile) -> None:
    """Refuse what can be written in TOML and makes no sense."""
    parsing, rules = profile.parsing, profile.rules
    _one_of(called, "date_order", parsing.date_order, ("", "dmy", "mdy", "ymd"))
    _one_of(called, "decimal", parsing.decimal, ("", ".", ","))
    _one_of(called, "percent", parsing.percent, ("0-100", "0-1"))
    _one_of(called, "no_created_on", rules.no_created_on, ("refuse", "today"))
    _one_of(called, "lost_amount_zero", rules.lost_amount_zero, ("zero", "unknown"))
    _one_of(called, "keys", rules.keys, ("", "salesforce"))
    _one_of(called, "flags_follow", rules.flags_follow, ("", "stage"))
    _one_of(called, "reason_means", rules.reason_means, ("", "lost"))
    _one_of(called, "unknown_stages", rules.unknown_stages, ("refuse", "make"))
    _one_of(called, "escapes", parsing.escapes, ("", "xml"))
    _one_of(called, "numbers", rules.numbers, ("", "keep"))
    _one_of(called, "set_up", rules.set_up, ("", "whole"))
    _one_of(called, "history", rules.history, ("", "complete"))
    _one_of(called, "probability_method", profile.cycle.probability_method, METHODS)
    stages = tuple(stage.name for stage in profile.stages)
    if rules.reached:
        _one_of(called, "reached", rules.reached, stages)
    for stage in profile.stages:
        if not 0 <= stage.chances <= 100:  # noqa: PLR2004
            raise BadProfileError(called, f"the chances of stage {stage.name} must lie in 0 to 100")
