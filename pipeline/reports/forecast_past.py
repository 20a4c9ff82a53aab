"""Reading the past: what was known at a cut about a scope, for the methods of forecasting."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from pipeline.domain.dates import add_formula
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast.known import Lives, Period
from pipeline.metrics.forecast.lived import lived, standing
from pipeline.metrics.forecast.past import Past
from pipeline.reports.forecast_codes import Codes
from pipeline.store import Session

SAMPLE = 20_000
"""So many opportunities tell how things go; in a larger company one in so many is taken."""
PERIODS_BACK = 16


def past(
    session: Session,
    scope: Scope,
    period: Period,
    cut: date,
    *,
    as_known: bool = False,
    periods: Sequence[Period] | None = None,
) -> Past:
    """Give everything known about the scope at the end of the day `cut`.

    `as_known`: only what had been recorded by then, so that a forecast of the past is what it
    would have been; what an import brought in late counts as known on the day it is about. Else
    everything that is recorded today of the days up to the cut. `periods` are the ones before; by
    default those of the same length.
    """
    before = earlier(period) if periods is None else periods
    return lives(session, scope, cut, as_known=as_known).at(cut, period, before)


def lives(session: Session, scope: Scope, cut: date, *, as_known: bool = False) -> Lives:
    """Read what one cut needs, as cheaply as the company's size allows.

    In a large company read as recorded today: how a sample went, all that is open, all wins.
    """
    parts = _parts(session)
    if as_known or parts == 1:
        return all_lives(session, scope, cut, as_known=as_known)
    at_cut = replace(scope, as_of=cut, known_at=None)
    return Lives(
        rows=_sample_and_open(session, at_cut, parts),
        share=1 / parts,
        wins=session.frame("forecast_wins", at_cut),
        arrivals=session.frame("forecast_arrivals", at_cut),
        calls=session.frame("forecast_calls", at_cut, cut=cut, as_known=False),
        notes=_notes(session, cut, as_known=False),
    )


def all_lives(session: Session, scope: Scope, until: date, *, as_known: bool = True) -> Lives:
    """Read once what every cut up to `until` needs: `Lives.at` gives the past of each of them.

    A row that was retracted by then is not in it, not even at cuts before its retraction.
    """
    parts = _parts(session)
    at_end = replace(scope, as_of=until, known_at=None)
    codes = Codes.read(session, at_end, every=True)
    log = _log(session, at_end, codes, parts=parts, every=True, as_known=as_known)
    rows = codes.told(lived(log))
    calls = session.frame("forecast_calls", at_end, cut=until, as_known=as_known)
    return Lives(
        rows=rows.assign(is_sampled=rows["opportunity_id"].to_numpy() % parts == 0),
        share=1 / parts,
        calls=calls,
        notes=_notes(session, until, as_known=as_known),
    )


def earlier(period: Period, number: int = PERIODS_BACK) -> tuple[Period, ...]:
    """Give the periods before a period, the oldest first: whole months back, or as many days.

    >>> earlier((date(2025, 1, 1), date(2025, 3, 31)), 1)
    ((datetime.date(2024, 10, 1), datetime.date(2024, 12, 31)),)
    """
    first, last = period
    day = timedelta(days=1)
    if first.day == 1 and (last + day).day == 1:
        months = (last + day).year * 12 + (last + day).month - first.year * 12 - first.month
        starts = [add_formula(first, f"-{months * back}M") for back in range(number + 1)]
    else:
        starts = [first - (last - first + day) * back for back in range(number + 1)]
    return tuple(
        (start, following - day)
        for start, following in zip(starts[:0:-1], starts[-2::-1], strict=True)
    )


def _parts(session: Session) -> int:
    found = session.one("select count(*) from opportunities")
    return max(1, round((found[0] if found else 0) / SAMPLE))


def _sample_and_open(session: Session, at_cut: Scope, parts: int) -> pd.DataFrame:
    """Read how a sample went, and what stands open beside it."""
    codes = Codes.read(session, at_cut)
    log, still = _two(session, at_cut, codes, parts)
    if not (codes.are_known(log) and codes.are_known(still)):
        codes = Codes.read(session, at_cut, every=True)
        log, still = _two(session, at_cut, codes, parts)
    sample = codes.told(lived(log)).assign(is_sampled=True)
    return pd.concat([sample, codes.told(standing(still)).assign(is_sampled=False)])


def _two(
    session: Session, at_cut: Scope, codes: Codes, parts: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    log = _log(session, at_cut, codes, parts=parts, every=False, as_known=False)
    return log, session.frame("forecast_open", at_cut, parts=parts, **codes.asked)


def _log(
    session: Session, at_cut: Scope, codes: Codes, *, parts: int, every: bool, as_known: bool
) -> pd.DataFrame:
    given = {"cut": at_cut.as_of, "parts": parts, "every": every, "as_known": as_known}
    return session.frame("forecast_lives", at_cut, **given, **codes.asked)


def _notes(session: Session, cut: date, *, as_known: bool) -> tuple[str, ...]:
    """Say when a past is read with what was recorded only later."""
    newest = session.one("select max(recorded_at) from transitions")
    if as_known or newest is None or newest[0] is None or newest[0].date() <= cut:
        return ()
    return ("Of the days up to the cut everything recorded today is read, late entries too.",)
