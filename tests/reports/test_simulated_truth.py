"""What the reports on time say of a simulated company, against what is true of it.

Twelve thousand opportunities; a tenth of them is open. Every comparison is in standard errors of
the estimate: none may be off by more than three.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from pipeline import reports
from pipeline.demo.simulator import simulate
from pipeline.domain.scope import Scope
from pipeline.store import Store

SIZE = 12_000
TODAY = date(2026, 1, 28)
EVENING = Scope(as_of=date(2026, 1, 27))
MOST = 3.0
FEWEST = 50
STAGE = ["cycle_code", "stage"]
ENDS = {
    "forward_rate": ("next", "skip"),
    "back_rate": ("previous", "jump"),
    "won_here_rate": ("won",),
    "lost_here_rate": ("lost",),
}

Lived = tuple[Store, dict[str, Any]]


@pytest.fixture(scope="module")
def lived() -> Iterator[Lived]:
    """The company and its truth."""
    with Store.open(":memory:") as store:
        yield store, simulate(store, opportunities=SIZE, seed=11, today=TODAY)


def true_stages(truth: dict[str, Any]) -> pd.DataFrame:
    """Give the true figures of each stage of a cycle: segments weighed by the stays they make."""
    groups = pd.DataFrame(truth["groups"])[["cycle", "segment", "share"]]
    rows = pd.DataFrame(truth["stages"]).merge(groups, on=["cycle", "segment"])
    weight = rows["share"] * rows["visits_per_opportunity"]
    figures = pd.concat(
        [
            pd.DataFrame(rows["lasts_longer"].tolist()),
            *(
                pd.DataFrame(rows["exits"].tolist())[list(kinds)]
                .sum(axis="columns")
                .rename(name)
                .to_frame()
                for name, kinds in ENDS.items()
            ),
        ],
        axis="columns",
    )
    keys = rows.rename(columns={"cycle": "cycle_code"})[STAGE]
    sums = figures.mul(weight, axis="index").join(keys).groupby(STAGE).sum()
    return sums.div(weight.groupby([keys["cycle_code"], keys["stage"]]).sum(), axis="index")


@pytest.mark.parametrize("days", [0, 7, 14, 30, 60, 90, 180])
def test_stays_last_as_long_as_they_truly_do(lived: Lived, days: int) -> None:
    """The share of stays longer than some days, of every stage, by Kaplan-Meier."""
    store, truth = lived
    steps = reports.time_in_stage_curve(store, EVENING).frame
    steps = steps[steps["days"] <= days]
    left = (steps["at_risk"] - steps["ended"]).clip(lower=1)
    variance = steps.assign(term=steps["ended"] / (steps["at_risk"] * left))
    last = steps.groupby(STAGE)[["survival_rate", "at_risk"]].last()
    last["error"] = last["survival_rate"] * np.sqrt(variance.groupby(STAGE)["term"].sum())
    judged = last[(last["at_risk"] >= FEWEST) & (last["survival_rate"] < 1)]
    off = (judged["survival_rate"] - true_stages(truth)[str(days)]).div(judged["error"]).dropna()
    assert len(off)
    assert off.abs().max() <= MOST, off


@pytest.mark.parametrize("end", list(ENDS))
def test_stays_end_as_they_truly_do(lived: Lived, end: str) -> None:
    """The shares that go forward, back, are won and are lost, in competition with each other."""
    store, truth = lived
    table = reports.time_in_stage(store, EVENING).frame.set_index(STAGE)
    true = true_stages(truth)[end]
    assert (table.loc[true == 0, end] == 0).all()
    error = np.sqrt(true * (1 - true) / table["stays_over"])
    off = (table[end] - true).div(error)[true > 0]
    assert off.abs().max() <= MOST, off


def test_as_many_are_won_as_truly_are(lived: Lived) -> None:
    """The win curve ends where the absorbing chain does, though a tenth is still open."""
    store, truth = lived
    totals = reports.win_curve(store, EVENING).totals
    true = float(truth["win_rate"])
    closed = (totals["won"] or 0) + (totals["lost"] or 0)
    error = np.sqrt(true * (1 - true) / closed)
    assert abs((totals["won_by_age_rate"] or 0) - true) <= MOST * error


def test_what_is_over_alone_looks_too_fast(lived: Lived) -> None:
    """The plain mean of finished stays lies below the true mean where stays are long."""
    store, truth = lived
    table = reports.time_in_stage(store, EVENING).frame.set_index(STAGE)
    groups = pd.DataFrame(truth["groups"])[["cycle", "segment", "share"]]
    rows = pd.DataFrame(truth["stages"]).merge(groups, on=["cycle", "segment"])
    weight = rows["share"] * rows["visits_per_opportunity"]
    keys = [rows["cycle"], rows["stage"]]
    true = (rows["mean_days"] * weight).groupby(keys).sum() / weight.groupby(keys).sum()
    assert (table["average_stay_days"].to_numpy() < true.to_numpy()).mean() > 1 / 2
