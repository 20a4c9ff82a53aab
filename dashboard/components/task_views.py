"""What stands above a list of tasks: whose they are, and how many are late."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from pipeline.reports import tasks
from pipeline.reports.look_ups import Names

MINE, TEAM, ALL = "Mine", "My team's", "Everybody's"
LATELY = 30
"""How many of those that are done are shown."""


def of_whom(names: Names, team: str | None) -> str:
    """Ask whose tasks; a link may name one salesperson, team or contact instead."""
    named = _named()
    if named:
        what, code = next(iter(named.items()))
        label = {"owner": names.owners, "team": names.teams}.get(what, {}).get(code, code)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Open tasks of {what} {formats.escape_markdown(label)}.")
            st.page_link("app_pages/tasks.py", label="All tasks", icon=":material/close:")
        return ALL
    return furniture.switch("whose", [MINE, *([TEAM] * bool(team)), ALL])


def asked(whose: str, team: str | None, *, done: bool) -> tasks.Asked:
    """The tasks that are asked for."""
    named = _named()
    return tasks.Asked(
        owner_code=named.get("owner") or (session.who() if whose == MINE else None),
        team_code=named.get("team") or (team if whose == TEAM else None),
        contact_no=named.get("contact"),
        which="done" if done else "open",
        at_most=LATELY if done else 500,
    )


def answer(frame: pd.DataFrame, today: date) -> str:
    """How many are open, late and due today, in one sentence."""
    if frame.empty:
        return "No task is open here."
    groups = tasks.by_day(frame, today)
    late, now = (len(groups.get(name, ())) for name in ("Overdue", "Today"))
    parts = [f"{formats.counted(len(frame), 'open task')}"]
    parts += [f"{formats.count(late)} overdue"] * bool(late)
    parts += [f"{formats.count(now)} due today"] * bool(now)
    return ", ".join(parts) + "."


def _named() -> dict[str, str]:
    """Whom the address asks for by name."""
    given = {name: st.query_params.get(name) for name in ("owner", "team", "contact")}
    return {name: code for name, code in given.items() if code}
