"""From a number to its opportunities: a click on a mark or a row opens their list."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import streamlit as st

from dashboard import scope
from dashboard.selection import query
from pipeline.reports.report import Drill, Report

GO_TO = "go_to"
"""Where the frame goes before it runs a page: a page's name and the parameters of its address."""


def opens(report: Report, key: str, column: str | None = None) -> Callable[[], None]:
    """What to do when a mark or row of the widget `key` is chosen: open the list behind it."""

    def open_list() -> None:
        row = chosen_row(st.session_state[key])
        if row is not None and row < len(report.frame):
            record = {str(name): value for name, value in report.frame.iloc[row].items()}
            # A few rows of some reports count something else than opportunities, and lead nowhere.
            with suppress(KeyError):
                st.session_state[GO_TO] = ("opportunities", address(report, record, column))

    return open_list


def address(report: Report, row: Mapping[str, Any], column: str | None = None) -> dict[str, Any]:
    """The parameters of the list behind a number of a row."""
    return dict(query(scope.current(), report.behind(row, column)))


def link(label: str, behind: Drill) -> None:
    """A link to the list behind a number that stands outside table and figure."""
    st.page_link(
        "app_pages/opportunities.py",
        label=label,
        icon=":material/arrow_forward:",
        query_params=dict(query(scope.current(), behind)),
    )


def chosen_row(state: Mapping[str, Any]) -> int | None:
    """The row that was clicked, in a table or in a figure whose marks carry it as `customdata`."""
    selection = state["selection"]
    if selection.get("rows"):
        return int(selection["rows"][0])
    for point in selection.get("points", []):
        place = point.get("customdata")
        place = place[0] if isinstance(place, list) else place
        if place is not None:
            return int(place)
    return None


def follow(pages: Mapping[str, Any]) -> None:
    """Go where the last click leads, if it leads anywhere; called by the frame."""
    if GO_TO in st.session_state:
        name, parameters = st.session_state.pop(GO_TO)
        st.switch_page(pages[name], query_params=parameters)
