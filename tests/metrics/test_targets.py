"""Quotas, coverage, pacing, roll-up and landing as pure functions, against figures by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.calendar import FiscalCalendar, PeriodKind
from pipeline.domain.categories import Thresholds
from pipeline.metrics import coverage, landing, pacing, rollup, targets
from pipeline.metrics.forecast.distribution import Forecast
from pipeline.metrics.landing import Line

CALENDAR = FiscalCalendar()
Q1 = CALENDAR.quarter(date(2025, 1, 1))
PEOPLE = pd.DataFrame(
    {
        "owner_code": ["ANN", "BOB", "CEM"],
        "owner_name": ["Ann", "Bob", "Cem"],
        "team_code": ["NORTH", "NORTH", None],
        "team_name": ["North", "North", None],
        "joined_on": [None, date(2025, 2, 15), None],
        "left_on": [None, None, None],
    }
)


def quota(level: str, code: str, target: float, starts: date, ends: date) -> dict[str, object]:
    """A row of the query of quotas."""
    kind = "quarter" if (ends - starts).days > 40 else "month"
    return {
        "level": level,
        "code": code,
        "measure": "won amount",
        "period": kind,
        "starts_on": starts,
        "ends_on": ends,
        "target": target,
    }


def table(quotas: list[dict[str, object]], won: dict[str, float]) -> pd.DataFrame:
    """Company, teams and owners of the first quarter of 2025, by holder and code."""
    achieved = pd.DataFrame(
        {"owner_code": list(won), "achieved": list(won.values()), "won": [1] * len(won)}
    )
    found = targets.of_period(pd.DataFrame(quotas), Q1, PEOPLE)
    return targets.by_holder(found, PEOPLE, achieved, Q1).set_index(["holder", "code"])


def test_attainment_is_won_by_quota_and_nothing_without_one() -> None:
    """62,000 of 90,000 are 68.9 percent; a quota of 0, or none, attains nothing, not 0 percent."""
    assert targets.attainment(62_000, 90_000) == pytest.approx(0.6889, abs=5e-5)
    assert targets.attainment(62_000, 0) is None
    assert targets.attainment(62_000, None) is None


def test_a_quota_is_prorated_by_days_active_and_over_assignment_is_shown() -> None:
    """Bob joined in the middle: 45 of 90 days of 40,000; the team's 70,000 stand beside 80,000."""
    rows = table(
        [
            quota("team", "NORTH", 70_000, Q1.first, Q1.last),
            quota("owner", "ANN", 60_000, Q1.first, Q1.last),
            quota("owner", "BOB", 40_000, Q1.first, Q1.last),
        ],
        {"ANN": 62_000.0, "CEM": 8_000.0},
    )
    bob = rows.loc[[("owner", "BOB")]].iloc[0]
    assert (bob["full_quota"], bob["quota"], bob["active_days"]) == (40_000, 20_000, 45)
    north = rows.loc[[("team", "NORTH")]].iloc[0]
    assert (north["quota"], north["members_quota"], north["over_assigned"]) == (
        70_000,
        80_000,
        10_000,
    )
    assert north["attainment_rate"] == pytest.approx(62 / 70)
    company = rows.loc[[("company", "")]].iloc[0]
    assert (company["target"], company["achieved"]) == (70_000, 70_000)
    cem = rows.loc[[("owner", "CEM")]].iloc[0]
    assert np.isnan(cem["target"])
    assert np.isnan(cem["attainment_rate"])


def test_teams_stand_before_their_owners_and_those_without_a_team_last() -> None:
    """The order in which a roll-up is read."""
    rows = table([quota("company", "", 1, Q1.first, Q1.last)], {"CEM": 1.0})
    assert list(rows.index) == [
        ("company", ""),
        ("team", "NORTH"),
        ("owner", "ANN"),
        ("owner", "BOB"),
        ("team", ""),
        ("owner", "CEM"),
    ]


def test_months_make_the_quota_of_a_quarter_only_when_all_three_are_set() -> None:
    """10 + 20 + 30 are 60; two months are no quarter; a quarter's own quota comes first."""
    months = CALENDAR.inside(PeriodKind.MONTH, Q1)
    each = [quota("owner", "ANN", 10.0 * n, m.first, m.last) for n, m in enumerate(months, 1)]
    found = targets.of_period(pd.DataFrame(each), Q1, PEOPLE)
    assert list(found["quota"]) == [60.0]
    assert targets.of_period(pd.DataFrame(each[:2]), Q1, PEOPLE).empty
    own = [*each, quota("owner", "ANN", 99.0, Q1.first, Q1.last)]
    assert list(targets.of_period(pd.DataFrame(own), Q1, PEOPLE)["quota"]) == [99.0]


