"""The measures of Business Central's sales reports, those of the newest entries beside them."""

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components import drill, furniture
from dashboard.components.furniture import Tile
from dashboard.session import Session
from pipeline.domain.scope import Scope
from pipeline.glossary import COLUMNS
from pipeline.reports.report import Report, Row
from pipeline.reports.role_centre import entry_measures

COUNTS = ("in_entries", "won", "lost")
BESIDE = (
    ("Estimated value", "entries_amount", "active_amount"),
    ("Current value", "entries_weighted_amount", "active_weighted_amount"),
    ("Mean chances", "average_chances_percent", "average_active_chances_percent"),
    ("Mean completed", "average_completed_percent", None),
    ("Mean probability", "average_probability_percent", None),
)
"""What is measured, over all entries ever made and over the newest of each opportunity."""


def draw(reading: Session, looked_at: Scope) -> None:
    """The counts with their lists, and each measure over all entries beside the newest ones."""
    report = entry_measures(reading, looked_at)
    row: Row = {str(name): value for name, value in report.frame.iloc[0].items()}
    if not row["in_entries"]:
        furniture.nothing_in_scope(report, "No opportunity has an entry")
        return
    furniture.tiles([_tile(name, row) for name in (*COUNTS, "win_loss_rate", "quote_amount")])
    with st.container(horizontal=True, gap="small", key="measures-links"):
        for name in COUNTS:
            if row[name]:
                drill.link(COLUMNS[name].label, report.behind(row, name))
    _table(row)
    _footing(report)


def _tile(name: str, row: Row) -> Tile:
    column = COLUMNS[name]
    write = formats.money_short if column.format == "money" else formats.writer(column.format)
    note = f"{formats.count(row['won'])} won, {formats.count(row['lost'])} lost"
    return Tile(
        label=column.label,
        value=write(row[name]),
        note=note if name == "win_loss_rate" else "",
        help=column.definition,
    )


def _table(row: Row) -> None:
    st.dataframe(
        pd.DataFrame(
            {
                "measure": [words for words, _, _ in BESIDE],
                "ever": [_written(ever, row) for _, ever, _ in BESIDE],
                "newest": [_written(newest, row) for _, _, newest in BESIDE],
            }
        ),
        key="measures",
        hide_index=True,
        column_config={
            "measure": st.column_config.Column("Measure", width=130),
            "ever": st.column_config.Column(
                "All entries ever",
                help="As Business Central sums them: an opportunity counts as often as it was "
                "touched; this is no pipeline.",
                alignment="right",
            ),
            "newest": st.column_config.Column(
                "Newest of each",
                help="Each opportunity once: what stands, closed ones included.",
                alignment="right",
            ),
        },
    )


def _written(name: str | None, row: Row) -> str:
    return formats.writer(COLUMNS[name].format)(row[name]) if name else formats.NOTHING


def _footing(report: Report) -> None:
    furniture.footing(report, key="measures")
