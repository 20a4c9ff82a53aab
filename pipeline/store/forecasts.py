"""Forecasts that are kept: written once, all at a time; what is there already is left as it is."""

from typing import Protocol

import pandas as pd

from pipeline.store import journal
from pipeline.store.connection import Session
from pipeline.store.lending import lent_frame
from pipeline.store.recording import Stamp

_KEY = "scope, method, period_from, period_to, cut_on, version"
_FIGURES = "forecast_amount, p10_amount, p50_amount, p90_amount, log_print, log_batch_id"
_CASES = "probability, cases, happened"


class Computed(Protocol):
    """What is to be kept: the command `StoreForecasts`."""

    @property
    def forecasts(self) -> pd.DataFrame:
        """A row for each forecast."""

    @property
    def chances(self) -> pd.DataFrame:
        """A row for each chance a forecast gave."""


def keep(session: Session, computed: Computed, stamp: Stamp) -> int:
    """Record forecasts and their chances; gives how many forecasts were new.

    They are derived from the log and not undone with it, so they stand in no journal. A forecast
    that is there, made by somebody else meanwhile, stays, and so do its chances.
    """
    journal.give_up(session)
    origin = {"at": stamp.at, "by": stamp.by, "batch_id": stamp.batch_id}
    with lent_frame(session, "computed", computed.forecasts):
        before = _count(session)
        # Chances first: whether a forecast is new is read from the forecasts there are.
        with lent_frame(session, "stated", computed.chances):
            session.execute(
                f"insert into forecast_chances ({_KEY}, {_CASES}, batch_id) "
                f"select {_KEY}, {_CASES}, $batch_id from stated "
                f"anti join forecasts using ({_KEY})",
                {"batch_id": stamp.batch_id},
            )
        session.execute(
            f"insert into forecasts "
            f"({_KEY}, {_FIGURES}, computed_at, computed_by, batch_id) "
            f"select {_KEY}, {_FIGURES}, $at, $by, $batch_id from computed "
            f"anti join forecasts using ({_KEY})",
            origin,
        )
    return _count(session) - before


def newest_batch(session: Session) -> int:
    """Give the newest batch that wrote to the log; 0 while nothing did."""
    row = session.one("select coalesce(max(batch_id), 0) from transitions")
    return int(row[0]) if row else 0


def _count(session: Session) -> int:
    return int(session.rows("select count(*) from forecasts")[0][0])
