"""The landing as it is first drawn, and a whole bake-off, beside what they cannot do without."""

from datetime import date

from benchmarks.bare import STANDING
from benchmarks.measure import median_ms, table, timed_ms
from pipeline.commands import StoreForecasts, carry_out
from pipeline.domain.scope import Scope
from pipeline.reports import REPORTS
from pipeline.reports.forecast_walk import walk
from pipeline.store import Store

OPEN = f"""
    select opportunity_id, cycle_code, stage, amount, probability_percent, expected_close_on,
        owner_code {STANDING} and stage > 0"""
"""The open opportunities alone: what no landing can do without."""
LOG = """
    select opportunity_id, nth, stage, amount, probability_percent, expected_close_on, valid_from,
        recorded_at
    from transitions where retracted_at is null"""
"""The log alone, a few columns of it: what no bake-off can do without."""


def run(store: Store, today: date) -> None:
    """Time both; the store keeps the bake-off, so that it must be a copy."""
    scope = Scope(as_of=today)
    bare = median_ms(lambda: store.execute(OPEN, {"as_of": today}).df())
    first = median_ms(lambda: REPORTS["landing"](store, scope))
    row = (f"{first:.0f}", f"{bare:.0f}", f"{first / bare:.1f}")
    table("Landing, nothing kept", ("landing ms", "open alone ms", "ratio"), [row])
    log = timed_ms(lambda: store.execute(LOG).df()) / 1000
    whole = timed_ms(lambda: _bake_off(store, scope, today)) / 1000
    done = (f"{whole:.0f}", f"{log:.1f}", f"{whole / log:.0f}")
    table("Bake-off, 12 quarters, kept in the store", ("s", "log alone s", "ratio"), [done])


def _bake_off(store: Store, scope: Scope, today: date) -> None:
    for step in walk(store, scope):
        if step.is_to_be_kept:
            kept = StoreForecasts(forecasts=step.forecasts, chances=step.chances)
            carry_out(store, kept, by="BENCH", today=today)
