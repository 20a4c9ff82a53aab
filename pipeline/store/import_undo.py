"""Take back everything an import brought and made.

Its rows are deleted whole, as if it had never been; then every reference in the store is looked
at, and one that leads nowhere now refuses the undoing, for somebody built on the import.
"""

from collections.abc import Iterator, Sequence

from pipeline.domain.imports import ImportBuiltOnError, ImportUndoneError, UnknownImportError
from pipeline.store.connection import Session
from pipeline.store.import_record import import_sql
from pipeline.store.recording import Stamp

_HOMES = {
    "sales cycle": ("sales_cycles", "cycle_code"),
    "stage": ("stages", "cycle_code"),
    "team": ("teams", "team_code"),
    "salesperson": ("salespeople", "owner_code"),
    "close reason": ("close_reasons", "close_reason_code"),
    "contact": ("contacts", "contact_no"),
    "campaign": ("campaigns", "campaign_no"),
}
"""For each kind of record the table it lives in, and the key."""
_MEANT_BY = {
    "cycle_code": "sales cycle",
    "team_code": "team",
    "owner_code": "salesperson",
    "manager_code": "salesperson",
    "close_reason_code": "close reason",
    "contact_no": "contact",
    "company_no": "contact",
    "campaign_no": "campaign",
}
"""What a column of this name refers to, in whatever table it stands."""
_OWN_TABLES = ("imports", "import_files", "import_made", "import_profiles", "migrations")


def undo(session: Session, batch_id: int, stamp: Stamp) -> None:
    """Take back everything an import brought and made.

    Raises `UnknownImportError`, `ImportUndoneError`, and `ImportBuiltOnError` naming what was
    built on it; the transaction then takes everything back.
    """
    _refuse_undone(session, batch_id)
    changed = _changed_opportunities(session, batch_id) + _changed_set_up(session, batch_id)
    _refuse(changed, batch_id)
    _take_back(session, batch_id)
    _refuse(list(_leading_nowhere(session, batch_id)), batch_id)
    session.execute("drop table import_taken_back")
    session.execute(
        "update imports set undone_at = ?, undone_by = ? where batch_id = ?",
        [stamp.at, stamp.by, batch_id],
    )


def _refuse_undone(session: Session, batch_id: int) -> None:
    row = session.one("select undone_at, undone_by from imports where batch_id = ?", [batch_id])
    if row is None:
        raise UnknownImportError(batch_id)
    if row[0] is not None:
        raise ImportUndoneError(batch_id, row[0], row[1])


def _refuse(reasons: Sequence[str], batch_id: int) -> None:
    if reasons:
        raise ImportBuiltOnError(batch_id, reasons)


def _changed_opportunities(session: Session, batch_id: int) -> list[str]:
    rows = session.rows(import_sql("changed_opportunities"), {"batch_id": batch_id})
    return [f"opportunity {number} was changed" for (number,) in rows]


def _changed_set_up(session: Session, batch_id: int) -> list[str]:
    rows = session.rows(
        f"select made.kind, made.code, made.stage, now.state is null from import_made as made "
        f"left join ({import_sql('known_set_up')}) as now on (now.kind, now.code, now.stage) "
        "is not distinct from (made.kind, made.code, made.stage) "
        "where made.batch_id = ? and now.state is distinct from made.state order by all",
        [batch_id],
    )
    return [
        f"{kind} {code}{f' {stage}' if stage is not None else ''} was "
        f"{'removed' if removed else 'changed'}"
        for kind, code, stage, removed in rows
    ]


