"""From a table of texts to a table of values: each column read in the way all its cells allow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.importing import faults
from pipeline.importing.errors import AmbiguousColumnError, ContradictingColumnError
from pipeline.importing.fields import FIELDS, Kind, Role
from pipeline.importing.parsing import dates, numbers
from pipeline.importing.parsing.cells import (
    NULL_TEXTS,
    NULL_WORDS,
    Column,
    Evidence,
    stripped,
    unescaped,
    unguarded,
)
from pipeline.importing.parsing.truths import read_truths
from pipeline.importing.profile import Parsing, TableProfile
from pipeline.importing.reading.table import Table, unfit_faults

_SAMPLE_ROWS = 500
_CLEAR_MAJORITY = 20
"""A reading that so many cells ask for against one other is taken; the other cell is a fault."""

_DTYPES = {
    Kind.TEXT: "str",
    Kind.DAY: "datetime64[us]",
    Kind.MOMENT: "datetime64[us]",
    Kind.AMOUNT: "float64",
    Kind.PERCENT: "float64",
    Kind.NUMBER: "float64",
    Kind.TRUTH: "boolean",
}
_REASONS = {
    Kind.DAY: "It is not a date.",
    Kind.MOMENT: "It is not a date.",
    Kind.AMOUNT: "It is not an amount.",
    Kind.PERCENT: "It is not a percentage from 0 to 100.",
    Kind.NUMBER: "It is not a number.",
    Kind.TRUTH: "It is neither yes nor no.",
}


@dataclass(frozen=True, kw_only=True)
class Values:
    """A table as values: a column for every field of its role, missing where the file has none."""

    table: Table
    profile: TableProfile
    columns: Mapping[str, str]
    """Field -> the column of the file it was read from."""
    frame: pd.DataFrame
    faults: pd.DataFrame
    readings: Mapping[str, str]
    """Field -> how its cells were read, where there was a choice."""
    entered: pd.DataFrame
    """Of wide date columns: stage word -> when it was entered."""

    def has(self, field: str) -> bool:
        """Say whether the file has a column for a field."""
        return field in self.columns


def values_of(table: Table, profile: TableProfile, parsing: Parsing) -> Values:
    """Read the columns of a table that the profile maps.

    Raises `AmbiguousColumnError` when neither the cells, nor the other columns, nor the profile
    decide how a column is meant, `ContradictingColumnError` when cells decide against each other.
    """
    columns = profile.mapping(table.headers) if profile.recognise else _fitting(table, profile)
    entered = profile.stages_entered(table.headers)
    kinds = {**FIELDS[profile.role], **dict.fromkeys(entered, Kind.MOMENT)}
    whole = {**columns, **entered}
    readers = _Readers(table, whole, kinds, parsing)
    read = {field: readers.read(field) for field in whole}
    frame = pd.DataFrame({field: read[field].taken for field in columns}, index=table.frame.index)
    return Values(
        table=table,
        profile=profile,
        columns=columns,
        frame=_completed(frame, profile.role),
        faults=faults.together([unfit_faults(table), *_wrong_cells(table, whole, kinds, read)]),
        readings={field: column.how for field, column in read.items() if column.how},
        entered=pd.DataFrame(
            {_stage_word(name): read[name].taken for name in entered}, index=table.frame.index
        ),
    )


def _fitting(table: Table, profile: TableProfile) -> dict[str, str]:
    """Give field -> column for a table nobody knows: the first of its names whose cells fit.

    A column “Closed” may hold yes and no, or the day; its cells tell.
    """
    kinds = FIELDS[profile.role]
    sample = table.frame.head(_SAMPLE_ROWS)
    found: dict[str, str] = {}
    for field, headers in profile.candidates(table.headers).items():
        fits = [header for header in headers if _fits(sample[header], kinds[field])]
        if fits:
            found[field] = fits[0]
    return found


def _fits(cells: "pd.Series[str]", kind: Kind) -> bool:
    """Say whether most cells can be read as a kind, in one way or another."""
    match kind:
        case Kind.TEXT:
            return True
        case Kind.DAY | Kind.MOMENT:
            ways = [dates.read_dates(cells, order).wrong for order in dates.ORDERS]
        case Kind.TRUTH:
            ways = [read_truths(cells).wrong]
        case _:
            ways = [numbers.read_numbers(cells, mark).wrong for mark in numbers.MARKS]
    filled = int(stripped(cells, NULL_WORDS).notna().sum())
    return min(int(wrong.sum()) for wrong in ways) * 2 <= filled


def _stage_word(field: str) -> str:
    """Give the stage of a wide date column: what stands behind `entered`."""
    return field.partition(" ")[2]


def empty_frame(role: Role, index: pd.Index | None = None) -> pd.DataFrame:
    """Give a frame with every field of a kind of table, all missing."""
    return _completed(
        pd.DataFrame(index=index if index is not None else pd.Index([], dtype="int64")), role
    )


def _completed(frame: pd.DataFrame, role: Role) -> pd.DataFrame:
    """Give a frame every field of its role, with the type of the field."""
    kinds = FIELDS[role]
    missing = {
        field: pd.Series(
            pd.NA if kind is Kind.TRUTH else None, index=frame.index, dtype=_DTYPES[kind]
        )
        for field, kind in kinds.items()
        if field not in frame
    }
    typed = frame.astype({field: _DTYPES[kinds[str(field)]] for field in frame})
    return pd.concat([typed, pd.DataFrame(missing, index=frame.index)], axis=1)[list(kinds)]


@dataclass(frozen=True, kw_only=True)
class _Choice:
    """A question that the columns of some kinds answer together: the order of dates, say."""

    kinds: tuple[Kind, ...]
    evidence: Callable[["pd.Series[str]"], Evidence]
    readings: Callable[[str], list[str]]
    setting: str
    """How the profile answers, in words."""
    told: str
    """What the profile answers; blank when nothing."""


class _Readers:
    """One reader for each kind of column, with what the columns of one table decided together."""

    def __init__(
        self, table: Table, columns: Mapping[str, str], kinds: Mapping[str, Kind], parsing: Parsing
    ) -> None:
        self._table = table
        self._columns = columns
        self._kinds = kinds
        self._parsing = parsing
        order = _Choice(
            kinds=(Kind.DAY, Kind.MOMENT),
            evidence=dates.evidence,
            readings=dates.readings,
            setting='date_order = "dmy" or date_order = "mdy"',
            told=parsing.date_order,
        )
        mark = _Choice(
            kinds=(Kind.AMOUNT, Kind.PERCENT, Kind.NUMBER),
            evidence=numbers.evidence,
            readings=numbers.readings,
            setting='decimal = "." or decimal = ","',
            told=parsing.decimal,
        )
        self._orders = self._decided(order)
        self._marks = self._decided(mark)

    def read(self, field: str) -> Column:
        """Read the column of a field."""
        kind = self._kinds[field]
        cells = self._cells(field)
        match kind:
            case Kind.TEXT:
                texts = unguarded(stripped(cells, NULL_TEXTS))
                return Column(taken=texts, wrong=pd.Series(data=False, index=cells.index))
            case Kind.DAY | Kind.MOMENT:
                return self._dates(cells, field, kind)
            case Kind.AMOUNT | Kind.NUMBER:
                column = numbers.read_numbers(cells, self._marks.get(field, "."))
                return replace(column, taken=column.taken.round(2), how=self._how(field, column))
            case Kind.PERCENT:
                of_one = self._parsing.percent == "0-1"
                return numbers.read_percents(cells, self._marks.get(field, "."), of_one=of_one)
            case Kind.TRUTH:
                return read_truths(cells)

    def _dates(self, cells: "pd.Series[str]", field: str, kind: Kind) -> Column:
        zone = self._parsing.time_zone
        column = dates.read_dates(cells, self._orders.get(field, "dmy"), zone)
        read = days(column.taken, zone) if kind is Kind.DAY else column.taken
        return replace(column, taken=read, how=self._how(field, column))

    def _how(self, field: str, column: Column) -> str:
        return column.how if field in self._orders or field in self._marks else ""

    def _cells(self, field: str) -> "pd.Series[str]":
        cells: pd.Series[str] = self._table.frame[self._columns[field]]
        if self._parsing.escapes:
            cells = unescaped(cells)
        words = self._parsing.null_words
        return cells.mask(cells.isin(list(words))) if words else cells

    def _decided(self, choice: _Choice) -> dict[str, str]:
        """Give for each field the way to read it, where there is a choice.

        Its own cells decide, else the other columns of the file if they agree, else the profile.
        """
        fields = [field for field in self._columns if self._kinds[field] in choice.kinds]
        found = {field: choice.evidence(self._cells(field)) for field in fields}
        own = {f: self._own(f, said, choice) for f, said in found.items() if said.deciding}
        agreed = set(own.values())
        shared = agreed.pop() if len(agreed) == 1 else choice.told
        for field, said in found.items():
            if field not in own and said.open_example:
                if not shared:
                    readings = choice.readings(said.open_example)
                    column = self._columns[field]
                    raise AmbiguousColumnError(self._table.name, column, readings, choice.setting)
                own[field] = shared
        return own

    def _own(self, field: str, said: Evidence, choice: _Choice) -> str:
        """Give the way the cells of a column decide for; the profile settles contradictions."""
        (best, most), *others = sorted(said.deciding.items(), key=lambda item: -item[1])
        if not others or most >= _CLEAR_MAJORITY * others[0][1]:
            return best
        if choice.told:
            return choice.told
        examples = list(said.examples.values())
        column = self._columns[field]
        raise ContradictingColumnError(self._table.name, column, examples, choice.setting)


def days(moments: "pd.Series[pd.Timestamp]", zone: str) -> "pd.Series[pd.Timestamp]":
    """Give the day of moments (UTC) as a time zone lived it; midnights are days already."""
    floors = moments.dt.floor("D")
    if zone == "UTC" or (floors == moments).all():
        return floors.astype("datetime64[us]")
    there = moments.dt.tz_localize("UTC").dt.tz_convert(zone).dt.tz_localize(None).dt.floor("D")
    return there.where(floors != moments, floors).astype("datetime64[us]")


def _wrong_cells(
    table: Table, columns: Mapping[str, str], kinds: Mapping[str, Kind], read: Mapping[str, Column]
) -> list[pd.DataFrame]:
    return [
        faults.faults(
            table.name,
            table.frame.loc[read[field].wrong.astype(bool), column],
            column=column,
            reason=_REASONS[kinds[field]],
            remedy="Correct the cell, or empty it when the value is not known.",
        )
        for field, column in columns.items()
        if kinds[field] is not Kind.TEXT
    ]
