"""The parts of the agenda of a review: its answer, its figures, and a table for each part."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard import formats
from dashboard.components import causes, furniture
from dashboard.components.drill import chosen_row, link
from dashboard.components.furniture import Tile
from dashboard.components.swing_views import open_row
from dashboard.components.what_if_views import based
from dashboard.session import Session
from pipeline.domain.scope import Scope
from pipeline.reports.agenda import (
    CHANGED,
    PARTS,
    bar_of,
    lists,
    of_ground,
    review_agenda,
    week,
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
_OF_CHANGES = {"agenda_said": 700, "agenda_amount": 110}
_OF_PEOPLE = {"owner_name": 120, "agenda_said": 700, "agenda_amount": 110}


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
        without = _OF_CHANGES if part == CHANGED else _OF_PEOPLE
        columns = _COLUMNS if has_names else without
        key = f"agenda-{PARTS.index(part)}"
        furniture.table(
            rows,
            key=key,
            columns=list(columns),
            widths=columns,
            on_select=_leads(one, key, part),
        )
        if part == CHANGED:
            causes.behind(*week(on.landing))
        for label, drill in behind.get(part, {}).items():
            link(label, drill)
    furniture.footing(report, key="agenda")


def _leads(report: Report, key: str, part: str) -> Callable[[], None] | None:
    """What a row of a part opens: its bar or its opportunity; None where it is about a person."""
    if part == CHANGED:
        return _show_bar(report, key)
    return open_row(report, key) if report.frame["opportunity_no"].notna().any() else None


def _show_bar(report: Report, key: str) -> Callable[[], None]:
    """What to do when a line of the part is chosen: show the opportunities behind its bar."""

    def show() -> None:
        row = chosen_row(st.session_state[key])
        if row is None or row >= len(report.frame):
            return
        bar = bar_of(str(report.frame["agenda_said"].iloc[row]))
        if bar is not None:
            st.session_state["bucket"] = bar

    return show


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
    st.caption("What is behind a line of what changed is shown with that team alone in the bar.")
    for place, (team, rows) in enumerate(report.frame.groupby("team_name", sort=False)):
        key = f"agenda-team-{place}"
        one = replace(report, frame=rows.reset_index(drop=True))
        with st.expander(formats.escape_markdown(str(team)), expanded=True):
            furniture.table(
                one.frame,
                key=key,
                columns=["agenda_part", *_COLUMNS],
                widths=_COLUMNS,
                on_select=open_row(one, key),
            )
    furniture.footing(report, key="agenda-teams")
