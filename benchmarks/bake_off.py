"""The bake-off on three simulated companies: `python -m benchmarks.bake_off [--write]`.

Seeds and sizes are fixed, so that the figures can be had again. For each company every method
forecasts the last twelve quarters 13, 8, 4, 2 and 1 weeks before their end, from what was known
then. Printed, and with `--write` written to docs/bake-off.md, are the methods over all horizons
and the headline method by horizon; how long it took is only printed.
"""

import argparse
from datetime import date
from pathlib import Path
from time import process_time

import pandas as pd

from benchmarks.measure import table
from pipeline.commands import StoreForecasts, carry_out
from pipeline.demo.simulator import simulate
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast import accuracy, scores
from pipeline.reports.forecast_accuracy import forecast_accuracy, forecast_ranking
from pipeline.reports.forecast_default import default_method
from pipeline.reports.forecast_kept import cases, scored, title
from pipeline.reports.forecast_walk import walk
from pipeline.store import Store

TODAY = date(2026, 10, 1)
COMPANIES = ((2_000, 1), (1_000, 2), (1_000, 3))
"""Opportunities and seed of each company."""
PAGE = Path(__file__).resolve().parents[1] / "docs" / "bake-off.md"
HEAD = ("method", "WAPE", "bias", "held", "width", "pinball", "Brier", "ECE", "against the best")
HORIZON_HEAD = ("weeks before", "WAPE", "bias", "skill, stage-weighted", "held", "ECE")
Rows = list[tuple[str, ...]]


def main() -> None:
    """Run the bake-off of each company and print what came out."""
    parser = argparse.ArgumentParser(description="Compare the methods on simulated companies.")
    parser.add_argument("--write", action="store_true", help="write docs/bake-off.md")
    wanted = parser.parse_args()
    parts = [_company(size, seed) for size, seed in COMPANIES]
    if wanted.write:
        PAGE.write_text("\n\n".join([_BEGIN, *parts]) + "\n", encoding="utf-8")
        print(f"\nWritten to {PAGE}.")


_BEGIN = """# Bake-off on three simulated companies

Made by `python -m benchmarks.bake_off --write`; the seeds are fixed. Twelve quarters of each
company are forecast 13, 8, 4, 2 and 1 weeks before their end, as known then. WAPE and bias are in
percent of what came; *held* counts ranges from P10 to P90 that held, 80 percent is right; *width*
is their mean over the mean of what came; Brier score and calibration error (ECE) are about whether
single opportunities were won by the end of the quarter."""


def _company(size: int, seed: int) -> str:
    with Store.open(":memory:") as store:
        simulate(store, opportunities=size, seed=seed, today=TODAY)
        scope = Scope(as_of=date(2026, 9, 30))
        began = process_time()
        number = _run(store, scope)
        seconds = process_time() - began
        chosen = default_method(store, scope)
        name = f"{size:,} opportunities, seed {seed}"
        said = f"{number} forecasts. {chosen.reason} {chosen.track_record}"
        overall, best = _overall(store, scope), _by_horizon(store, scope, chosen.name)
    table(name, HEAD, overall)
    table(chosen.title, HORIZON_HEAD, best)
    print(said, f"It took {seconds:.0f} s of processor time.")
    heading = f"**{chosen.title}** by weeks before the end:"
    parts = [f"## {name}", said, _markdown(HEAD, overall), heading, _markdown(HORIZON_HEAD, best)]
    return "\n\n".join(parts)


def _run(store: Store, scope: Scope) -> int:
    number = 0
    for step in walk(store, scope):
        if step.is_to_be_kept:
            kept = StoreForecasts(forecasts=step.forecasts, chances=step.chances)
            carry_out(store, kept, by="BENCH", today=TODAY)
            number += len(step.forecasts)
    return number


def _overall(store: Store, scope: Scope) -> Rows:
    """A row for each method over all horizons, the lowest error first."""
    rows = scored(store, scope)
    errors = accuracy.accuracy(rows, by_horizon=False).set_index("method")
    held = scores.ranges(rows, by_horizon=False).set_index("method")
    given = cases(store, scope)
    ranks = forecast_ranking(store, scope).frame
    return [
        (
            title(method),
            _percent(errors["wape_rate"], method),
            _percent(errors["bias_rate"], method),
            _held(held, method),
            _percent(held["sharpness_rate"], method),
            _percent(held["pinball_rate"], method),
            *_chances(given[given["method"] == method]),
            verdict,
        )
        for method, verdict in zip(ranks["method"], ranks["ranking_verdict"], strict=True)
    ]


def _by_horizon(store: Store, scope: Scope, method: str) -> Rows:
    frame = forecast_accuracy(store, scope).frame
    own = frame[frame["method"] == method]
    return [
        (
            str(row["weeks_before"]),
            f"{row['wape_rate']:.1%}",
            f"{row['bias_rate']:+.1%}",
            f"{row['skill_stage_weighted_rate']:.0%}",
            f"{row['held_ranges']} of {row['ranges']}",
            f"{row['ece_rate']:.1%}",
        )
        for row in own.to_dict("records")
    ]


def _percent(values: "pd.Series[float]", method: str) -> str:
    value = values.get(method)
    return "–" if value is None or pd.isna(value) else f"{value:.1%}"


def _held(held: pd.DataFrame, method: str) -> str:
    if method not in held.index:
        return "–"
    return f"{held['held_ranges'][method]:.0f} of {held['ranges'][method]:.0f}"


def _chances(given: pd.DataFrame) -> tuple[str, str]:
    if given.empty:
        return "–", "–"
    error = scores.expected_calibration_error(scores.reliability_curve(given))
    return f"{scores.brier(given):.3f}", f"{error:.1%}"


def _markdown(head: tuple[str, ...], rows: Rows) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
