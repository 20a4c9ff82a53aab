"""The parts of the agenda of a review: its answer, its figures, and a table for each part."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard import scope as scope_bar
from dashboard.components import causes, furniture
from dashboard.components.drill import GO_TO, link
from dashboard.components.furniture import Tile
from dashboard.components.what_if_views import based
from dashboard.selection import query
from dashboard.session import Session
from pipeline.domain.scope import Scope
from pipeline.reports import look_ups
from pipeline.reports.agenda import (
    CHANGED,
    KEYS,
    PARTS,
    calls_behind,
    lists,
    of_ground,
    review_agenda,
    team_scopes,
    week,
)
from pipeline.reports.landing import version
from pipeline.reports.look_ups import Names
from pipeline.reports.report import Report
from pipeline.reports.what_if import Ground

_OPENS = ":material/chevron_right:"
WHOLE, TEAMS = REACH = ("All together", "By team")


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
    changed = int((report.frame["agenda_part"] == CHANGED).sum())
    points = int(report.totals["agenda_items"] or 0) - changed
    todo = (
        f"{formats.counted(points, 'point')} to talk about" if points else "Nothing to talk about"
    )
    return f"**{first}** {second} {todo}."


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
    """The items of each part, with the list behind it, and all of it to print."""
    if not report.frame[["opportunity_no", *KEYS]].notna().any(axis=None):
        of_bar = replace(report, scope=scope_bar.current())
        furniture.nothing_in_scope(of_bar, "Nothing is open that a review would talk about")
        return
    behind = lists(on.landing)
    for part in PARTS:
        rows = _of_part(report.frame, part)
        if rows.empty:
            continue
        st.subheader(part, anchor=False)
        _items(rows, f"agenda-{PARTS.index(part)}", _Leads(on=on))
        if part == CHANGED:
            causes.behind(*week(on.landing))
        for label, drill in behind.get(part, {}).items():
            link(label, drill)
    furniture.footing(_to_keep(report), key="agenda")


def _of_part(frame: pd.DataFrame, part: str) -> pd.DataFrame:
    """The items of a part; what the answer of the page says already is none of them."""
    rows = frame[frame["agenda_part"] == part]
    return rows[rows["bucket"].notna()] if part == CHANGED else rows


def _to_keep(report: Report) -> Report:
    """The agenda as it is printed and taken away: what items lead to on the page is no part."""
    return replace(report, frame=report.frame.drop(columns=KEYS))


def by_team(reading: Session, scope: Scope, method: str | None) -> None:
    """An agenda for each team, made when it is asked for: each is a forecast of its own."""
    with st.spinner("Each team is a forecast of its own; this takes a little."):
        report = review_agenda(reading, scope, by="team", method=method)
        on = based(reading, scope, method)
    if report.frame.empty:
        furniture.empty(
            "No team has anything to talk about.", "Define teams on the page of people."
        )
        st.page_link("app_pages/people.py", label="People", icon=":material/group:")
        return
    scopes, names = team_scopes(reading, on), look_ups.names(reading)
    for place, (team, rows) in enumerate(report.frame.groupby("team_name", sort=False)):
        with st.expander(formats.escape_markdown(str(team)), expanded=True):
            leads = _Leads(on=on, names=names, team=scopes[str(team)])
            _of_team(rows, f"agenda-team-{place}", leads)
    furniture.footing(_to_keep(report), key="agenda-teams")


def _of_team(rows: pd.DataFrame, key: str, leads: "_Leads") -> None:
    said = rows.loc[(rows["agenda_part"] == CHANGED) & rows["bucket"].isna(), "agenda_said"]
    st.markdown(" ".join(map(formats.escape_markdown, said)))
    for part in PARTS:
        items = _of_part(rows, part)
        if len(items):
            st.markdown(f"**{part}**")
            _items(items, f"{key}-{PARTS.index(part)}", leads)


@dataclass(frozen=True, kw_only=True)
class _Leads:
    """Where an item leads: to its opportunity, the opportunities of an owner, or behind a bar."""

    on: Ground
    names: Names | None = None
    team: Scope | None = None
    """The team whose agenda it is, where there are several on the page."""

    def of(self, row: formats.Row) -> tuple[str, Callable[[], None]] | None:
        """What stands on the button of an item and what it does; None where it is about nobody."""
        if not formats.is_missing(row.opportunity_no):
            name = formats.escape_markdown(row.description or "")
            return f"{row.opportunity_no} {name}".strip(), partial(self._opportunity, row)
        if not formats.is_missing(row.bucket):
            return str(row.bucket).capitalize(), partial(self._bar, str(row.bucket))
        if not formats.is_missing(row.owner_code):
            return formats.escape_markdown(row.owner_name), partial(self._owner, row.owner_code)
        return None

    @staticmethod
    def _opportunity(row: formats.Row) -> None:
        st.session_state[GO_TO] = ("opportunity", {"no": row.opportunity_no})

    def _owner(self, code: str) -> None:
        address = query(scope_bar.current(), calls_behind(self.on.landing, code))
        st.session_state[GO_TO] = ("opportunities", dict(address))

    def _bar(self, bucket: str) -> None:
        """Show what is behind a bar; of a team the page turns to that team alone."""
        if self.team is not None and self.names is not None:
            scope_bar.narrow(self.names, self.team)
            st.session_state["reach"] = WHOLE
        st.session_state["bucket"] = bucket


def _items(rows: pd.DataFrame, key: str, leads: _Leads) -> None:
    """A line for each item: what it is about, to be opened, and what is said of it; both wrap."""
    with st.container(key=key, gap="xsmall"):
        for place, row in enumerate(formats.rows(rows)):
            about, sentence = st.columns([4, 6], gap="xsmall", vertical_alignment="center")
            lead = leads.of(row)
            if lead is not None:
                label, go = lead
                about.button(label, key=f"{key}-{place}", type="tertiary", icon=_OPENS, on_click=go)
            sentence.markdown(_said(row))


def _said(row: formats.Row) -> str:
    """The sentence of an item; of an opportunity also whose it is, how much, and when it closes.

    What is said of a call names its amount.
    """
    said = formats.escape_markdown(row.agenda_said)
    if not formats.is_missing(row.bucket):
        return f"{said} **{formats.money(row.agenda_amount)}**"
    if formats.is_missing(row.opportunity_no):
        return said
    closes = formats.day(row.expected_close_on)
    owner = formats.escape_markdown(formats.text(row.owner_name))
    return f"{said}  \n:small[{owner} · {formats.money(row.agenda_amount)} · closes {closes}]"
