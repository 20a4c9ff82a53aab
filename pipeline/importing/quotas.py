"""Files of quotas, CSV or Excel: a row is a quota, or a holder with a column for each period."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from pipeline.commands import ImportQuotas, SetQuota
from pipeline.domain.calendar import FiscalCalendar, Period, PeriodKind
from pipeline.domain.errors import PeriodUnreadableError, QuotaFileError, QuotaRowError
from pipeline.domain.period_words import period_of
from pipeline.domain.scope import Scope
from pipeline.domain.targets import Level, Measure
from pipeline.importing.reading import read_bytes
from pipeline.importing.reading.table import Table
from pipeline.reports.printing import without_formulas
from pipeline.store import Session, targets

_WHOSE = {
    "level": "level",
    "of": "level",
    "holder": "level",
    "code": "code",
    "owner": "owner",
    "owner code": "owner",
    "salesperson": "owner",
    "seller": "owner",
    "rep": "owner",
    "name": "name",
    "team": "team",
    "team code": "team",
}
_WHAT = {
    "period": "period",
    "quarter": "period",
    "month": "period",
    "year": "period",
    "measure": "measure",
    "measured in": "measure",
    "quota": "target",
    "target": "target",
    "goal": "target",
    "amount": "target",
    "own quota": "target",
    "in force from": "effective_from",
    "effective from": "effective_from",
}
_COLUMNS = {**_WHOSE, **_WHAT}


@dataclass(frozen=True, kw_only=True)
class Known:
    """Whom a file may name, by code, and how the company cuts time."""

    calendar: FiscalCalendar
    owners: Mapping[str, str]
    teams: Mapping[str, str]


def known(session: Session, day: date) -> Known:
    """Read whom a file may name."""
    people = session.frame("forecast_people", Scope(as_of=day))
    teams = session.frame("teams", Scope(as_of=day))
    return Known(
        calendar=targets.calendar(session),
        owners=dict(zip(people["owner_code"], people["owner_name"], strict=True)),
        teams=dict(zip(teams["team_code"], teams["name"], strict=True)),
    )


def read_quotas(content: bytes, name: str, known: Known) -> ImportQuotas:
    """Give the quotas of a file. Raises `QuotaFileError`, `QuotaRowError`.

    Long, a row has whose (level and code, or a column owner or team, by code or by name), the
    period, the quota and perhaps the measure and the day it is in force from. Wide, each further
    column is headed by a period, and a blank cell sets nothing.
    """
    tables = [table for table in read_bytes(content, name, list(_COLUMNS)) if len(table.frame)]
    if not tables:
        raise QuotaFileError(name, "it has no rows.")
    rows = tuple(quota for table in tables for quota in _of_table(table, known))
    if not rows:
        raise QuotaFileError(name, "no cell of it holds a quota.")
    return ImportQuotas(rows=rows)


def read_quota_file(path: Path, known: Known) -> ImportQuotas:
    """Read the quotas of a file on disk. Raises as `read_quotas` does."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise QuotaFileError(str(path), f"{(error.strerror or str(error)).lower()}.") from error
    return read_quotas(content, path.name, known)


def template(known: Known, day: date, measure: str = Measure.WON_AMOUNT.value) -> str:
    """Give a CSV file to fill in: a row for the company, each team and each owner.

    With the quarters of the fiscal year of a day; it begins as a spreadsheet knows UTF-8.
    """
    quarters = [one.label for one in known.calendar.periods(PeriodKind.QUARTER, day)]
    holders = [
        (Level.COMPANY, "", ""),
        *((Level.TEAM, code, name) for code, name in known.teams.items()),
        *((Level.OWNER, code, name) for code, name in known.owners.items()),
    ]
    rows = [[level.value, code, name, measure] for level, code, name in holders]
    blank = pd.DataFrame(rows, columns=["level", "code", "name", "measure"], dtype="str")
    filled_in = blank.reindex(columns=[*blank, *quarters])
    return "\ufeff" + without_formulas(filled_in).to_csv(index=False, lineterminator="\n")


