"""Submit a call for the period, and see what was called before."""

from datetime import date

import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline.commands import SubmitCall
from pipeline.domain.calendar import Period
from pipeline.domain.scope import Scope
from pipeline.reports import forecast_period
from pipeline.reports.calls import calls
from pipeline.reports.look_ups import Names

COMPANY = ("company", "")
_SHOWN = ["name", "caller", "called_by", "called_amount", "confidence_percent", "call_note"]
_SHOWN += ["submitted_on", "call_version", "is_latest", "is_locked", "is_late"]


def part(reading: Session, scope: Scope, period: Period, names: Names) -> None:
    """The form, and under it every call with its versions."""
    last = forecast_period.last_day_in_time(reading, period)
    is_over = session.today() > period.last
    if is_over:
        st.caption(f"{formats.escape_markdown(period.label)} is over; its calls are locked.")
    else:
        _form(scope, period, names, last)
    report = calls(reading, scope)
    if report.frame.empty:
        label = formats.escape_markdown(period.label)
        furniture.empty(
            f"Nobody called {label}." if is_over else f"Nobody has called {label} yet.",
            "Choose a period that goes on to call it."
            if is_over
            else "Say what it will come to, won so far included.",
        )
    else:
        named = report.frame.assign(
            called_by=report.frame["called_by"].map(lambda code: names.owners.get(code, code))
        )
        furniture.table(named, key="table-calls", columns=_SHOWN)
    furniture.footing(report, key="table-calls")


def _form(scope: Scope, period: Period, names: Names, last: date) -> None:
    form = Form("call")
    whose = _whose(names)
    with st.form(form.name, border=False):
        columns = st.columns([2, 2, 1, 4, 1], vertical_alignment="top")
        with columns[0]:
            form.choice("holder", "Call for", whose, _proposed(scope, names))
        with columns[1]:
            form.number(
                "amount", "The period comes to", help="A total: what is won so far is in it."
            )
        with columns[2]:
            form.number("confidence_percent", "Sure, %", whole=True)
        with columns[3]:
            form.text("note", "Note", max_chars=250)
        with columns[4]:
            st.space(12)
            st.form_submit_button("Submit", type="primary", on_click=_submit, args=(form, period))
        form.complaint()
    st.caption(
        f"Calls made by {formats.day(last)} are in time; later ones are marked as late. A new call "
        "never overwrites the one before."
    )


def _whose(names: Names) -> dict[tuple[str, str], str]:
    """Whose period it may be: the own, a team's, the company's, any other owner's."""
    me = session.who()
    own = {("owner", me): f"{names.owners[me]} (you)"} if me in names.owners else {}
    teams = {("team", code): f"Team {name}" for code, name in names.teams.items()}
    others = {("owner", code): name for code, name in names.active_owners.items() if code != me}
    return own | {COMPANY: "Company"} | teams | others


def _proposed(scope: Scope, names: Names) -> tuple[str, str]:
    if len(scope.owners) == 1:
        return ("owner", scope.owners[0])
    if len(scope.teams) == 1:
        return ("team", scope.teams[0])
    me = session.who()
    return ("owner", me) if me in names.owners else COMPANY


def _submit(form: Form, period: Period) -> None:
    def carry_out() -> str:
        level, code = form.value("holder") or COMPANY
        session.record(
            SubmitCall(
                level=level,
                code=code,
                on=period.first,
                kind=period.kind.value,
                amount=form.amount("amount"),
                confidence_percent=form.amount("confidence_percent"),
                note=form.words("note"),
            )
        )
        return "The call is submitted."

    form.attempt(carry_out)