def test_quotas_of_a_year_that_was_cut_otherwise_are_no_parts_of_it() -> None:
    """The year begins in February now: its four quarters make it, not two of the old calendar."""
    year = FiscalCalendar(start_month=2).period(PeriodKind.YEAR, date(2025, 6, 1))
    new = FiscalCalendar(start_month=2).inside(PeriodKind.QUARTER, year)
    old = CALENDAR.periods(PeriodKind.QUARTER, date(2025, 6, 1))[1:3]
    each = [quota("company", "", 10, one.first, one.last) for one in [*old, *new]]
    assert list(targets.of_period(pd.DataFrame(each), year, PEOPLE)["quota"]) == [40.0]
    assert targets.of_period(pd.DataFrame(each[:-1]), year, PEOPLE).empty


def test_coverage_of_the_fixture_and_what_is_needed() -> None:
    """120,000 open over 80,000 missing is 1.50; a yield of 52,000 of 120,000 asks for 2.31."""
    assert coverage.coverage(120_000, 90_000, 10_000) == 1.5
    assert coverage.needed(52_000 / 120_000) == pytest.approx(2.3077, abs=5e-5)
    assert coverage.coverage(120_000, 90_000, 90_000) is None
    assert coverage.coverage(120_000, None, 0) is None
    assert coverage.needed(0.0) is None
    assert coverage.needed(None) is None


def test_what_must_be_created_is_the_gap_over_the_yield_of_creating_and_closing() -> None:
    """A gap of 30,000 at a yield of 0.3 asks for 100,000; no gap asks for nothing."""
    assert coverage.to_create(30_000, 0.3) == pytest.approx(100_000)
    assert coverage.to_create(-5, 0.3) == 0
    assert coverage.to_create(30_000, None) is None


def test_the_roll_up_is_cumulative_and_says_its_arithmetic() -> None:
    """Closed 62, commit 30, best case 20, pipeline 40: 92, 112, 152; open 90."""
    amounts = {"won": 62, "commit": 30, "most_likely": 0, "best_case": 20, "pipeline": 40}
    row = {f"{name}_amount": [float(amount)] for name, amount in amounts.items()}
    added = rollup.added_up(pd.DataFrame(row)).iloc[0]
    assert (added["commit_total"], added["best_case_total"]) == (92, 112)
    assert (added["pipeline_total"], added["open_amount"]) == (152, 90)
    assert added["arithmetic"] == (
        "closed 62 + commit 30 = 92; + best case 20 = 112; + pipeline 40 = 152"
    )


def test_a_call_is_a_total_and_never_added_to_what_is_won() -> None:
    """Won 400, call 900: the period lands at 900, not at 1,300."""
    frame = landing.lines([Line.of_call("Call", 900, won_amount=400)], 1_000)
    assert list(frame["landing_amount"]) == [900]
    assert list(frame["remaining_amount"]) == [500], "what is won is in it, and makes it with this"
    assert list(frame["gap_amount"]) == [100]
    assert list(frame["attainment_rate"]) == [pytest.approx(0.9)]


def test_landing_adds_won_remaining_and_what_has_not_begun() -> None:
    """62 won + 30 in commit + 8 not yet created land at 100; without a quota there is no gap."""
    commit = Line(
        basis="commit",
        words="Commit",
        opportunities=2,
        standing_amount=30,
        won_amount=62,
        remaining_amount=30,
        new_amount=8,
    )
    frame = landing.lines([commit], None)
    assert list(frame["landing_amount"]) == [100]
    assert frame["gap_amount"].isna().all()
    assert frame["attainment_rate"].isna().all()


def test_the_few_that_would_close_a_gap_are_those_in_play() -> None:
    """100 at .5 and 60 at .3 are in play before 500 at .001; two of them close a gap of 80."""
    chances = pd.DataFrame(
        {
            "opportunity_id": [1, 2, 3, 4],
            "amount": [100.0, 60.0, 500.0, np.nan],
            "win_chance": [0.5, 0.3, 0.001, 0.5],
        }
    )
    forecast = Forecast(method="x", totals=np.zeros(10), chances=chances)
    found = landing.closers(forecast, 80)
    assert list(found["opportunity_id"]) == [1, 2]
    assert list(found["gain_so_far_amount"]) == [50, pytest.approx(92)]
    assert list(found["closes"]) == [False, True]
    assert landing.closers(forecast, 0).empty
    assert landing.closers(forecast, None).empty


def test_the_chance_suggests_a_category_at_thresholds_that_are_settings() -> None:
    """From .80 commit, .50 most likely, .20 best case, else pipeline; nothing of no chance."""
    chances = pd.Series([0.8, 0.79, 0.5, 0.2, 0.19, np.nan])
    words = landing.suggested(chances, Thresholds())
    assert list(words[:5]) == ["commit", "most likely", "most likely", "best case", "pipeline"]
    assert words.isna().iloc[5]
    assert landing.suggested(chances, Thresholds(commit=75))[1] == "commit"  # type: ignore[arg-type]


