"""The list of opportunities: search, order and page stand in the address, so a list is a link."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

import streamlit as st

from dashboard import formats, scope, selection, session
from dashboard.components import furniture
from dashboard.components.drill import GO_TO, chosen_row
from dashboard.session import Session
from pipeline.domain.closing import Outcome
from pipeline.domain.opportunities import Status
from pipeline.domain.scope import Scope, Selection
from pipeline.reports import look_ups
from pipeline.reports.opportunities import opportunities
from pipeline.reports.report import Report

ROWS = 25
WIDTHS = {
    "opportunity_no": 96,
    "description": 184,
    "contact_name": 128,
    "stage_description": 86,
    "status": 84,
    "amount": 92,
    "weighted_amount": 116,
    "expected_close_on": 103,
    "owner_name": 88,
}
"""The columns of the list and their pixels: the whole of a row is seen at once on a desk."""
ORDERS = {
    "Weighted amount": ("weighted_amount", True),
    "Amount": ("amount", True),
    "Expected close": ("expected_close_on", False),
    "Newest": ("created_on", True),
    "Longest unchanged": ("standing_since", False),
    "Description": ("description", False),
    "Contact": ("contact_name", False),
    "Owner": ("owner_name", False),
    "Stage": ("stage_description", False),
    "Number": ("opportunity_no", False),
}
"""What a list can be sorted by: the column, and whether the highest stands first."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list shows: scope, selection, order, place; and what the address adds, in words."""

    scope: Scope
    selection: Selection
    order_by: str
    descending: bool
    offset: int
    narrowed: list[tuple[str, str]]
    unread: list[str]


def toolbar() -> None:
    """Search, status and order; each change begins at the first page again."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="toolbar"):
        st.text_input(
            "Search",
            key="q",
            type="search",
            placeholder="Number, description, contact or owner",
            label_visibility="collapsed",
            bind="query-params",
            on_change=_first_page,
            width=330,
        )
        st.multiselect(
            "Status",
            [str(status) for status in Status],
            key="status",
            placeholder="Any status",
            label_visibility="collapsed",
            bind="query-params",
            on_change=_first_page,
            width=260,
        )
        st.selectbox(
            "Sort by",
            list(ORDERS),
            key="sort",
            format_func=str,
            label_visibility="collapsed",
            bind="query-params",
            on_change=_first_page,
            width=200,
        )


def wanted(reading: Session) -> Wanted:
    """What toolbar, page and address ask for together; called after the toolbar is drawn."""
    asked = _asked()
    narrowed = selection.narrowed(scope.current(), asked)
    chosen = replace(
        selection.selected(asked),
        search=st.session_state.get("q") or "",
        statuses=tuple(st.session_state.get("status") or ()),
    )
    order_by, descending = ORDERS[st.session_state.get("sort") or next(iter(ORDERS))]
    return Wanted(
        scope=narrowed,
        selection=chosen,
        order_by=order_by,
        descending=descending,
        offset=(_page() - 1) * ROWS,
        narrowed=_in_words(reading, asked, narrowed),
        unread=selection.unread(asked),
    )


def whole(shown: Wanted) -> Report:
    """The list with all its rows, for a file; asked when somebody wants it."""
    with session.read() as reading:
        return opportunities(
            reading,
            shown.scope,
            shown.selection,
            order_by=shown.order_by,
            descending=shown.descending,
            limit=None,
        )


def narrowing(shown: Wanted) -> None:
    """Say what the address narrows the list to, each part with a way out of it."""
    for part in shown.unread:
        st.warning(f"This link asks for {formats.escape_markdown(part)}, which cannot be read.")
    if not shown.narrowed:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="narrowing"):
        st.markdown("Only:")
        for name in dict.fromkeys(name for name, _ in shown.narrowed):
            phrases = [phrase for other, phrase in shown.narrowed if other == name]
            st.button(
                formats.escape_markdown(" or ".join(phrases)),
                key=f"without-{name}",
                icon=":material/close:",
                help="Take this filter away",
                on_click=_without,
                args=(name,),
            )


def rows(report: Report) -> None:
    """The page of the list; choosing a row opens the opportunity."""
    furniture.table(
        report.frame,
        key="opportunities",
        columns=list(WIDTHS),
        on_select=lambda: _open(report),
        widths=WIDTHS,
    )


def pages(number: int) -> None:
    """The pages of the list, where there is more than one."""
    last = max(1, ceil(number / ROWS))
    if _page() > last:
        st.session_state["page"] = last
        st.query_params["page"] = str(last)
        st.rerun()
    if last > 1:
        first = (_page() - 1) * ROWS + 1
        with st.container(horizontal=True, vertical_alignment="center", key="pages"):
            st.pagination(last, key="page", bind="query-params", width=300)
            st.caption(
                f"{formats.count(first)}–{formats.count(min(first + ROWS - 1, number))} "
                f"of {formats.count(number)}"
            )


def address() -> dict[str, list[str]]:
    """The parameters of the list as it stands, for the way back to it."""
    state = st.session_state
    own = {
        "q": [state.get("q") or ""],
        "status": list(state.get("status") or []),
        "sort": [state.get("sort") or ""],
        "page": [str(_page())],
    }
    return {name: words for name, words in {**_asked(), **own}.items() if any(words)}


def _asked() -> dict[str, list[str]]:
    """The parts of the address that no widget holds."""
    return {
        name: st.query_params.get_all(name)
        for name in st.query_params
        if name in selection.PARAMETERS
    }


def _in_words(
    reading: Session, asked: Mapping[str, list[str]], narrowed: Scope
) -> list[tuple[str, str]]:
    names, reasons = look_ups.names(reading), look_ups.close_reasons(reading)
    one = narrowed.cycles[0] if len(narrowed.cycles) == 1 else None
    stages = look_ups.sales_cycle(reading, one).stages if one in names.cycles else ()
    return selection.in_words(
        asked,
        stages={stage.stage: stage.description or f"stage {stage.stage}" for stage in stages},
        owners=names.owners,
        reasons={code: words for outcome in Outcome for code, words in reasons[outcome].items()},
    )


def _page() -> int:
    """The page asked for; on the first run its widget has not read the address yet."""
    asked = st.session_state.get("page") or st.query_params.get("page", "1")
    return max(1, int(asked)) if str(asked).isdigit() else 1


def _first_page() -> None:
    st.session_state["page"] = 1


def _without(name: str) -> None:
    del st.query_params[name]
    _first_page()


def _open(report: Report) -> None:
    row = chosen_row(st.session_state["opportunities"])
    if row is not None and row < len(report.frame):
        st.session_state[GO_TO] = ("opportunity", {"no": report.frame["opportunity_no"].iloc[row]})