def _of_table(table: Table, known: Known) -> Iterator[tuple[int, SetQuota]]:
    headers = {header: _plain(header) for header in table.headers}
    said = {_COLUMNS[plain]: header for header, plain in headers.items() if plain in _COLUMNS}
    wide = _period_columns(headers, known.calendar)
    if "target" not in said and not wide:
        raise QuotaFileError(
            table.name, "it has neither a column quota nor columns headed by periods, like 2026 Q1."
        )
    for number, row in zip(table.frame.index, table.frame.to_dict("records"), strict=True):
        cells = {part: _text(row[header]) for part, header in said.items()}
        yield from _of_row(int(number), cells, {p: _text(row[h]) for h, p in wide.items()}, known)


def _of_row(
    number: int, cells: Mapping[str, str], wide: Mapping[Period, str], known: Known
) -> Iterator[tuple[int, SetQuota]]:
    level, code = _holder(number, cells, known)
    measure = cells.get("measure") or Measure.WON_AMOUNT.value
    effective = _day(number, cells.get("effective_from", ""))
    if cells.get("target"):
        wide = {**wide, _period(number, cells.get("period", ""), known.calendar): cells["target"]}
    for period, typed in wide.items():
        if typed:
            yield (
                number,
                SetQuota(
                    level=level,
                    code=code,
                    measure=measure.lower(),
                    on=period.first,
                    kind=period.kind.value,
                    target=_number(number, typed),
                    effective_from=effective,
                ),
            )


def _holder(number: int, cells: Mapping[str, str], known: Known) -> tuple[str, str]:
    """Whose it is: a column owner or team says it by itself, else level and code or name."""
    for level in (Level.OWNER, Level.TEAM):
        if cells.get(level.value):
            return level.value, _code(number, level, cells[level.value], known)
    named = cells.get("code") or cells.get("name", "")
    level_word = cells.get("level", "").lower()
    if not level_word:
        level_word = "owner" if named else "company"
    if level_word not in list(Level):
        raise QuotaRowError(number, f"“{level_word}” is neither company, team nor owner.")
    if level_word == Level.COMPANY:
        return level_word, ""
    return level_word, _code(number, Level(level_word), named, known)


def _code(number: int, level: Level, named: str, known: Known) -> str:
    there = known.owners if level is Level.OWNER else known.teams
    if named.upper() in there:
        return named.upper()
    codes = [code for code, name in there.items() if name.casefold() == named.casefold()]
    if len(codes) != 1:
        few = ", ".join(list(there)[:5])
        why = "several bear that name" if codes else f"there are {few}"
        raise QuotaRowError(number, f"no {level} is called “{named}”; {why}.")
    return codes[0]


def _period_columns(headers: Mapping[str, str], calendar: FiscalCalendar) -> dict[str, Period]:
    """The columns that are headed by a period."""
    found = {}
    for header, plain in headers.items():
        if plain not in _COLUMNS and re.search(r"\d", header):
            try:
                found[header] = period_of(calendar, header)
            except PeriodUnreadableError:
                continue
    return found


def _period(number: int, words: str, calendar: FiscalCalendar) -> Period:
    try:
        return period_of(calendar, words)
    except PeriodUnreadableError as refusal:
        raise QuotaRowError(number, str(refusal)) from refusal


def _day(number: int, words: str) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words[:10])
    except ValueError as error:
        raise QuotaRowError(number, f"“{words}” is no day; write it like 2026-01-28.") from error


def _number(number: int, typed: str) -> str:
    """A figure as a spreadsheet writes it: thousands apart, a currency sign, a decimal mark."""
    plain = re.sub(r"[^\d,.\-]", "", typed)
    if re.fullmatch(r"-?\d{1,3}([.,]\d{3})+", plain):
        plain = re.sub(r"[.,]", "", plain)
    elif plain.rfind(",") > plain.rfind("."):
        plain = plain.replace(".", "").replace(",", ".")
    else:
        plain = plain.replace(",", "")
    if not re.search(r"\d", plain):
        raise QuotaRowError(number, f"“{typed}” is no number.")
    return plain


def _plain(header: str) -> str:
    return re.sub(r"[_\s]+", " ", header).strip().lower()


def _text(cell: object) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell).strip()  # type: ignore[call-overload]
