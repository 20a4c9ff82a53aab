"""What people did in the last hours, and what undoing it would restore."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from pipeline.domain.errors import PipelineError
from pipeline.domain.percentages import NO_BREAK
from pipeline.domain.undo import Batch, Restored
from pipeline.glossary import COLUMNS
from pipeline.store import Session, undo
from pipeline.store import journal_reading as journal
from pipeline.store.journal import Entry, Kind
from pipeline.store.record_names import record_name
from pipeline.store.recording import Stamp

NOTHING = "–"
_IS_THERE, _IS_GONE = "there", "not there"
_SILENT = {
    "batch_id",
    "company_no",
    "created_at",
    "created_by",
    "nth",
    "on",
    "removed_at",
    "removed_by",
    "weighted_amount",
    "completed_percent",
}
"""Columns that follow from others, or tell when something was recorded."""
_MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class RecentChange:
    """What was done together, in words."""

    batch: Batch
    records: tuple[str, ...]
    """What it touched: `opportunity OP000001 Chairs`; each record once."""

    @property
    def words(self) -> str:
        """What was asked for, and of which records: `Reassign: opportunity OP000001 Chairs`."""
        more = len(self.records) - _MOST_NAMED
        tail = f" and {more:,} more" if more > 0 else ""
        named = ", ".join(self.records[:_MOST_NAMED]) + tail
        command = self.batch.command[:1].upper() + self.batch.command[1:]
        return f"{command}: {named}" if named else command


def recent_changes(
    session: Session, *, now: datetime, by: str | None = None, at_most: int = 100
) -> list[RecentChange]:
    """Give what a person (None: anybody) did while it can be undone, the newest first.

    `now` is the moment in UTC. What was done, undone and done again is given once, as it is now.
    """
    since = now - timedelta(hours=undo.hours(session))
    found = journal.batches(session, by=by, since=since)[:at_most]
    return [_told(session, batch) for batch in found]


def change(session: Session, batch_id: int) -> RecentChange:
    """Give one batch, the newest of its chain. Raises `UnknownBatchError`."""
    return _told(session, journal.batch(session, batch_id))


def _told(session: Session, batch: Batch) -> RecentChange:
    entries = journal.entries(session, batch.id)
    names = dict.fromkeys(record_name(session, entry.table, entry.where) for entry in entries)
    return RecentChange(batch=batch, records=tuple(names))


def refusal(session: Session, batch: Batch, *, by: str, now: datetime) -> str | None:
    """Say why a person cannot undo a batch (or do again what is undone) now; None: they can."""
    stamp = Stamp(batch_id=0, at=now, by=by)
    try:
        undo.check(session, batch, stamp, again=batch.is_undone)
    except PipelineError as refused:
        return str(refused)
    return None


def restores(session: Session, batch: Batch) -> pd.DataFrame:
    """Give what undoing a batch (or doing it again) puts back.

    A row for each column of each record that changes: `record, changed_column, is_now, will_be`.
    """
    rows = list(_restored(session, journal.entries(session, batch.id)))
    return pd.DataFrame(
        [(row.record, row.field, row.now, row.then) for row in rows],
        columns=["record", "changed_column", "is_now", "will_be"],
    )


def _restored(session: Session, entries: list[Entry]) -> Iterator[Restored]:
    for group in _by_record(entries).values():
        record = record_name(session, group[0].table, group[0].where)
        before, after = _ends(group)
        if before is None or after is None or group[-1].kind in (Kind.REMOVAL, Kind.RETURN):
            is_there = after is not None and group[-1].kind is not Kind.REMOVAL
            states = (_IS_THERE, _IS_GONE) if is_there else (_IS_GONE, _IS_THERE)
            yield Restored(record=record, field="", now=states[0], then=states[1])
        else:
            yield from _columns(session, record, before, after)


def _by_record(entries: list[Entry]) -> dict[tuple[str, str], list[Entry]]:
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.table, entry.key), []).append(entry)
    return groups


def _ends(
    group: list[Entry],
) -> tuple[dict[str, object] | None, dict[str, object] | None]:
    """Give what the columns of one record held before the first write and after the last."""
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    for entry in group:
        before = (entry.before or {}) | before
        after = after | (entry.after or {})
    return (
        None if group[0].before is None else before,
        None if group[-1].after is None else after,
    )


def _columns(
    session: Session, record: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Restored]:
    for name in dict.fromkeys([*before, *after]):
        now, then = after.get(name), before.get(name)
        if name not in _SILENT and now != then:
            yield Restored(
                record=record,
                field=_label(name),
                now=_value(session, name, now, after),
                then=_value(session, name, then, before),
            )


def _label(name: str) -> str:
    known = COLUMNS.get(name)
    if name == "stage":
        return "Stage"  # it is written with its name
    return known.label if known else name.replace("_", " ").capitalize()


def _value(session: Session, name: str, value: object, row: Mapping[str, object]) -> str:
    """Write a value as people read it; a stage with its name, an amount with its thousands."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "stage":
        return _stage(session, value, row)
    known = COLUMNS.get(name)
    if known is not None and known.format == "money":
        return f"{float(str(value)):,.2f}"
    if known is not None and known.format == "percent":
        return f"{float(str(value)):g}{NO_BREAK}%"
    return str(value)


def _stage(session: Session, stage: object, row: Mapping[str, object]) -> str:
    if str(stage) == "0":
        return "closed"
    found = session.one(
        "select description from stages where cycle_code = ? and stage = ?",
        [row.get("cycle_code"), stage],
    )
    return f"{stage} {found[0]}".strip() if found else str(stage)
