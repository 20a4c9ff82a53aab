"""How good forecasts are where the truth is known: `python -m benchmarks.forecast_truth`.

The demo company under several seeds, and companies of other shapes, each walked through the past:
at a fixed distance before the end of each quarter every method says what it would have said, from
what was known then. Printed are the error (WAPE) and the lean (bias) beside those of the
stage-weighted forecast, how often the range from P10 to P90 held, how wide it was, and how well
calibrated the chances of single opportunities were (expected calibration error, ten equal bins).
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from time import perf_counter

import numpy as np
import pandas as pd

from benchmarks.forecast_shapes import LAST, SHAPES, company
from benchmarks.measure import table
from pipeline.demo.simulator import simulate
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast.known import Lives, Period
from pipeline.metrics.forecast.method import METHODS
from pipeline.metrics.forecast.past import day_number
from pipeline.reports.forecast_past import all_lives, earlier
from pipeline.store import Store

TODAY = date(2026, 10, 1)
QUARTER = (date(2026, 7, 1), LAST)
SEEDS = (1, 2, 3, 4, 5)
DEMO = 6_000
"""Opportunities of the demo company: about two thousand wins, and as many closed by half way."""
QUARTERS = 8
"""So many quarters of each company are forecast."""
WEEKS = (13, 8, 4, 2, 1)
DRAWS = 2_000
BINS = 10


def main() -> None:
    """Walk through every company and print the tables."""
    wanted = _arguments()
    seeds = SEEDS[: wanted.seeds]
    methods = wanted.methods or list(METHODS)
    began = perf_counter()
    rows = []
    for name, seed, lives in _companies(seeds, shapes=wanted.shapes):
        rows.append(_walk(name, seed, lives, methods, wanted.weeks))
        print(f"{name}, seed {seed}: {perf_counter() - began:.0f} s", flush=True)
    found = pd.concat(rows, ignore_index=True)
    for weeks, at in found.groupby("weeks", sort=False):
        _show(f"{weeks} weeks before the end of the quarter", at)
    print(f"{len(found)} forecasts in {perf_counter() - began:.0f} s")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Hold forecasts against the truth.")
    parser.add_argument("--seeds", type=int, default=len(SEEDS))
    parser.add_argument("--weeks", type=int, nargs="+", default=[4])
    parser.add_argument("--methods", nargs="+", choices=list(METHODS))
    parser.add_argument("--no-shapes", dest="shapes", action="store_false")
    return parser.parse_args()


def _companies(seeds: Sequence[int], *, shapes: bool) -> Iterator[tuple[str, int, Lives]]:
    """Make the demo company with every seed, and the other shapes with the first two."""
    for seed in seeds:
        yield "demo", seed, _demo(seed)
    for shape in SHAPES if shapes else ():
        for seed in seeds[:2]:
            yield shape.name, seed, company(shape, seed)


def _demo(seed: int) -> Lives:
    with Store.open(":memory:") as store:
        simulate(store, opportunities=DEMO, seed=seed, today=TODAY)
        return all_lives(store, Scope(as_of=LAST), LAST)


def _walk(
    name: str, seed: int, lives: Lives, methods: Sequence[str], weeks: Sequence[int]
) -> pd.DataFrame:
    rows = list(_forecasts(lives, methods, weeks))
    return pd.DataFrame(rows).assign(company=name, seed=seed)


def _forecasts(
    lives: Lives, methods: Sequence[str], weeks: Sequence[int]
) -> Iterator[dict[str, object]]:
    """Forecast the last quarters, each at so many weeks before its end."""
    came = lives.at(LAST, QUARTER).wins
    quarters = [*earlier(QUARTER, 30), QUARTER]
    begins = lives.rows["began_day"].min() + 365
    for period in quarters[-QUARTERS:]:
        actual, won = _actual(came, period)
        for ahead in weeks:
            cut = period[1] - timedelta(weeks=ahead)
            if day_number(cut) < begins:
                continue
            past = lives.at(cut, period, quarters)
            happened = past.open["opportunity_id"].isin(won).to_numpy()
            for method in methods:
                found = METHODS[method].forecast(past, draws=DRAWS)
                chances = found.chances["win_chance"].to_numpy()
                yield {
                    "weeks": ahead,
                    "method": method,
                    "actual": actual,
                    "mean": found.mean,
                    "held": found.p10 <= actual <= found.p90,
                    "width": found.p90 - found.p10,
                    "chances": chances,
                    "happened": happened if len(chances) else happened[:0],
                }


def _actual(came: pd.DataFrame, period: Period) -> tuple[float, set[int]]:
    """What the quarter brought, and what stood as won by its end."""
    first, last = day_number(period[0]), day_number(period[1])
    inside = came["won_day"].between(first, last)
    return float(came.loc[inside, "amount"].sum()), set(
        came.loc[came["won_day"] <= last, "opportunity_id"]
    )


def calibration_error(chances: np.ndarray, happened: np.ndarray) -> float:
    """The mean gap between what was said and what happened, over ten bins of equal number."""
    if len(chances) < BINS:
        return float("nan")
    order = np.argsort(chances, kind="stable")
    gaps = [
        len(one) * abs(chances[one].mean() - happened[one].mean())
        for one in np.array_split(order, BINS)
    ]
    return float(sum(gaps) / len(chances))


def _show(title: str, found: pd.DataFrame) -> None:
    heads = ("company", "method", "n", "WAPE", "vs stated", "bias", "held", "width", "ECE")
    rows = []
    for name, of_company in found.groupby("company", sort=False):
        stated = of_company[of_company["method"] == "stage-weighted"]
        against = _wape(stated) if len(stated) else float("nan")
        for method, at in of_company.groupby("method", sort=False):
            total = at["actual"].sum()
            chances = np.concatenate(at["chances"].to_list())
            happened = np.concatenate(at["happened"].to_list()).astype("float64")
            rows.append(
                (
                    str(name),
                    str(method),
                    str(len(at)),
                    f"{_wape(at):.1%}",
                    f"{_wape(at) / against - 1:+.0%}",
                    f"{(at['mean'] - at['actual']).sum() / total:+.1%}",
                    f"{at['held'].mean():.0%}",
                    f"{at['width'].sum() / total:.0%}",
                    f"{calibration_error(chances, happened):.3f}",
                )
            )
    table(title, heads, rows)


def _wape(rows: pd.DataFrame) -> float:
    return float((rows["mean"] - rows["actual"]).abs().sum() / rows["actual"].sum())


if __name__ == "__main__":
    main()
