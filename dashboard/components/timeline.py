"""The log of one opportunity in words, newest first; what was taken back stays visible."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components.offers import stage_name
from dashboard.formats import Row
from pipeline.domain.cycles import SalesCycle

_ACTIONS = {
    "first": "Started in {to}",
    "next": "Moved on from {at} to {to}",
    "previous": "Moved back from {at} to {to}",
    "skip": "Skipped from {at} to {to}",
    "jump": "Jumped back from {at} to {to}",
    "update": "Updated in {to}",
    "reassign": "Given to {owner}",
    "edit": "Edited",
    "won": "Won for {won}",
    "lost": "Lost",
    "reopen": "Reopened in {to}",
}


def timeline(log: pd.DataFrame, cycle: SalesCycle, owners: Mapping[str, str]) -> None:
    """Draw the log as a table; a retracted row says so and by whom."""
    st.dataframe(
        in_words(log, cycle, owners),
        hide_index=True,
        key="timeline",
        column_config={
            "on": st.column_config.Column("Date", width=92),
            "what": st.column_config.Column("What happened", width=200),
            "amount": st.column_config.Column("Amount", alignment="right", width=84),
            "chance": st.column_config.Column("Probability", alignment="right", width=84),
            "close": st.column_config.Column("Expected close", width=104),
            "by": st.column_config.Column("Recorded", width=180),
            "note": st.column_config.Column("Note", width=160),
        },
    )


def in_words(log: pd.DataFrame, cycle: SalesCycle, owners: Mapping[str, str]) -> pd.DataFrame:
    """A row per transition: `on, what, amount, chance, close, by, note`, all of it text."""
    return pd.DataFrame(
        {
            "on": log["valid_from"].map(formats.day),
            "what": [_what(row, cycle, owners) for row in formats.rows(log)],
            "amount": log["amount"].map(formats.money),
            "chance": log["probability_percent"].map(lambda value: formats.percent(value, 1)),
            "close": log["expected_close_on"].map(formats.day),
            "by": [
                f"{formats.moment(row.recorded_at)} {row.recorded_by}" for row in formats.rows(log)
            ],
            "note": log["note"].map(formats.text),
        }
    )


def _what(row: Row, cycle: SalesCycle, owners: Mapping[str, str]) -> str:
    """One transition as a sentence."""
    owner = str(row.owner_code)
    sentence = _ACTIONS[row.action].format(
        at=stage_name(cycle, int(row.from_stage)),
        to=stage_name(cycle, int(row.stage)),
        owner=owners.get(owner, owner),
        won=formats.money(row.weighted_amount),
    )
    reason = row.close_reason_code
    sentence += "" if formats.is_missing(reason) else f" ({reason})"
    if formats.is_missing(row.retracted_at):
        return sentence
    taken_back = f"{formats.text(row.retracted_by)} on {formats.day(row.retracted_at)}"
    return f"Taken back by {taken_back}: {sentence}"
