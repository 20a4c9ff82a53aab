"""Stages a source speaks of: which sales cycle and stage of ours each of its words means."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from pipeline.importing.profile import Profile
from pipeline.importing.translate import looked_up, translated

_LONGEST_CODE = 20
_LONGEST_TEXT = 250
ENTRY_COLUMNS = ["cycle_code", "word", "stage", "outcome"]
STAGE_COLUMNS = [
    "cycle_code",
    "stage",
    "position",
    "name",
    "chances",
    "completed",
    "is_new",
    "is_assumed",
    "allow_skip",
    "quote_required",
    "date_formula",
    "activity",
]
_RULES: dict[str, bool | str] = {
    "allow_skip": True,
    "quote_required": False,
    "date_formula": "",
    "activity": "",
}
"""What a stage table may say of a stage beyond its chances, and what holds where it does not."""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The words of the source, and the stages they mean."""

    entries: pd.DataFrame
    """cycle_code, word (casefold), stage (missing for a closed one), outcome"""
    stages: pd.DataFrame
    """cycle_code, stage, position, name, chances, completed, is_new, is_assumed (its chances)"""
    new_cycles: dict[str, str]
    """Code -> description of the cycles to make."""
    unmapped: pd.DataFrame
    """cycle_code, word: in the files, and not a stage of anything known"""
    methods: Mapping[str, str] = field(default_factory=dict)
    """Code -> how a cycle to make makes its probability, where something says so."""
    blocked: frozenset[str] = frozenset()
    """Codes of the cycles to make that take no new opportunities."""

    def numbers(self, cycle_codes: pd.Series, words: pd.Series) -> "pd.Series[float]":
        """Give the stage number of each word in its cycle; missing for closed and unknown ones."""
        found = pd.Series(float("nan"), index=words.index)
        folded = words.str.casefold()
        for code, entries in self.entries.groupby("cycle_code"):
            mine = cycle_codes == code
            meant = entries.set_index("word")["stage"].astype("float64")
            found[mine] = looked_up(folded[mine], meant)
        return found

    def positions(self) -> pd.DataFrame:
        """Give the place of each stage in its cycle."""
        return self.stages[["cycle_code", "stage", "position"]]

    def notes(self) -> tuple[str, ...]:
        """Say for how many of the stages to make nothing in the files knew the chances."""
        assumed = self.stages["is_new"].astype(bool) & self.stages["is_assumed"].astype(bool)
        words = "stages: chances are assumed, set your own on the sales cycles page"
        return (f"{assumed.sum():,} new {words}.",) if assumed.any() else ()

    def placed(self, events: pd.DataFrame) -> pd.DataFrame:
        """Give events the number of their stage, and the first stage of their cycle.

        A life that begins in no stage that is known began in the first.
        """
        firsts = self.stages.sort_values("position").drop_duplicates("cycle_code")
        first = events["cycle_code"].map(firsts.set_index("cycle_code")["stage"]).astype("float64")
        number = self.numbers(events["cycle_code"], events["stage"])
        unsaid = (events["outcome"] == "open") & events["stage"].isna()
        return events.assign(stage=number.mask(unsaid, first), first_stage=first)


def cycle_code_of(word: str, profile: Profile) -> str:
    """Give the code of the cycle a source calls by a word; without a word the profile's.

    >>> cycle_code_of("New business (EMEA)", profile)
    'NEW BUSINESS EMEA'
    """
    bare = word if profile.keeps_numbers else re.sub(r"[^\w]+", " ", word)
    bare = " ".join(bare.split()).upper()
    return (
        bare[:_LONGEST_CODE].strip() or profile.cycle.code or profile.source.upper()[:_LONGEST_CODE]
    )


