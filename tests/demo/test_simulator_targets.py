"""The simulated company has quotas from its own past, and people who call its quarters."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import pytest

import pipeline
from pipeline.demo.simulator import simulate
from pipeline.demo.simulator_targets import quotas_of
from pipeline.domain.scope import Scope
from pipeline.domain.targets import Holder, Level
from pipeline.reports.landing import land
from pipeline.store import Store

TODAY = date(2026, 1, 28)


@pytest.fixture(scope="module")
def aiming() -> Iterator[Store]:
    """A company of 1,500 opportunities."""
    with pipeline.open() as store:
        simulate(store, opportunities=1_500, seed=7, today=TODAY)
        yield store


def test_a_quota_is_what_the_year_before_brought_and_a_little_more() -> None:
    """100, 200, 300 and 400 thousand: 250 in the mean, 275 aimed at; less for team and company."""
    won = pd.DataFrame([[100e3, 200e3, 300e3, 400e3, 0.0]], index=["A"], columns=range(5))
    quotas = quotas_of(won, {"A": "T"})
    assert quotas[Holder(level=Level.OWNER, code="A")].tolist() == [0, 0, 0, 0, 275_000]
    assert quotas[Holder(level=Level.TEAM, code="T")][-1] == 259_000
    assert quotas[Holder(level=Level.COMPANY, code="")][-1] == 251_000


def test_nine_quarters_have_quotas_that_are_over_assigned(aiming: Store) -> None:
    """This one and eight before; owners together aim higher than teams, teams than the company."""
    rows = aiming.rows(
        "select starts_on, sum(target) filter (level = 'owner'), "
        "sum(target) filter (level = 'team'), sum(target) filter (level = 'company') "
        "from quotas group by starts_on order by starts_on"
    )
    assert [row[0] for row in rows] == [
        date(2024 + (quarter // 4), quarter % 4 * 3 + 1, 1) for quarter in range(9)
    ]
    assert all(owners > teams > company > 0 for _, owners, teams, company in rows)


def test_quarters_are_called_in_time_by_sellers_and_managers(aiming: Store) -> None:
    """Four weeks before the end, the running one the evening before; each with a confidence."""
    calls = aiming.rows(
        "select caller, level, code, created_by, ends_on - submitted_on, is_late, "
        "confidence_percent, starts_on from calls where measure = 'won amount'"
    )
    assert {(caller, level) for caller, level, *_ in calls} == {
        ("seller", "owner"),
        ("manager", "team"),
        ("manager", "company"),
    }
    assert all((code == by) == (caller == "seller") for caller, _, code, by, *_ in calls)
    assert {before for *_, before, _, _, starts in calls if starts < date(2026, 1, 1)} == {28}
    assert not any(late for *_, late, _, _ in calls)
    assert all(50 < sure < 95 for *_, sure, _ in calls)


def test_the_first_look_at_the_forecast_has_a_quota_and_a_chance(aiming: Store) -> None:
    """Of the company and of a team; all categories that may be forecast stand somewhere."""
    for scope in (Scope(as_of=TODAY), Scope(as_of=TODAY, teams=("KEY",))):
        found = land(aiming, scope)
        assert found.target.amount
        assert found.chance is not None
        assert np.isfinite(found.expected)
        assert "call" in set(found.lines["basis"])
    categories = set(aiming.frame("forecast_rollup", Scope(as_of=TODAY))["category"])
    assert {"pipeline", "best case", "most likely", "commit"} <= categories