def test_expected_attainment_is_the_mean_share_of_past_periods_not_of_time() -> None:
    """One quarter won a tenth by the middle, the other half; expected is 30 percent there."""
    past = CALENDAR.past(Q1, 2)
    won = pd.DataFrame(
        {
            "won_on": [past[0].first, past[0].last, past[1].first, past[1].last, Q1.first],
            "won_amount": [10.0, 90.0, 50.0, 50.0, 25.0],
        }
    )
    middle = date(2025, 2, 14)
    assert pacing.share_by(won, past, Q1, middle) == pytest.approx(0.3)
    fan = pacing.fan(won, past, Q1, middle, 100.0)
    week = fan[fan["week"] == Q1.week(middle)].iloc[0]
    assert week["share_mean"] == pytest.approx(0.3)
    assert week["expected_amount"] == pytest.approx(30)
    assert week["won_to_date_amount"] == 25
    assert fan["share_mean"].iloc[-1] == 1
    assert fan["won_to_date_amount"].isna().sum() == Q1.weeks - Q1.week(middle)


def test_without_a_past_nothing_is_expected() -> None:
    """No period before had a win: no share, no expectation, rather than a straight line."""
    won = pd.DataFrame({"won_on": [Q1.first], "won_amount": [25.0]})
    past = CALENDAR.past(Q1, 2)
    assert pacing.share_by(won, past, Q1, Q1.last) is None
    assert pacing.fan(won, past, Q1, Q1.last, 100.0)["expected_amount"].isna().all()


@settings(max_examples=30)
@given(
    amounts=st.lists(st.floats(0, 1e6), min_size=1, max_size=30),
    offsets=st.lists(st.integers(0, 270), min_size=30, max_size=30),
)
def test_shares_never_fall_and_end_at_one(amounts: list[float], offsets: list[int]) -> None:
    """Whatever was won when: the share by a week is never below that of the week before."""
    past = CALENDAR.past(Q1, 3)
    days = [date.fromordinal(past[0].first.toordinal() + offset) for offset in offsets]
    won = pd.DataFrame({"won_on": days[: len(amounts)], "won_amount": amounts})
    shares = pacing.cumulative_shares(won, past, Q1)
    assert (shares.diff(axis=1).iloc[:, 1:] >= -1e-9).all(axis=None)
    assert np.allclose(shares.iloc[:, -1], 1)


@given(quotas=st.tuples(st.floats(0, 200), st.floats(0, 200)), seed=st.integers(0, 99))
def test_the_chance_never_rises_with_the_quota(quotas: tuple[float, float], seed: int) -> None:
    """Aiming higher is never likelier to be reached."""
    totals = np.random.default_rng(seed).uniform(0, 200, 500)
    forecast = Forecast(method="x", totals=totals)
    low, high = sorted(quotas)
    assert forecast.chance(low) >= forecast.chance(high)


CATEGORY = st.sampled_from(["closed", "commit", "most likely", "best case", "pipeline", "omitted"])
SUMS = st.lists(
    st.tuples(st.sampled_from(["ANN", "BOB", "CEM", None]), CATEGORY, st.integers(0, 1000)),
    max_size=20,
)


@settings(max_examples=20)
@given(rows=SUMS)
def test_a_team_is_the_sum_of_its_owners_and_the_company_of_its_teams(
    rows: list[tuple[str | None, str, int]],
) -> None:
    """In every category, in number and amount, nobody's opportunities included."""
    sums = pd.DataFrame(rows, columns=["owner_code", "category", "amount"]).assign(
        place="inside", opportunities=1
    )
    sums = sums.groupby(["owner_code", "category", "place"], dropna=False, as_index=False).sum()
    won = pd.DataFrame({"owner_code": [None, *PEOPLE["owner_code"]], "achieved": 0.0, "won": 0})
    found = targets.of_period(
        pd.DataFrame([quota("company", "", 1, Q1.first, Q1.last)]), Q1, PEOPLE
    )
    holders = targets.by_holder(found, PEOPLE, won, Q1)
    rolled = rollup.by_level(rollup.single(sums), holders)
    for name in rollup.CATEGORIES:
        for column in (name, f"{name}_amount"):
            by = rolled.groupby("holder")[column].sum()
            assert by["company"] == by["team"] == by["owner"]
    company = rolled[rolled["holder"] == "company"].iloc[0]
    forecast = sums[~sums["category"].isin(["closed", "omitted"])]
    assert company["open_amount"] == forecast["amount"].sum()
