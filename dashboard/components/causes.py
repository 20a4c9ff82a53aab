"""What is behind a bar of the waterfall: its opportunities, with the transitions that caused it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.drill import GO_TO, chosen_row
from pipeline.domain.scope import Scope
from pipeline.reports.report import Report
from pipeline.reports.what_changed import BUCKETS, what_changed_causes

AT_MOST = 100
"""Rows that are shown; the largest come first, and the totals are of all."""
_ROWS = 8
_HEIGHT = 320


def chosen_in(report: Report, key: str) -> Callable[[], None]:
    """What to do when a bar of the widget `key` is chosen: show what is behind it."""

    def choose() -> None:
        row = chosen_row(st.session_state[key])
        if row is not None and row < len(report.frame):
            st.session_state["bucket"] = str(report.frame["bucket"].iloc[row])

    return choose


def behind(scope: Scope, window: dict[str, Any]) -> None:
    """Choose a bar here or in the figure; its transitions follow, the largest first."""
    bucket = st.selectbox(
        "Behind a bar",
        BUCKETS,
        index=None,
        key="bucket",
        format_func=str.capitalize,
        bind="query-params",
        placeholder="Choose a bar to see what caused it",
        label_visibility="collapsed",
        width=330,
    )
    if bucket is None:
        return
    with session.read() as reading:
        report = what_changed_causes(reading, scope, bucket=bucket, limit=AT_MOST, **window)
    number = int(report.totals["transitions"] or 0)
    amount = formats.money(report.totals["change_amount"])
    shown = f", the largest {AT_MOST} of them" if number > AT_MOST else ""
    st.markdown(
        f"**{bucket.capitalize()}**: {formats.counted(number, 'transition')}, {amount}{shown}"
    )
    if number:
        furniture.table(
            report.frame,
            key="causes",
            on_select=lambda: _open(report),
            height=_HEIGHT if number > _ROWS else "content",
        )
        furniture.footing(
            report,
            key="causes",
            whole=partial(_whole, scope, {"bucket": bucket, **window}),
            rows=number,
        )


def _whole(scope: Scope, asked: dict[str, Any]) -> Report:
    """All that is behind a bar, for a file."""
    with session.read() as reading:
        return what_changed_causes(reading, scope, **asked)


def _open(report: Report) -> None:
    row = chosen_row(st.session_state["causes"])
    if row is not None and row < len(report.frame):
        st.session_state[GO_TO] = ("opportunity", {"no": report.frame["opportunity_no"].iloc[row]})
