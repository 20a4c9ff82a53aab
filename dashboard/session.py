"""Who is here, what day it is, and their way into the store; the only module that knows these.

The server opens one store for the life of the process (`open_store`). Where a page is run without
the server, the environment variable `PIPELINE_STORE` names the store, `data/pipeline.duckdb` unless
it is set. `PIPELINE_TODAY` fixes the day, for demonstrations and tests.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.theme import Mode
from pipeline.commands import carry_out
from pipeline.commands import rehearse as rehearse_rows
from pipeline.reports import look_ups
from pipeline.store import Session, Store

DEFAULT_ADDRESS = "data/pipeline.duckdb"
_NOBODY = "unknown"
ME = "me"
"""Where the session keeps who is here; a link that loads the page anew may bring it along."""
LAST_DONE = "last-done"
"""Where the session keeps the batch it recorded last, to offer undoing it."""

__all__ = [
    "Session",
    "introduce",
    "mode",
    "open_store",
    "read",
    "record",
    "rehearse",
    "store",
    "today",
    "who",
]

_opened: list[Store] = []


@contextmanager
def open_store(address: str) -> Iterator[Store]:
    """Hold the store of the process open, shut off from all files but those of a folder of its own.

    Raises what `Store.open` refuses with.
    """
    with TemporaryDirectory(prefix="pipeline-") as folder, Store.open(address) as opened:
        opened.shut_off(folder)
        _opened.append(opened)
        try:
            yield opened
        finally:
            _opened.remove(opened)


@st.cache_resource(show_spinner=False)
def _store_at(address: str) -> Store:
    opened = Store.open(address)
    opened.shut_off()
    return opened


def store() -> Store:
    """The store of the process."""
    if _opened:
        return _opened[-1]
    return _store_at(os.environ.get("PIPELINE_STORE", DEFAULT_ADDRESS))


def read() -> Session:
    """A session on a cursor of its own for this script run."""
    return store().session()


def record(*asked: Any) -> list[Any]:  # noqa: ANN401 (any of the commands)
    """Carry out commands in the name of whoever is here. Raises a `PipelineError` that refuses."""
    recorded = carry_out(store(), *asked, by=who(), today=today())
    if recorded:
        st.session_state[LAST_DONE] = recorded[0].batch_id
    return recorded


def rehearse(rows: Sequence[Sequence[Any]]) -> list[str]:
    """What each row of commands would be refused with; empty where it would pass."""
    return rehearse_rows(store(), rows, by=who(), today=today())


def today() -> date:
    """The business day: the one set for a demonstration, else today where the company is."""
    fixed = os.environ.get("PIPELINE_TODAY")
    if fixed:
        return date.fromisoformat(fixed)
    with read() as session:
        zone = look_ups.setting(session, "time_zone")
    return datetime.now(ZoneInfo(zone or "UTC")).date()


def who() -> str:
    """The code of the salesperson who is here, as chosen in the sidebar."""
    chosen: str | None = st.session_state.get(ME)
    return chosen or _NOBODY


def mode() -> Mode:
    """Whether the page is light or dark, so that figures are drawn in its colours."""
    return "dark" if st.context.theme.type == "dark" else "light"


def introduce(owners: Mapping[str, str], usual: str | None) -> None:
    """Ask in the sidebar who is here (`usual` until somebody says); what is recorded names them."""
    codes = list(owners)
    if not codes:
        return
    brought = st.query_params.get(ME)
    if brought is not None:
        del st.query_params[ME]
    if brought in codes:
        st.session_state[ME] = brought
    with st.sidebar:
        st.selectbox(
            "You are",
            codes,
            index=codes.index(usual) if usual in codes else 0,
            format_func=lambda code: owners.get(code, code),
            key=ME,
            persist_state="session",
            help="Everything you record carries this name.",
        )
