"""The statistics of salespeople, contacts and campaigns on the statistics page."""

from collections.abc import Mapping
from typing import Any, get_args

import pandas as pd
import streamlit as st

from dashboard import formats, scope
from dashboard.components import furniture
from dashboard.components.drill import opens
from dashboard.session import Session
from pipeline.reports.holders import (
    Action,
    campaign_statistics,
    contact_statistics,
    salesperson_statistics,
)

SALESPEOPLE, CONTACTS, CAMPAIGNS = "Salespeople", "Contacts", "Campaigns"
REPORTS = {
    SALESPEOPLE: salesperson_statistics,
    CONTACTS: contact_statistics,
    CAMPAIGNS: campaign_statistics,
}
ANY_ACTION, ANY_STAGE = "Any action", "Any stage"
PERCENTS = {
    "probability_from": "Probability from",
    "probability_to": "to",
    "completed_from": "Completed from",
    "completed_to": "to",
}
LARGEST = 200
"""So many rows are shown; a file has all of them."""


def draw(view: str, reading: Session, stages: pd.DataFrame) -> None:
    """One of the tables, the largest amount first; a row opens its opportunities.

    `stages` has `stage` and `stage_description` of all there are, to choose from.
    """
    chosen = _filters(view, stages)
    report = REPORTS[view](reading, scope.current(), **chosen)
    if report.frame.empty and chosen:
        furniture.empty(
            "No opportunity is like that.", "Choose another action, stage or percentage."
        )
        return
    if report.frame.empty:
        furniture.nothing_in_scope(report, "No opportunity was started")
        return
    furniture.table(report.frame.head(LARGEST), key="holders", on_select=opens(report, "holders"))
    if len(report.frame) > LARGEST:
        st.caption(
            f"The {LARGEST} with the largest amounts of {formats.count(len(report.frame))}; the "
            "files below hold all of them."
        )
    furniture.footing(report, key="holders")


def _filters(view: str, stages: pd.DataFrame) -> dict[str, Any]:
    """What the newest entry must be, kept in the address; only what was chosen."""
    if view == CAMPAIGNS:
        return {}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="filters"):
        chosen: dict[str, Any] = {"action": _action()}
        if view == SALESPEOPLE:
            chosen |= {"stage": _stage(stages)} | _percents()
    return {name: value for name, value in chosen.items() if value is not None}


def _action() -> str | None:
    taken: str = st.selectbox(
        "Action taken",
        [ANY_ACTION, *get_args(Action)],
        key="action",
        bind="query-params",
        width=150,
        help="What made the newest entry; another owner and an edit make none.",
    )
    return None if taken == ANY_ACTION else taken


def _stage(stages: pd.DataFrame) -> int | None:
    labels = _labels(stages)
    chosen: str = st.selectbox(
        "Stage", [ANY_STAGE, *labels], key="at_stage", bind="query-params", width=190
    )
    return labels.get(chosen)


def _labels(stages: pd.DataFrame) -> Mapping[str, int]:
    """The stages to choose from: a number stands for those of all cycles that have it."""
    named = stages.groupby("stage")["stage_description"].unique()
    return {
        f"{stage} {' / '.join(map(str, words))}": int(str(stage)) for stage, words in named.items()
    }


def _percents() -> dict[str, float | None]:
    return {
        name: st.number_input(
            f"{label}, %",
            min_value=0.0,
            max_value=100.0,
            value=None,
            step=5.0,
            format="%g",
            key=name,
            bind="query-params",
            width=130,
        )
        for name, label in PERCENTS.items()
    }
