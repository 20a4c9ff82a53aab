"""Which records refer to which: what would lead nowhere when something is taken back."""

from collections.abc import Iterator

from pipeline.domain.undo import BuiltOn
from pipeline.domain.words import counted
from pipeline.store import journal_reading as journal
from pipeline.store import records
from pipeline.store.connection import Session
from pipeline.store.journal import KEYS, Entry, Kind, key_text
from pipeline.store.record_names import NOUNS, record_name

_MEANT_BY = {
    "activity_code": "activities",
    "campaign_no": "campaigns",
    "close_reason_code": "close_reasons",
    "company_no": "contacts",
    "contact_no": "contacts",
    "cycle_code": "sales_cycles",
    "list_no": "contact_lists",
    "other_id": "opportunities",
    "survivor_id": "opportunities",
    "manager_code": "salespeople",
    "opportunity_id": "opportunities",
    "owner_code": "salespeople",
    "quote_no": "quotes",
    "task_no": "tasks",
    "team_code": "teams",
}
"""The table that a column of this name refers to, in whatever table it stands."""
_KEY_OF = {
    "activities": "activity_code",
    "campaigns": "campaign_no",
    "close_reasons": "close_reason_code",
    "contact_lists": "list_no",
    "contacts": "contact_no",
    "opportunities": "opportunity_id",
    "quotes": "quote_no",
    "sales_cycles": "cycle_code",
    "salespeople": "owner_code",
    "tasks": "task_no",
    "teams": "team_code",
}
_PARTS = {
    "activity_steps": "activities",
    "contact_list_lines": "contact_lists",
    "not_twins": "opportunities",
    "past_removals": "opportunities",
    "transitions": "opportunities",
}
"""Tables whose rows belong to the record of another one and go with it."""
_OWN_TABLES = ("import_made", "imports", "journal", "undoings")
_STILL_COUNTS = {
    "transitions": "retracted_at is null",
    "opportunities": "(removed_on is null or removed_on > created_on or started_on is not null)",
}
"""Retracted rows of the log refer to nothing any more, nor does what was never entered."""
_PLACES = ("nth",)
"""A part of a key that tells the rows of one record apart, and is no name for it."""
_MOST_NAMED = 3
_SETTINGS = "name like 'default\\_%' escape '\\' or name like '%\\_series' escape '\\'"


def to_what_is_gone(
    session: Session, entries: list[Entry], *, since: int | None = None
) -> list[BuiltOn]:
    """Give the records of others that refer to what a batch had made and is taken back.

    With `since` only those that later batches than this one recorded: what is removed again may
    leave behind what it left behind the first time.
    """
    made = [entry for entry in entries if entry.kind is Kind.ROW and entry.before is None]
    found = [
        each
        for entry in made
        if entry.table in _KEY_OF
        for each in _referring(session, entry.table, entry.where[_KEY_OF[entry.table]], since)
    ] + [
        each for entry in made for each in (*_settings(session, entry), *_comments(session, entry))
    ]
    # The log of an opportunity says no more than the opportunity; who did it is told where known.
    by_whom = sorted(found, key=lambda each: each.by is not None)
    return list({each.record: each for each in by_whom}.values())


def from_what_is_restored(session: Session, entries: list[Entry]) -> list[BuiltOn]:
    """Give what restored records refer to and is not there any more."""
    restored = [entry for entry in entries if entry.kind is Kind.ROW and entry.before is not None]
    back = {(entry.table, key_text(entry.where)) for entry in restored}
    wanted = {
        (table, value)
        for entry in restored
        for name, value in (entry.before or {}).items()
        if (table := _MEANT_BY.get(name)) is not None
        and value is not None
        and (entry.after or {}).get(name) != value
    }
    return [
        _gone(session, table, value)
        for table, value in sorted(wanted, key=str)
        if (table, key_text({_KEY_OF[table]: value})) not in back
        and not records.count(session, table, **{_KEY_OF[table]: value})
    ] + _stages_gone(session, entries)


