"""The parts of the agenda of a review: its answer, its figures, and a table for each part."""

import streamlit as st

from dashboard import formats
from dashboard.components import furniture
from dashboard.components.drill import link
from dashboard.components.furniture import Tile
from dashboard.components.swing_views import open_row
from dashboard.components.what_if_views import based
from dashboard.session import Session
from pipeline.domain.scope import Scope
from pipeline.reports.agenda import (
    PARTS,
    lists,
    of_ground,
    review_agenda,
)
from pipeline.reports.landing import version
from pipeline.reports.report import Report
from pipeline.reports.what_if import Ground

WHOLE, TEAMS = REACH = ("All together", "By team")
_COLUMNS = {
    "opportunity_no": 92,
    "agenda_said": 500,
    "description": 150,
    "owner_name": 100,
    "agenda_amount": 94,
    "expected_close_on": 96,
}
_WITHOUT_OPPORTUNITY = {"agenda_said": 700, "owner_name": 120, "agenda_amount": 110}


def agenda(reading: Session, scope: Scope, method: str | None) -> tuple[Ground, Report]:
    """The agenda of a scope with the landing it is about, computed when something was recorded."""
    on = based(reading, scope, method)
    key = (reading.address, repr(scope), method, version(reading))
    found: Report = _agenda(reading, on, key)
    return on, found


@st.cache_resource(max_entries=8, show_spinner=False)
def _agenda(_reading: Session, _on: Ground, key: tuple[str, str, str | None, int]) -> Report:  # noqa: ARG001  what it is kept under
    return of_ground(_reading, _on)


def answer(report: Report) -> str:
    """The answer: what was expected a week ago and now, how sure, how much there is to ask."""
    first, second = (formats.escape_markdown(each) for each in report.frame["agenda_said"].head(2))
    items = int((report.frame["opportunity_no"].notna()).sum())
    return f"**{first}** {second} {formats.counted(items, 'point')} to talk about."


def tiles(report: Report) -> list[Tile]:
    """How much there is of each part, shown or not."""
    named = {
        "Late or rotting": "late_items",
        "Commit, no step": "stepless_items",
        "Calls to discuss": "call_items",
        "Open questions": "question_items",
    }
    return [
        Tile(label=label, value=formats.count(int(report.totals[name] or 0)))
        for label, name in named.items()
    ]


def drawn(on: Ground, report: Report) -> None:
    """A table for each part that has anything, with the list behind it, and all of it to print."""
    behind = lists(on.landing)
    for part in PARTS:
        rows = report.frame[report.frame["agenda_part"] == part].reset_index(drop=True)
        if rows.empty:
            continue
        st.subheader(part, anchor=False)
        one = Report(name=report.name, definition=report.definition, frame=rows, scope=report.scope)
        has_names = bool(rows["opportunity_no"].notna().any())
        columns = _COLUMNS if has_names else _WITHOUT_OPPORTUNITY
        key = f"agenda-{PARTS.index(part)}"
        furniture.table(
            rows,
            key=key,
            columns=list(columns),
            widths=columns,
            on_select=open_row(one, key) if has_names else None,
        )
        for label, drill in behind.get(part, {}).items():
            link(label, drill)
    furniture.footing(report, key="agenda")


def by_team(reading: Session, scope: Scope, method: str | None) -> None:
    """An agenda for each team, made when it is asked for: each is a forecast of its own."""
    with st.spinner("Each team is a forecast of its own; this takes a little."):
        report = review_agenda(reading, scope, by="team", method=method)
    if report.frame.empty:
        furniture.empty(
            "No team has anything to talk about.", "Define teams on the page of people."
        )
        st.page_link("app_pages/people.py", label="People", icon=":material/group:")
        return
    for team, rows in report.frame.groupby("team_name", sort=False):
        with st.expander(formats.escape_markdown(team), expanded=True):
            furniture.table(
                rows.reset_index(drop=True),
                key=f"agenda-{team}",
                columns=["agenda_part", *_COLUMNS],
                widths=_COLUMNS,
            )
    furniture.footing(report, key="agenda-teams")
