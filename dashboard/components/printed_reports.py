"""The lists that are printed: which there are, what each is asked, and how it is laid out."""

from collections.abc import Callable

import streamlit as st

from dashboard import scope
from dashboard.components import furniture
from dashboard.session import Session
from pipeline.reports.opportunity_details import opportunity_details
from pipeline.reports.registers import (
    Which,
    opportunity_list,
    sales_cycle_analysis,
    salesperson_opportunities,
)
from pipeline.reports.report import Report

WHICH: dict[str, Which] = {"All": "all", "Open": "open", "Closed": "closed"}
SHOWN = 400
"""Pixels of the preview; the printed page has all rows."""


def _list(reading: Session) -> Report:
    return opportunity_list(reading, scope.current(), which=_which())


def _of_salespeople(reading: Session) -> Report:
    return salesperson_opportunities(reading, scope.current(), which=_which())


def _cycles(reading: Session) -> Report:
    return sales_cycle_analysis(reading, scope.current())


def _details(reading: Session) -> Report:
    no = st.text_input(
        "Opportunity no.", key="no", bind="query-params", placeholder="OP000001", width=220
    )
    return opportunity_details(reading, scope.current(), no=no.strip())


PRINTED: dict[str, Callable[[Session], Report]] = {
    "Opportunities": _list,
    "By salesperson": _of_salespeople,
    "Sales cycle analysis": _cycles,
    "Opportunity details": _details,
}


def draw(report: Report) -> None:
    """The preview of a printed list, and the files to take away."""
    if report.frame.empty:
        furniture.empty(
            "There is nothing to print.",
            "Name an opportunity, widen the bar above, or choose other opportunities.",
        )
        return
    furniture.table(report.frame, key="printed", height=SHOWN)
    furniture.footing(report, key="printed")


def _which() -> Which:
    return WHICH[furniture.switch("which", list(WHICH))]