def _take_back(session: Session, batch_id: int) -> None:
    """Delete the rows of an import; what it only added to stands again as it did before."""
    session.execute(
        "create or replace temp table import_taken_back as "
        f"select opportunity_id, opportunity_no from opportunities where batch_id = {batch_id:d}"
    )
    session.execute(
        "create or replace temp table import_added_to as "
        "select opportunity_id, count(*) as taken_back "
        f"from transitions where batch_id = {batch_id:d} and opportunity_id not in "
        "(select opportunity_id from import_taken_back) group by all"
    )
    for table in ("transitions", "opportunities"):
        session.execute(f"delete from {table} where batch_id = ?", [batch_id])
    _stand_again(session)
    for kind, (table, key) in _HOMES.items():
        same_stage = f" and {table}.stage = made.stage" if kind == "stage" else ""
        session.execute(
            f"delete from {table} using import_made as made where made.batch_id = ? "
            f"and made.kind = ? and {table}.{key} = made.code{same_stage}",
            [batch_id, kind],
        )


def _stand_again(session: Session) -> None:
    session.execute(
        "update transitions set valid_to = null from (select opportunity_id, max(nth) as nth "
        "from transitions where retracted_at is null "
        "and opportunity_id in (select opportunity_id from import_added_to) group by all) as last "
        "where last.opportunity_id = transitions.opportunity_id and last.nth = transitions.nth"
    )
    session.execute(import_sql("stand_again"))
    session.execute("drop table import_added_to")


def _leading_nowhere(session: Session, batch_id: int) -> Iterator[str]:
    """Say which records of others refer to what was taken back."""
    for table, column in _references(session):
        if column in _MEANT_BY:
            yield from _using(session, batch_id, table, column)
        elif table != "opportunities":
            yield from _about_opportunities(session, table, column)
    yield from _settings(session, batch_id)
    yield from _in_stages(session, batch_id)


def _references(session: Session) -> list[tuple[str, str]]:
    """Give the tables, those of later versions too, with the columns named for what they mean."""
    columns = [*_MEANT_BY, "opportunity_id", "opportunity_no"]
    return [
        (table, column)
        for table, column in session.rows(
            "select table_name, column_name from information_schema.columns "
            "where table_catalog = 'pipeline' and list_contains(?, column_name) order by all",
            [columns],
        )
        if table not in _OWN_TABLES
    ]


def _using(session: Session, batch_id: int, table: str, column: str) -> Iterator[str]:
    kind = _MEANT_BY[column]
    if _HOMES[kind] == (table, column):
        return
    number = "any_value(opportunity_no)" if table == "opportunities" else "null"
    rows = session.rows(
        f"select {column}, count(*), {number} from {table} where {column} in "
        "(select code from import_made where batch_id = ? and kind = ?) group by all order by all",
        [batch_id, kind],
    )
    for code, count, example in rows:
        where = f"opportunity {example}" if example else f"{count:,} of {table.replace('_', ' ')}"
        yield f"{kind} {code} is used by {where}"


def _about_opportunities(session: Session, table: str, column: str) -> Iterator[str]:
    rows = session.rows(
        f"select opportunity_no, count(*) from {table} as other "
        f"join import_taken_back as gone on gone.{column} = other.{column} "
        "group by all order by all"
    )
    for number, count in rows:
        yield f"opportunity {number} has {count:,} of {table.replace('_', ' ')}"


def _settings(session: Session, batch_id: int) -> Iterator[str]:
    rows = session.rows(
        "select name, value from settings join import_made on code = value where batch_id = ? "
        "and (name, kind) in (('default_cycle', 'sales cycle'), ('default_owner', 'salesperson')) "
        "order by all",
        [batch_id],
    )
    for name, value in rows:
        yield f"setting {name} is {value}"


def _in_stages(session: Session, batch_id: int) -> Iterator[str]:
    """Say which stages the import added to an older cycle have been entered since."""
    rows = session.rows(
        "select distinct row_.cycle_code, row_.stage from transitions as row_ "
        "join import_made as made on made.kind = 'stage' and made.code = row_.cycle_code "
        "and made.stage = row_.stage where made.batch_id = ? order by all",
        [batch_id],
    )
    for code, stage in rows:
        yield f"stage {stage} of sales cycle {code} was entered"
