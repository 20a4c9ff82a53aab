"""The button that runs the bake-off, with a bar that moves; what is computed is kept as it goes."""

import streamlit as st

from dashboard import formats, scope, session
from dashboard.components import furniture
from pipeline.commands import StoreForecasts
from pipeline.reports.forecast_beside_calls import bake_off
from pipeline.reports.forecast_walk import HORIZONS, PERIODS, Plan, plan

_NEEDED = (
    "A forecast is held against a quarter that is over, and needs opportunities that were known "
    "before it ended. Import the history of your CRM, or come back when the first quarter is over."
)


def planned() -> Plan:
    """What is there and what is missing, in the scope of the bar."""
    with session.read() as reading:
        return plan(reading, scope.current())


def nothing_yet(found: Plan) -> None:
    """The page before the first bake-off: what it needs, or the button that begins it."""
    if not found.cuts:
        furniture.empty("No quarter is over yet that could have been forecast.", _NEEDED)
        st.page_link("app_pages/import_files.py", label="Import", icon=":material/upload:")
        return
    quarters = len({cut.period.first for cut in found.cuts})
    furniture.empty(
        "No forecast of the past has been made here yet.",
        f"The bake-off goes back over {formats.counted(quarters, 'quarter')} and lets every method "
        f"forecast each of them {_listed(HORIZONS)} weeks before its end, from what was known "
        "then. It takes about a minute; what is computed is kept, and you can leave at any time.",
    )
    button(found)


def button(found: Plan) -> None:
    """The button, what it would do, and the bar while it does."""
    with st.container(horizontal=True, vertical_alignment="center", key="bake-off"):
        label = "Run the bake-off" if found.forecasts else "Look for what has changed"
        is_asked = st.button(
            label,
            type="secondary" if found.kept else "primary",
            key="run-bake-off",
            icon=":material/play_arrow:",
        )
        st.caption(_in_words(found))
    if is_asked:
        _run()


def _in_words(found: Plan) -> str:
    kept = f"{formats.counted(found.kept, 'forecast')} of the last {PERIODS} quarters kept"
    if found.forecasts:
        return f"{kept}, {formats.count(found.forecasts)} to compute."
    return f"{kept}. They never change; where the log of then did, a new version is made."


def _run() -> None:
    """Walk, and keep each quarter when it is through: whoever leaves finds it when they return."""
    bar = st.progress(0.0, text="Reading the log")
    number = 0
    with session.read() as reading:
        for step in bake_off(reading, scope.current()):
            words = f"{step.label}: {step.done} of {step.total} days of the past"
            bar.progress(min(step.done / max(step.total, 1), 1.0), text=words)
            if step.is_to_be_kept:
                session.record(StoreForecasts(forecasts=step.forecasts, chances=step.chances))
                number += len(step.forecasts)
    done = f"{formats.counted(number, 'forecast')} computed." if number else "Nothing was missing."
    st.session_state["notice"] = done
    st.rerun()


def _listed(weeks: tuple[int, ...]) -> str:
    *first, last = map(str, weeks)
    return f"{', '.join(first)} and {last}"
