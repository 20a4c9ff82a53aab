"""The grid of campaigns: what edits amount to, and what they would do."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components.edit_grid import Delta, Grid, Values, add_row, amended, named
from dashboard.components.fields import Form
from pipeline import commands


def campaigns(frame: pd.DataFrame, owners: Mapping[str, str]) -> None:
    """The campaigns: changed and removed in the grid, added in the line below."""
    config = st.column_config
    grid = Grid(
        form=Form("campaigns"),
        columns={
            "campaign_no": config.TextColumn("No.", width=100),
            "description": config.TextColumn("Description", max_chars=250),
            "starts_on": config.DateColumn("From", format="YYYY-MM-DD", width=110),
            "ends_on": config.DateColumn("To", format="YYYY-MM-DD", width=110),
            "activated": config.CheckboxColumn(
                "Activated", width=95, help="Only an activated campaign takes opportunities."
            ),
            "owner_code": config.SelectboxColumn(
                "Owner", options=list(owners), format_func=named(owners)
            ),
            "opportunities": config.NumberColumn("Opportunities", width=120),
        },
        fixed=("campaign_no", "opportunities"),
        wishes=_wishes,
        effects=effects,
    )
    if len(frame):
        grid.draw(_with_days(frame), save="Save campaigns")
    _add()


def begin_from(taking: Mapping[str, str]) -> None:
    """Links to new opportunities that come from the campaigns that take some today."""
    for no, name in taking.items():
        st.page_link(
            "app_pages/new_opportunity.py",
            label=f"New opportunity from {formats.escape_markdown(name)}",
            icon=":material/add:",
            query_params={"campaign": no},
        )


def _add() -> None:
    form = Form("campaign-new")
    add_row(
        form,
        "Add",
        [
            lambda: form.text("no", "No.", placeholder="SPRING26", max_chars=20),
            lambda: form.text("description", "Description", placeholder="Spring fair"),
            lambda: form.day("starts_on", "From"),
            lambda: form.day("ends_on", "To"),
        ],
        lambda: commands.DefineCampaign(
            no=form.words("no"),
            description=form.words("description"),
            starts_on=form.value("starts_on"),
            ends_on=form.value("ends_on"),
            activated=True,
        ),
    )


def _with_days(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with plain days, which None may stand among."""
    days = ["starts_on", "ends_on"]
    return frame.assign(**{name: frame[name].astype(object).map(_day) for name in days})


def _wishes(delta: Delta) -> Iterable[Any]:
    yield from (commands.RemoveCampaign(no=row["campaign_no"]) for row in delta.removed)
    yield from (amended(change, _campaign) for change in delta.changed)


def _campaign(row: Values) -> commands.DefineCampaign:
    return commands.DefineCampaign(
        no=row["campaign_no"],
        description=row["description"] or "",
        starts_on=_day(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
        activated=bool(row["activated"]),
        owner_code=row["owner_code"],
    )


def effects(delta: Delta) -> Iterable[str]:
    """What edits of campaigns would do; those that came from one stay with it."""
    for change in delta.changed:
        name = change.after["description"] or change.after["campaign_no"]
        if change.has("activated") and not change.after["activated"]:
            kept = formats.opportunities(int(change.before["opportunities"]))
            yield f"“{name}” keeps {kept} and takes no new ones."
        if change.after["ends_on"] is None and change.after["activated"]:
            yield f"“{name}” has no last day, so it takes no opportunity."


def _day(value: object) -> date | None:
    """A day as the grid gives it: a date, or text where it was edited."""
    if formats.is_missing(value):
        return None
    return pd.Timestamp(value).date()  # type: ignore[arg-type]