def catalogue(
    profile: Profile,
    table: pd.DataFrame,
    words: pd.DataFrame,
    known: pd.DataFrame,
    cycle_names: Mapping[str, str],
) -> Catalogue:
    """Give the stages of every cycle the files speak of.

    `table` is the source's own stage table (may be empty), `words` has a row for each cycle_code
    and word used in the files with its mean chances and where it first comes, `known` the stages
    of the store. Stages keep the number of the stage of the same name in the store; the others
    are numbered on. Their order is that of the stage table, else of the profile, else of chances.
    """
    cycles = [
        _cycle(
            code, profile, table, words[words["cycle_code"] == code].dropna(subset="word"), known
        )
        for code in sorted(words["cycle_code"].unique())
    ]
    there = set(known["cycle_code"])
    return Catalogue(
        entries=_together([one.entries for one in cycles], ENTRY_COLUMNS),
        stages=_ruled(_together([one.stages for one in cycles], STAGE_COLUMNS), table),
        new_cycles={code: name for code, name in cycle_names.items() if code not in there},
        unmapped=_together([one.unmapped for one in cycles], ["cycle_code", "word"]),
    )


def _ruled(stages: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Give the stages what the stage table says of them, known there by key or name."""
    keys = pd.MultiIndex.from_frame(stages[["cycle_code", "stage"]].astype("str"))
    by_key = table.assign(stage=table["stage_id"])
    said = by_key.drop_duplicates(["cycle_code", "stage"]).set_index(["cycle_code", "stage"])
    found = said.reindex(keys).set_axis(stages.index)
    return stages.assign(
        **{
            name: found[name].fillna(otherwise).astype(type(otherwise))
            for name, otherwise in _RULES.items()
        }
    )


@dataclass(frozen=True, kw_only=True)
class _Cycle:
    entries: pd.DataFrame
    stages: pd.DataFrame
    unmapped: pd.DataFrame


def _cycle(
    code: str, profile: Profile, table: pd.DataFrame, words: pd.DataFrame, known: pd.DataFrame
) -> _Cycle:
    listed = _of_table(table, code, profile) if len(table) else _of_profile(profile)
    outcomes = {**profile.outcomes, **dict(zip(listed["word"], listed["outcome"], strict=True))}
    used = words.assign(outcome=translated(words["word"], outcomes).fillna("open"))
    strange = used[(used["outcome"] == "open") & ~used["word"].isin(listed["word"])]
    makes = profile.rules.unknown_stages == "make"
    if makes and len(strange):
        listed = _with_strange(listed, strange, used, has_table=bool(len(listed)))
    stages = _numbered(
        code, listed[listed["outcome"] == "open"], known[known["cycle_code"] == code]
    )
    return _Cycle(
        entries=_entries(code, listed, stages, outcomes),
        stages=stages,
        unmapped=pd.DataFrame(columns=["cycle_code", "word"])
        if makes
        else strange[["cycle_code", "word"]],
    )


def _of_profile(profile: Profile) -> pd.DataFrame:
    """Give a row for each word of each stage of the profile."""
    rows = [
        (stage.name, word.casefold(), place, stage.chances, stage.completed, "open", None)
        for place, stage in enumerate(profile.stages, 1)
        for word in dict.fromkeys((stage.name, *stage.words))
    ]
    return _listed(rows)


def _of_table(table: pd.DataFrame, code: str, profile: Profile) -> pd.DataFrame:
    """Give a row for the key and one for the label of each stage in the source's stage table."""
    keeps = profile.keeps_numbers
    mine = table[table["cycle_code"].isin([code, ""])].sort_values(["position", "row"])
    rows = [
        (stage or key, word.casefold(), place, chances, completed, outcome, _number(key, keeps))
        for place, (key, stage, chances, completed, outcome) in enumerate(
            mine[["stage_id", "stage", "chances", "completed", "outcome"]].itertuples(index=False),
            1,
        )
        for word in dict.fromkeys(word for word in (key, stage) if word)
    ]
    return _listed(rows)


def _number(key: str, keeps: bool) -> int | None:  # noqa: FBT001 - a fact of the profile
    """Give the number that a key is, where such keys are kept."""
    return int(key) if keeps and key.isdecimal() and int(key) else None


def _listed(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    columns = ["name", "word", "order", "chances", "completed", "outcome", "number"]
    listed = pd.DataFrame(rows, columns=columns)
    listed = listed.astype(dict.fromkeys(("order", "chances", "completed", "number"), "float64"))
    return listed.drop_duplicates("word")


def _with_strange(
    listed: pd.DataFrame, strange: pd.DataFrame, used: pd.DataFrame, *, has_table: bool
) -> pd.DataFrame:
    """Give the list with the stages it lacks.

    Behind a stage table they come last. A standard list of a profile is no longer complete then:
    only its stages that occur stay, and all are put in the order of their chances, else of the
    order in which opportunities come to them.
    """
    made = pd.DataFrame(
        {
            "name": strange["spelled"].str.slice(0, _LONGEST_TEXT),
            "word": strange["word"],
            "order": strange["rank"],
            "chances": strange["mean_chances"],
            "completed": strange["completed"],
            "outcome": "open",
            "number": float("nan"),
        }
    )
    if has_table:
        made["order"] += listed["order"].max() + 1
        return pd.concat([listed, made], ignore_index=True)
    kept = listed[listed["word"].isin(used["word"])]
    whole = pd.concat([kept, made], ignore_index=True)
    seen = used.set_index("word")["rank"]
    rising = [name for name in ("completed", "chances") if whole[name].notna().all()]
    order = whole[rising[0]] if rising else whole["word"].map(seen)
    return whole.assign(order=order.rank(method="first"))


def _numbered(code: str, listed: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Give each stage its number: the one it has in the store, else the next free one."""
    names = listed.assign(key=_keys(listed)).sort_values("order")
    names = names.drop_duplicates("key").reset_index(drop=True)
    there = known[known["stage"].notna()]
    by_name = dict(zip(there["description"].str.casefold(), there["stage"], strict=True))
    named = names["name"].str.casefold().map(by_name).astype("float64")
    numbers = names["number"].fillna(named.where(names["number"].isna()))
    free = numbers.isna()
    last = max([0, *there["stage"].astype(int), *numbers.dropna().astype(int)])
    numbers = numbers.mask(free, last + free.cumsum())
    places = there.set_index("stage")["position"].astype("float64")
    return pd.DataFrame(
        {
            "cycle_code": code,
            "stage": numbers.astype("int64"),
            "position": numbers.map(places).fillna(numbers).astype("int64"),
            "name": names["name"].astype("str"),
            "chances": _risen(names["chances"]),
            "completed": names["completed"].fillna(_evenly(names)),
            "is_new": ~numbers.isin(there["stage"].astype("float64")),
            "is_assumed": names["chances"].isna(),
            "key": names["key"],
            **_RULES,
        }
    )


def _keys(listed: pd.DataFrame) -> "pd.Series[str]":
    """Give what tells the stages apart: the number where it is kept, else the name."""
    return listed["number"].astype("str").fillna(listed["name"])


def _risen(chances: pd.Series) -> pd.Series:
    """Fill in chances nobody said: evenly rising, and between those of the stages around."""
    lowest, highest = chances.ffill().fillna(0.0), chances.bfill().fillna(100.0)
    even = _evenly(chances.to_frame())
    return chances.fillna(even.where(even < highest, highest)).pipe(
        lambda filled: filled.where(chances.notna() | (filled > lowest), lowest)
    )


def _evenly(names: pd.DataFrame) -> "pd.Series[float]":
    """Give a percentage for each stage, rising in even steps.

    >>> _evenly(pd.DataFrame(index=range(3))).tolist()
    [25.0, 50.0, 75.0]
    """
    count = len(names)
    steps = [round(100 * n / (count + 1)) for n in range(1, count + 1)]
    return pd.Series(steps, index=names.index, dtype="float64")


def _entries(
    code: str, listed: pd.DataFrame, stages: pd.DataFrame, outcomes: Mapping[str, str]
) -> pd.DataFrame:
    numbers = stages.set_index("key")["stage"]
    named = listed.assign(
        cycle_code=code, stage=_keys(listed).map(numbers).where(listed["outcome"] == "open")
    )
    closed = pd.DataFrame(
        [
            (code, word, float("nan"), outcome)
            for word, outcome in outcomes.items()
            if outcome != "open"
        ],
        columns=ENTRY_COLUMNS,
    )
    whole = _together([named[ENTRY_COLUMNS], closed], ENTRY_COLUMNS)
    return whole.drop_duplicates(["cycle_code", "word"])


def _together(frames: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    return (
        pd.concat(filled, ignore_index=True)[columns] if filled else pd.DataFrame(columns=columns)
    )
