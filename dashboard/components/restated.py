"""Then and now: a day's figures as they were known at a moment, and what was recorded since."""

from dataclasses import replace
from datetime import date, datetime, time

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.drill import GO_TO, chosen_row
from dashboard.scope import DATES
from pipeline.domain.scope import Scope
from pipeline.reports.history import then_and_now as compared
from pipeline.reports.history import then_and_now_causes
from pipeline.reports.report import Report

SHOWN = ["opportunity_no", "description", "reason", "recorded_at", "recorded_by", "then_state"]
SHOWN += ["now_state", "then_amount", "now_amount"]
_ROWS = 12
_HEIGHT = 460


def moment(scope: Scope) -> Scope:
    """The scope as known at the end of the day that is chosen, its own as-of day to begin with."""
    chosen: date | None = st.date_input(
        "As known at the end of",
        None,
        min_value=date(1990, 1, 1),
        max_value=date(2199, 12, 31),
        format=DATES,
        key="known",
        bind="query-params",
        help="Leave it blank for the as-of day itself. Days are counted in UTC.",
        width=190,
    )
    return replace(scope, known_at=datetime.combine(chosen or scope.as_of, time.max))


def then_and_now(scope: Scope) -> None:
    """The answer, the figures then and now, and each opportunity that makes the difference."""
    with session.read() as reading:
        report = compared(reading, scope)
        causes = then_and_now_causes(reading, scope)
    number = len(causes.frame)
    furniture.heading(
        "Then and now",
        f"On {formats.day(scope.as_of)} "
        f"**{formats.money_short(report.totals['now_amount'])}** were open, as known now; "
        f"{formats.money_short(report.totals['then_amount'])} as known on "
        f"{formats.moment(scope.known_at)} "
        f"({formats.signed_money_short(report.totals['difference_amount'])}). "
        f"{formats.opportunities(number)} {'is' if number == 1 else 'are'} known otherwise now.",
    )
    furniture.table(report.frame, key="table-then")
    furniture.footing(report, key="table-then")
    if number:
        st.subheader("Known otherwise now", anchor=False)
        furniture.table(
            causes.frame,
            key="restated",
            columns=SHOWN,
            on_select=lambda: _open(causes),
            height=_HEIGHT if number > _ROWS else "content",
        )
        furniture.footing(causes, key="restated")
    else:
        furniture.empty(
            "Nothing of it was recorded later.", "Choose an earlier moment, or another day above."
        )


def _open(report: Report) -> None:
    row = chosen_row(st.session_state["restated"])
    if row is not None and row < len(report.frame):
        st.session_state[GO_TO] = ("opportunity", {"no": report.frame["opportunity_no"].iloc[row]})