def _stages_gone(session: Session, entries: list[Entry]) -> list[BuiltOn]:
    """Give the stages that opportunities would stand in again and that were removed since."""
    standings = {
        (row["cycle_code"], row["stage"])
        for entry in entries
        if entry.kind is Kind.TRANSITION and (row := entry.before or {}).get("stage")
    }
    return [
        _missing(session, "stages", {"cycle_code": cycle, "stage": stage})
        for cycle, stage in sorted(standings, key=str)
        if not records.count(session, "stages", cycle_code=cycle, stage=stage)
    ]


def _gone(session: Session, table: str, value: object) -> BuiltOn:
    return _missing(session, table, {_KEY_OF[table]: value})


def _missing(session: Session, table: str, where: dict[str, object]) -> BuiltOn:
    command, by, at = journal.last_touched(session, table, where) or (None, None, None)
    return BuiltOn(record=record_name(session, table, where), command=command, by=by, at=at)


def _referring(session: Session, home: str, value: object, since: int | None) -> Iterator[BuiltOn]:
    for table, column, has_batch in _columns(session, home):
        counts = _STILL_COUNTS.get(table, "true")
        newest = "max(batch_id)" if has_batch else "null"
        if has_batch and since is not None:
            counts += f" and batch_id > {since:d}"
        keys = [name for name in KEYS.get(table, (column,)) if name not in _PLACES]
        rows = session.rows(
            f"select {', '.join(keys)}, {newest} from {table} where {column} = ? and {counts} "
            f"group by {', '.join(keys)} order by all",
            [value],
        )
        if rows:
            named = [dict(zip(keys, row, strict=False)) for row in rows[:_MOST_NAMED]]
            what = [record_name(session, _PARTS.get(table, table), where) for where in named]
            more = len(rows) - len(named)
            tail = f" and {more:,} more" if more else ""
            newest_batch = max((row[-1] for row in rows if row[-1] is not None), default=None)
            yield _by_batch(session, f"{', '.join(what)}{tail}", newest_batch)


def _columns(session: Session, home: str) -> list[tuple[str, str, bool]]:
    """Give the tables, with the column in each, that refer to the records of one."""
    names = [name for name, table in _MEANT_BY.items() if table == home]
    rows = session.rows(
        "select table_name, column_name, table_name in (select table_name from "
        "information_schema.columns where table_catalog = 'pipeline' "
        "and column_name = 'batch_id') from information_schema.columns "
        "where table_catalog = 'pipeline' and table_schema = 'main' "
        "and list_contains(?, column_name) order by all",
        [names],
    )
    return [
        row
        for row in rows
        if row[0] not in _OWN_TABLES
        and _PARTS.get(row[0]) != home
        and (row[0], row[1]) != (home, _KEY_OF[home])
    ]


def _settings(session: Session, entry: Entry) -> Iterator[BuiltOn]:
    if len(entry.where) != 1 or entry.table == "settings":
        return
    rows = session.rows(
        f"select name from settings where value = ? and ({_SETTINGS})",
        [str(next(iter(entry.where.values())))],
    )
    for (name,) in rows:
        yield _missing(session, "settings", {"name": name})


def _comments(session: Session, entry: Entry) -> Iterator[BuiltOn]:
    """Give what was said about a record; comments name it by its noun and number."""
    about = NOUNS.get(entry.table, "")
    number = next(iter(entry.where.values()))
    if entry.table == "opportunities":
        number = (entry.after or {}).get("opportunity_no", number)
    rows = session.rows(
        "select count(*), max(batch_id) from comments where about = ? and no = ? "
        "having count(*) > 0",
        [about, str(number)],
    )
    for count, batch_id in rows:
        yield _by_batch(session, f"{counted(count, 'comment')} on {about} {number}", batch_id)


def _by_batch(session: Session, what: str, batch_id: int | None) -> BuiltOn:
    row = session.one(
        "select command, recorded_by, recorded_at from batches where batch_id = ?", [batch_id]
    )
    command, by, at = row or (None, None, None)
    return BuiltOn(record=what, command=command, by=by, at=at)
