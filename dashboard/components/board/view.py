"""The board of one cycle on its page; a move runs this part of the page again and nothing else."""

from dataclasses import dataclass, replace

import streamlit as st

from dashboard import formats, scope, session
from dashboard.components import furniture
from dashboard.components.board import cards, keys
from dashboard.components.board.answers import MOVED, answer
from dashboard.components.board.mount import asked, mount
from dashboard.components.board.wishes import Wish, read
from dashboard.components.drill import GO_TO, address
from dashboard.selection import Query
from dashboard.theme import palette
from pipeline.domain.scope import Scope
from pipeline.reports import look_ups
from pipeline.reports.board import AT_MOST, Order, board, board_cards
from pipeline.reports.health import rotting_limits
from pipeline.reports.report import Report

ORDERS: dict[str, Order] = {
    "Close date": "expected_close_on",
    "Amount": "amount",
    "Days in stage": "stage_age_days",
}
_LIMITS, _WINDOWS, _ANSWER, _CHOICE, _LISTS = (
    "board:limits",
    "board:windows",
    "board:answer",
    "board:choice",
    "board:lists",
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which board is looked at."""

    cycle: str
    order: Order
    scope: Scope
    """Narrowed to the cycle, and to whoever is here where only theirs is asked for."""


def forget() -> None:
    """Begin the visit anew: the limits are learned again, nothing was moved yet."""
    for name in (_LIMITS, _WINDOWS, _CHOICE, MOVED):
        st.session_state.pop(name, None)


@st.fragment
def draw(cycles: list[str], usual: str | None) -> None:
    """Draw toolbar and board of one of the cycles, `usual` to begin with."""
    if GO_TO in st.session_state:
        st.rerun()
    top = st.container()
    choice = _chosen(cycles, usual)
    _begin_anew_where_changed(choice)
    with session.read() as reading:
        if _LIMITS not in st.session_state:
            st.session_state[_LIMITS] = rotting_limits(reading, choice.scope)
        limits = st.session_state[_LIMITS]
        cycle = look_ups.sales_cycle(reading, choice.cycle)
        columns = board(reading, choice.scope, limits=limits)
        windows: dict[int, int] = st.session_state[_WINDOWS]
        stages = [int(stage) for stage in columns.frame["stage"]]
        shown = board_cards(
            reading,
            choice.scope,
            order_by=choice.order,
            limits=limits,
            windows={(choice.cycle, stage): windows.get(stage, 0) for stage in stages},
            moved=st.session_state.get(MOVED, []),
        )
    st.session_state[_LISTS] = lists = _lists(columns)
    with top:
        number = int(columns.totals["opportunities"] or 0)
        furniture.heading("Board", cards.answer_line(number, columns.totals))
    if len(stages) == 1:
        furniture.empty("This sales cycle has no stages.", "Add them on the sales cycles page.")
        return
    why = _looks_back(choice.scope)
    if why:
        st.caption(why)
    mount(
        {
            "board": f"{choice.cycle} {choice.order} {choice.scope}",
            "editable": not why,
            "why": why,
            "columns": cards.columns(columns.frame, shown.frame, windows, session.mode(), lists),
            "moves": cards.moves(cycle, stages),
            "colors": {
                "won": palette(session.mode()).won,
                "lost": palette(session.mode()).lost,
                "muted": palette(session.mode()).muted,
            },
            "today": session.today().isoformat(),
            "at_most": AT_MOST,
            "answer": st.session_state.get(_ANSWER),
        },
        _heard,
    )


def _heard() -> None:
    """Carry out what the browser asks for, before the board is drawn again."""
    wish = read(asked())
    if wish is None:
        return
    windows: dict[int, int] = st.session_state.setdefault(_WINDOWS, {})
    if wish.kind == "more":
        windows[wish.stage] = max(0, wish.first)
    if wish.kind == "go":
        st.session_state[GO_TO] = ("opportunity", {"no": wish.no})
    if wish.kind == "list" and (behind := _behind(wish)):
        st.session_state[GO_TO] = ("opportunities", behind)
    given = answer(wish)
    if wish.kind in ("move", "undo") and given["result"] == "done":
        windows[given.get("to", wish.to)] = 0
    st.session_state[_ANSWER] = given


def _lists(columns: Report) -> dict[int, dict[str, Query]]:
    """Where each figure of each column leads: the list that has as many rows."""
    return {
        int(row["stage"]): {what: address(columns, row, what) for what in columns.opens}
        for row in (
            {str(name): value for name, value in row.items()}
            for row in columns.frame.to_dict("records")
        )
    }


def _behind(wish: Wish) -> Query | None:
    """The list behind the figure that was chosen."""
    lists: dict[int, dict[str, Query]] = st.session_state.get(_LISTS, {})
    return lists.get(wish.stage, {}).get(wish.what)


def _chosen(cycles: list[str], usual: str | None) -> Choice:
    """The toolbar; what stands in it is in the address."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="board-bar"):
        cycle = st.selectbox(
            "Sales cycle",
            cycles,
            index=cycles.index(usual) if usual in cycles else 0,
            key="on_board",
            bind="query-params",
            label_visibility="collapsed",
            width=180,
        )
        order = st.selectbox(
            "Sorted by",
            list(ORDERS),
            key="sort",
            bind="query-params",
            label_visibility="collapsed",
            format_func=lambda words: f"By {words.lower()}",
            width=180,
        )
        mine = st.toggle("Mine", key="mine", bind="query-params", help="Only what you own.")
        keys.popover()
    return Choice(cycle=cycle, order=ORDERS[order], scope=_narrowed(cycle, mine=mine))


def _narrowed(cycle: str, *, mine: bool) -> Scope:
    here = replace(scope.current(), cycles=(cycle,))
    return replace(here, owners=(session.who(),)) if mine else here


def _begin_anew_where_changed(choice: Choice) -> None:
    if st.session_state.get(_CHOICE) != choice:
        forget()
        st.session_state[_CHOICE] = choice
    st.session_state.setdefault(_WINDOWS, {})


def _looks_back(looked: Scope) -> str:
    """Why nothing can be moved, where the bar does not look at what is so today."""
    if looked.as_of == session.today() and looked.known_at is None:
        return ""
    return (
        f"This is the board as of {formats.day(looked.as_of)}: it can be looked at. "
        "To move cards, set the bar to today."
    )
