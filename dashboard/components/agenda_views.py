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
    CALLS,
    LATE,
    PARTS,
    QUESTIONS,
    STEPLESS,
    lists,
    of_ground,
    review_agenda,
)
from pipeline.reports.landing import version
from pipeline.reports.report import Report
from pipeline.reports.what_if import Ground

WHOLE, TEAMS = REACH = ("All together", "By team")
_COLUMNS = {
    "opportunity_no": 96,
    "description": 170,
    "owner_name": 108,
    "agenda_amount": 100,
    "expected_close_on": 98,
    "agenda_said": 560,
}
_WITHOUT_OPPORTUNITY = {"owner_name": 120, "agenda_amount": 110, "agenda_said": 900}


def agenda(reading: Session, scope: Scope, method: str | None) -> tuple[Ground, Report]:
    """The agenda of a scope with the landing it is about, computed when something was recorded."""
    on = based(reading, scope, method)
    key = (reading.address, repr(scope), method, version(reading))
    found: Report = _agenda(reading, on, key)
    return on, found


@st.cache_resource(max_entries=8, show_spinner=False)
def _agenda(_reading: Session, _on: Ground, key: tuple[str, str, str | None, int]) -> Report:  # noqa: ARG001  what it is kept under
    return of_ground(_reading, _on)


def answer(on: Ground, report: Report) -> str:
    """The one sentence: what was expected a week ago, what is now, and how much there is to ask."""
    found = on.landing
    label = formats.escape_markdown(found.looked.period.label)
    first = report.frame["agenda_said"].iloc[0]
    items = int((report.frame["opportunity_no"].notna()).sum())
    chance = found.chance
    sure = f", {formats.rate(chance, 0)} chance to reach the quota" if chance is not None else ""
    return (
        f"**{formats.money_short(found.expected)} expected in {label}**{sure}; "
        f"{formats.counted(items, 'opportunity', 'opportunities')} to talk about. "
        f"{formats.escape_markdown(first)}"
    )


def tiles(report: Report) -> list[Tile]:
    """How much there is of each part."""
    counts = report.frame["agenda_part"].value_counts()
    named = {
        "Late or rotting": LATE,
        "Commit, no step": STEPLESS,
        "Calls": CALLS,
        "Questions": QUESTIONS,
    }
    return [
        Tile(label=label, value=formats.count(int(counts.get(part, 0))), note="on the agenda")
        for label, part in named.items()
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
