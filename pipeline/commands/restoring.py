"""Fill an empty store with what another one exported."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.commands.desk import Desk, Recorded
from pipeline.store import whole
from pipeline.store.journal import give_up


@dataclass(frozen=True, kw_only=True, eq=False)
class RestoreTables:
    """Record the tables of an export as they are: ids, batches, retracted rows and moments too.

    `tables` are Arrow tables by name; `escaped` says that they hold texts as the CSV export
    writes them, `rounded` that they come from a workbook, whose numbers have 15 digits.
    """

    tables: Mapping[str, Any]
    escaped: bool
    rounded: bool = False

    def apply(self, desk: Desk) -> Recorded:
        """Raises `StoreInUseAlreadyError`, `NotAnExportError`; `no` is how many opportunities."""
        give_up(desk.session)
        opportunities = whole.restore_tables(
            desk.session, self.tables, escaped=self.escaped, rounded=self.rounded
        )
        return Recorded(what="store", no=str(opportunities))
