"""Each report at full size, as a ratio to its bare query in the same run."""

from datetime import date

from benchmarks.bare import BARE as BARE_PIPELINE
from benchmarks.bare_conversion import BARE_CONVERSION
from benchmarks.bare_time import BARE_TIME
from benchmarks.measure import median_ms, table
from pipeline.domain.scope import Scope
from pipeline.reports import REPORTS
from pipeline.store import Store

BARE = BARE_PIPELINE | BARE_TIME | BARE_CONVERSION


def run(store: Store, today: date) -> None:
    """Time every report as of today, and the first ones as of a year ago and for one cycle."""
    rows = [_row(store, name, Scope(as_of=today)) for name in REPORTS]
    year_ago = today.replace(year=today.year - 1)
    cycle = store.rows("select min(cycle_code) from sales_cycles")[0][0]
    rows += [
        _row(store, name, Scope(as_of=year_ago), " a year ago")
        for name in ("weighted-pipeline", "stage-conversion")
    ]
    rows += [
        _row(store, name, Scope(as_of=today, cycles=(cycle,)), " of one cycle")
        for name in ("weighted-pipeline", "stage-conversion")
    ]
    table("Reports", ("report", "ms", "bare query ms", "ratio"), rows)


def _row(store: Store, name: str, scope: Scope, words: str = "") -> tuple[str, ...]:
    report = median_ms(lambda: REPORTS[name](store, scope))
    if name not in BARE:
        return (name + words, f"{report:.0f}", "", "")
    bare = median_ms(lambda: store.rows(BARE[name], {"as_of": scope.as_of}))
    return (name + words, f"{report:.0f}", f"{bare:.0f}", f"{report / bare:.2f}")
