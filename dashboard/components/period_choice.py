"""Which period a page is about, and by which method; both stand in the address."""

from datetime import date

import streamlit as st

from dashboard import formats
from dashboard.session import Session
from pipeline.domain.calendar import Period
from pipeline.domain.errors import PipelineError
from pipeline.reports import forecast_period
from pipeline.reports.landing import methods

BEST = "Best method"


def period(reading: Session, day: date, *, key: str = "period") -> Period:
    """The quarter of the day unless another month, quarter or year is chosen."""
    known = forecast_period.choices(reading, day)
    asked = st.query_params.get(key)
    if asked and asked not in known:
        try:
            other = forecast_period.named(reading, asked)
            known = {other.label: other} | known
        except PipelineError as refusal:
            st.warning(formats.escape_markdown(refusal), icon=":material/link_off:")
    labels = list(known)
    chosen: str | None = st.selectbox(
        "Period",
        labels,
        key=key,
        label_visibility="collapsed",
        bind="query-params",
        width=150,
    )
    return known.get(chosen or labels[0], known[labels[0]])


def method() -> str | None:
    """The method asked for; none: the one that is best here."""
    titles = {BEST: None} | methods()
    chosen: str | None = st.selectbox(
        "Method",
        list(titles),
        key="method",
        label_visibility="collapsed",
        bind="query-params",
        width=200,
    )
    return titles.get(chosen or BEST)
