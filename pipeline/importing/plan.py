"""What an import would do: shown as a dry run, and carried out as one batch."""

from dataclasses import dataclass

import pandas as pd

from pipeline.commands import Command
from pipeline.importing.catalogue import Catalogue
from pipeline.importing.columns import Values
from pipeline.importing.faults import Effect
from pipeline.importing.profile import Profile
from pipeline.importing.reading.table import Table

REASON_COLUMN, ROW_COLUMN = "refused because", "refused row"
"""Added to the file of refused rows; an import that meets them does not take them for data."""


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """Everything an import found and would do. Nothing is recorded before `commands` are."""

    profile: Profile
    tables: tuple[Values, ...]
    """What was read."""
    unused: tuple[Table, ...]
    commands: tuple[Command, ...]
    """What to carry out, in one batch; empty when there is nothing new."""
    opportunities: pd.DataFrame
    """The opportunities to record, as the store takes them, with their `outcome`."""
    transitions: pd.DataFrame
    """Their lives, as the store takes them."""
    continued: pd.DataFrame
    """Rows of the log that go on behind those of opportunities imported before."""
    already_there: int
    """Opportunities of the files that were imported before."""
    catalogue: Catalogue
    new_owners: pd.DataFrame
    new_contacts: pd.DataFrame
    new_close_reasons: pd.DataFrame
    new_campaigns: pd.DataFrame
    faults: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def refused(self) -> int:
        """The number of rows that cannot be taken."""
        mine = self.faults[self.faults["effect"] == Effect.REFUSED.value]
        return int(mine[["file", "row"]].drop_duplicates().shape[0])

    def totals(self) -> pd.DataFrame:
        """Give the opportunities to record by where they stand now.

        ==================== ============= ======= ==============
        standing             opportunities amount  without_amount
        ==================== ============= ======= ==============
        1 Prospecting        500           0.0     500
        won                  4,238         10.0 M  0
        ==================== ============= ======= ==============
        """
        if self.opportunities.empty:
            columns = {"standing": "str", "opportunities": "int64", "amount": "float64"}
            return pd.DataFrame({n: pd.Series(dtype=d) for n, d in columns.items()})
        last = self.transitions.drop_duplicates("external_id", keep="last").set_index("external_id")
        standing = self.opportunities.join(
            last[["action", "stage", "amount", "won_amount"]], on="external_id"
        )
        names = self.catalogue.stages.set_index(["cycle_code", "stage"])
        keys = pd.MultiIndex.from_frame(standing[["cycle_code", "stage"]].fillna({"stage": -1}))
        stage_name = pd.Series(names["name"].reindex(keys).to_numpy(), index=standing.index)
        place = pd.Series(names["position"].reindex(keys).to_numpy(), index=standing.index)
        closed = standing["action"].isin(["won", "lost"])
        label = standing["cycle_code"] + ": " + stage_name.fillna("not started").astype("str")
        amount = standing["amount"].mask(
            standing["action"] == "won", standing["won_amount"].fillna(standing["amount"])
        )
        return (
            pd.DataFrame(
                {
                    "standing": label.mask(closed, standing["action"]),
                    "place": place.fillna(0).mask(
                        closed, standing["action"].map({"won": 1e6, "lost": 1e7})
                    ),
                    "amount": amount,
                }
            )
            .groupby(["place", "standing"], as_index=False)
            .agg(
                opportunities=("amount", "size"),
                amount=("amount", "sum"),
                without_amount=("amount", lambda some: int(some.isna().sum())),
            )
            .drop(columns="place")
        )

    def faults_by_reason(self) -> pd.DataFrame:
        """Give the faults grouped: how many rows, what became of them, and the first few rows."""
        return (
            self.faults.groupby(["effect", "file", "column", "reason", "remedy"], sort=False)
            .agg(rows=("row", "size"), first_rows=("row", _first_few), example=("text", "first"))
            .reset_index()
            .sort_values("rows", ascending=False, ignore_index=True)
        )

    def refused_rows(self) -> dict[str, pd.DataFrame]:
        """Give for each file its refused rows as they stand in it, with number and reasons.

        Mended, they can be fed to the same import again.
        """
        mine = self.faults[self.faults["effect"] == Effect.REFUSED.value]
        tables = {values.table.name: values.table for values in self.tables}
        return {
            str(name): _with_reasons(tables[str(name)], some)
            for name, some in mine.groupby("file", sort=False)
            if name in tables
        }


def _first_few(rows: pd.Series) -> str:
    shown = ", ".join(map(str, rows.iloc[:5]))
    return f"{shown} ..." if len(rows) > 5 else shown  # noqa: PLR2004


def _with_reasons(table: Table, some: pd.DataFrame) -> pd.DataFrame:
    reasons = some["reason"].where(some["column"] == "", some["column"] + ": " + some["reason"])
    said = reasons.groupby(some["row"], sort=True).agg(" ".join)
    cells = pd.concat([table.frame, table.unfit]).reindex(said.index)
    cells[ROW_COLUMN], cells[REASON_COLUMN] = said.index.astype("str"), said
    return cells
