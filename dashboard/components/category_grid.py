"""The opportunities of the period with their forecast categories, edited in place."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from dashboard import formats
from dashboard.components import furniture
from dashboard.components.edit_grid import Delta, Grid
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline.commands import SetCategory
from pipeline.domain.categories import ForecastCategory
from pipeline.reports.forecast_opportunities import of_forecast
from pipeline.reports.landing import Landing

BY_STAGE = "by stage"
_SHOWN = ["opportunity_no", "description", "owner_name", "stage_description", "amount"]
_SHOWN += ["expected_close_on", "win_chance_percent", "chance_category", "category"]


def part(reading: Session, found: Landing) -> None:
    """The grid: choose another category, say why, save; the rest is for reading."""
    report = of_forecast(reading, found.looked, found.forecast)
    number = int(report.totals["opportunities"] or 0)
    if not number:
        furniture.nothing_in_scope(report, "Nothing is expected to close in this period")
        return
    differ = int(report.frame["differs"].sum())
    st.caption(
        f"The {formats.counted(len(report.frame), 'largest', 'largest')} of "
        f"{formats.opportunities(number)}; of {formats.count(differ)} the chance suggests another "
        "category. Choose one and say why; it stays until it is changed or left to the stage."
    )
    form = Form("categories")
    frame = report.frame.assign(
        win_chance_percent=report.frame["win_chance_rate"] * 100, reason=""
    )[[*_SHOWN, "reason", "is_set", "version"]]
    grid = Grid(
        form=form,
        columns=_columns(),
        fixed=["is_set", *(name for name in _SHOWN if name != "category")],
        wishes=_wishes,
        effects=_lacking,
        rows="fixed",
        by=("opportunity_no",),
    )
    grid.draw(frame, save="Save categories")
    furniture.footing(report, key="table-categories")


def _columns() -> dict[str, Any]:
    config = st.column_config
    options = [category.value for category in ForecastCategory]
    return {
        "opportunity_no": config.TextColumn("No.", width=90),
        "description": config.TextColumn("Description", width=150),
        "owner_name": config.TextColumn("Owner", width=98),
        "stage_description": config.TextColumn("Stage", width=92),
        "amount": config.NumberColumn("Amount", format="localized", width=86),
        "expected_close_on": config.DateColumn("Closes", width=90),
        "win_chance_percent": config.NumberColumn(
            "Chance",
            format="%.0f %%",
            width=62,
            help="To be won by the end of the period, as the method has it.",
        ),
        "chance_category": config.TextColumn(
            "Suggested", width=86, help="What this chance suggests."
        ),
        "category": config.SelectboxColumn(
            "Forecast", options=[*options, BY_STAGE], width=100, required=True
        ),
        "reason": config.TextColumn(
            "Reason", width=150, max_chars=200, help="Why it is another one."
        ),
        "is_set": config.CheckboxColumn("Set", width=44, help="Somebody set it."),
    }


def _lacking(delta: Delta) -> Iterable[str]:
    """Whose category is another one now and lacks a reason, before it is refused."""
    return [
        f"{change.after['opportunity_no']} is forecast as {change.after['category']}: say why."
        for change in delta.changed
        if change.has("category") and not (change.after["reason"] or "").strip()
    ]


def _wishes(delta: Delta) -> Iterable[Any]:
    for change in delta.changed:
        if change.has("category"):
            chosen = change.after["category"]
            yield SetCategory(
                opportunity_no=change.after["opportunity_no"],
                category="" if chosen == BY_STAGE else chosen,
                reason=change.after["reason"] or "",
                seen=int(change.before["version"]),
            )
