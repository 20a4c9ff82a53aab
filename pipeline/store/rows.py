"""Write rows, each noted in the session's journal: the primitives all other recording uses."""

from pipeline.store.connection import Session
from pipeline.store.journal import KEYS, key_of


def insert(session: Session, table: str, **values: object) -> None:
    """Insert one row; columns that are not named are null."""
    insert_silently(session, table, **values)
    if session.journal is not None:
        session.journal.note(table, key_of(table, values), None, values)


def insert_silently(session: Session, table: str, **values: object) -> None:
    """Insert one row that the journal knows by a note of another kind."""
    columns = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    session.execute(
        f"insert into {table} ({columns}) values ({marks})",
        list(values.values()),
    )


def put(session: Session, table: str, key: tuple[str, ...], **values: object) -> None:
    """Insert a row, or replace what the row with the same key holds."""
    keys = {column: values[column] for column in key}
    rest = {column: value for column, value in values.items() if column not in key}
    if not change(session, table, rest, **keys):
        insert(session, table, **values)


def change(
    session: Session, table: str, values: dict[str, object], **equals: object
) -> list[dict[str, object]]:
    """Change columns of the rows that hold the given values; gives those rows as they were.

    Each is given with its key and the changed columns. Opportunities count the change besides
    (`version`), so that of two who change one at once only one commits.
    """
    names = list(dict.fromkeys([*_key_columns(table, equals), *values]))
    before = _rows(session, table, names, equals)
    if before and values:
        counted = ", version = version + 1" if table == "opportunities" else ""
        assignments = ", ".join(f"{column} = ?" for column in values)
        session.execute(
            f"update {table} set {assignments}{counted} where {_equal(equals)}",
            [*values.values(), *equals.values()],
        )
        _note_changes(session, table, before, values)
    return before


def remove(session: Session, table: str, **equals: object) -> None:
    """Delete the rows of a table whose columns have the given values."""
    before = _rows(session, table, ["*"], equals) if session.journal is not None else []
    session.execute(f"delete from {table} where {_equal(equals)}", list(equals.values()))
    for row in before:
        _note(session, table, row, None)


def next_id(session: Session, name: str) -> int:
    """Give the next id of a kind; two writers who ask at once are told apart by the guard."""
    row = session.one("select value from counters where name = ?", [name])
    value = 1 if row is None else int(row[0]) + 1
    put(session, "counters", ("name",), name=name, value=value)
    return value


def _key_columns(table: str, equals: dict[str, object]) -> list[str]:
    return list(KEYS.get(table) or equals)


def _rows(
    session: Session, table: str, names: list[str], equals: dict[str, object]
) -> list[dict[str, object]]:
    answer = session.execute(
        f"select {', '.join(names)} from {table} where {_equal(equals)}", list(equals.values())
    )
    columns = [column[0] for column in answer.description or []]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def _equal(equals: dict[str, object]) -> str:
    return " and ".join(f"{column} = ?" for column in equals)


def _note_changes(
    session: Session, table: str, before: list[dict[str, object]], values: dict[str, object]
) -> None:
    for row in before:
        if row != row | values:
            _note(session, table, row, row | values)


def _note(
    session: Session,
    table: str,
    before: dict[str, object],
    after: dict[str, object] | None,
) -> None:
    if session.journal is not None:
        session.journal.note(table, key_of(table, before), before, after)
