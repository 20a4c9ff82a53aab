"""The journal of a transaction: what it writes, noted while it writes, so that it can be undone.

The primitives that write (`rows`, `recording`) note each record they touch on the session's
journal; `Journal.write` records it once, at the end of the batch. What is done in bulk (imports,
simulated companies) is not journaled and is undone by ways of its own.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.store.connection import Session

Columns = Mapping[str, object]

KEYS: dict[str, tuple[str, ...]] = {
    "activities": ("activity_code",),
    "activity_steps": ("activity_code", "step"),
    "calls": ("level", "code", "measure", "period", "starts_on", "caller", "version"),
    "campaigns": ("campaign_no",),
    "close_reasons": ("close_reason_code",),
    "comments": ("comment_id",),
    "contact_list_lines": ("list_no", "contact_no"),
    "contact_lists": ("list_no",),
    "contacts": ("contact_no",),
    "import_profiles": ("name",),
    "interactions": ("interaction_no",),
    "number_series": ("series_code",),
    "opportunities": ("opportunity_id",),
    "quotes": ("quote_no",),
    "merges": ("opportunity_id", "batch_id"),
    "not_twins": ("opportunity_id", "other_id"),
    "quotas": ("level", "code", "measure", "period", "starts_on", "effective_from"),
    "sales_cycles": ("cycle_code",),
    "salespeople": ("owner_code",),
    "settings": ("name",),
    "stages": ("cycle_code", "stage"),
    "tasks": ("task_no",),
    "teams": ("team_code",),
    "transitions": ("opportunity_id", "nth"),
    "views": ("view_id",),
}
"""By which columns the rows of each table are told apart. Every table that commands write to, row
by row, stands here (a test asks for it)."""

NOT_JOURNALED = frozenset(
    {
        "batches",
        "counters",
        "forecast_chances",
        "forecasts",
        "import_files",
        "import_made",
        "imports",
        "journal",
        "past_removals",
        "undoings",
    }
)
"""Tables whose rows are never taken back: a number is given once, and what was stays known."""


class Kind(StrEnum):
    """How something was written, and so how it is taken back."""

    ROW = "row"
    """A row was inserted, changed or deleted."""
    TRANSITION = "transition"
    """A row was appended to the log of an opportunity."""
    RETRACTION = "retraction"
    """The newest row of a log was retracted."""
    REMOVAL = "removal"
    """An opportunity was taken out of the present."""
    RETURN = "return"
    """An opportunity that was out is there again."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One record that was touched; `before` and `after` hold the columns that were written.

    `before` is None where the row was not there, `after` where it is not there any more.
    """

    kind: Kind
    table: str
    key: str
    """The key columns as JSON."""
    before: dict[str, object] | None
    after: dict[str, object] | None

    @property
    def where(self) -> dict[str, object]:
        """The columns of the key with their values."""
        return dict(json.loads(self.key))


@dataclass
class Journal:
    """What one transaction has written so far."""

    _rows: list[tuple[str, str, str, str | None, str | None]] = field(default_factory=list)
    _given_up: bool = False

    def give_up(self) -> None:
        """Keep nothing of this batch: it is done in bulk, and undone by a way of its own."""
        self._given_up = True
        self._rows.clear()

    def note(
        self,
        table: str,
        key: Columns,
        before: Columns | None,
        after: Columns | None,
        kind: Kind = Kind.ROW,
    ) -> None:
        """Note one record; rows of the tables that are never taken back are passed over."""
        if self._given_up or table in NOT_JOURNALED:
            return
        self._rows.append(
            (kind.value, table, key_text(key), _json_or_none(before), _json_or_none(after))
        )

    def write(self, session: Session, batch_id: int) -> None:
        """Record the journal as that of a batch, in one statement."""
        if not self._rows:
            return
        marks = ", ".join(["(?, ?, ?, ?, ?, ?, ?)"] * len(self._rows))
        values: list[object] = [
            value
            for place, row in enumerate(self._rows, start=1)
            for value in (batch_id, place, *row)
        ]
        session.execute(f"insert into journal values {marks}", values)


def key_of(table: str, row: Columns) -> dict[str, object]:
    """Give the key of a row; of an unknown table everything the row holds."""
    names = KEYS.get(table) or [name for name, value in row.items() if value is not None]
    return {name: row[name] for name in names}


def give_up(session: Session) -> None:
    """Leave what this transaction writes out of the journal."""
    if session.journal is not None:
        session.journal.give_up()


def key_text(columns: Columns) -> str:
    """Give columns as the JSON the journal keeps."""
    return json.dumps(dict(columns), default=str, ensure_ascii=False)


def _json_or_none(columns: Columns | None) -> str | None:
    return None if columns is None else key_text(columns)
