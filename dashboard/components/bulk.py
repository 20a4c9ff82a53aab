"""One change for all that are chosen: its preview row by row, then one batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline.commands import (
    ChangeSeveral,
    Command,
    MoveToNextStage,
    SetCategory,
    UpdateOpportunity,
)
from pipeline.domain.categories import ForecastCategory
from pipeline.domain.dates import add_formula
from pipeline.domain.errors import PipelineError
from pipeline.reports.chosen import for_change

MOST_SEEN = 500
"""More chosen ones than these are not rehearsed one by one: choose fewer."""
BY_STAGE = "by its stage"

Row = tuple[Command, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is to become of each: its commands, and the words for what it was and becomes."""

    wish: Callable[[pd.Series], Row]
    now: Callable[[pd.Series], str]
    then: Callable[[pd.Series], str]


def draw(kind: str, reading: Session, numbers: Sequence[str], done: Callable[[], None]) -> None:
    """The form of one kind of change, its preview, and the button that records it."""
    form = Form(f"bulk-{kind}")
    if len(numbers) > MOST_SEEN:
        st.caption(
            f"At most {formats.count(MOST_SEEN)} at once; {formats.count(len(numbers))} are chosen."
        )
        return
    change = KINDS[kind](form)
    if change is None or not numbers:
        return
    frame = for_change(reading, numbers)
    try:
        wishes = [change.wish(row) for _, row in frame.iterrows()]
    except PipelineError as refusal:
        st.error(formats.escape_markdown(refusal))
        return
    said = session.rehearse(wishes)
    preview = frame.assign(
        now=[change.now(row) for _, row in frame.iterrows()],
        then=[change.then(row) for _, row in frame.iterrows()],
        what_happens=[refusal or "changes" for refusal in said],
    )
    furniture.table(
        preview,
        key=f"{form.name}-preview",
        columns=["opportunity_no", "description", "now", "then", "what_happens"],
        height="content" if len(frame) <= 10 else 386,  # noqa: PLR2004 (rows)
    )
    good = tuple(wish for wish, refusal in zip(wishes, said, strict=True) if not refusal)
    st.button(
        f"Change {formats.opportunities(len(good))}",
        type="primary",
        key=f"record-{form.name}",
        disabled=not good,
        on_click=partial(_carry_out, form, good, done),
    )
    form.complaint()


def _carry_out(form: Form, rows: tuple[Row, ...], done: Callable[[], None]) -> None:
    def carry_out() -> str:
        session.record(ChangeSeveral(rows=rows))
        done()
        return f"{formats.opportunities(len(rows))} changed."

    form.attempt(carry_out)


def _close_date(form: Form) -> Change | None:
    """One day for all, or so much later than each has now."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form.choice("how", "Expected close", ["on a day", "later by"], "on a day", width=160)
        if form.value("how") == "later by":
            form.text("by", "By", "2W", help="A date formula: 10D, 2W, 1M, CM.")
        else:
            form.day("day", "Day", session.today() + timedelta(days=30))
    day: date | None = form.value("day")
    by = form.words("by")
    later = form.value("how") == "later by"
    if not (by if later else day):
        return None

    def becomes(row: pd.Series) -> date | None:
        return add_formula(_day(row) or session.today(), by) if later else day

    return Change(
        wish=lambda row: (
            UpdateOpportunity(opportunity_no=row["opportunity_no"], expected_close_on=becomes(row)),
        ),
        now=lambda row: formats.day(row["expected_close_on"]),
        then=lambda row: formats.day(becomes(row)),
    )


def _category(form: Form) -> Change | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        options = [BY_STAGE, *(one.value for one in ForecastCategory)]
        form.choice("category", "Category", options, width=180)
        form.text("reason", "Why")
    wanted, reason = form.value("category"), form.words("reason")
    if not wanted or not reason:
        return None
    return Change(
        wish=lambda row: (
            SetCategory(
                opportunity_no=row["opportunity_no"],
                category="" if wanted == BY_STAGE else wanted,
                reason=reason,
            ),
        ),
        now=lambda row: formats.text(row["forecast_category"]) if _said(row) else BY_STAGE,
        then=lambda _: str(wanted),
    )


def _next_stage(_form: Form) -> Change:
    return Change(
        wish=lambda row: (MoveToNextStage(opportunity_no=row["opportunity_no"]),),
        now=lambda row: formats.text(row["stage_description"]),
        then=lambda _: "the next stage",
    )


KINDS: dict[str, Callable[[Form], Change | None]] = {
    "Close date": _close_date,
    "Category": _category,
    "Next stage": _next_stage,
}


def _said(row: pd.Series) -> bool:
    return not formats.is_missing(row["forecast_category"])


def _day(row: pd.Series) -> date | None:
    value = row["expected_close_on"]
    return None if formats.is_missing(value) else pd.Timestamp(value).date()
