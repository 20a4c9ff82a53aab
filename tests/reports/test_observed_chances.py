"""The chance of a stage as it is set, against the ten opportunities worked out by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from pipeline import reports
from pipeline.domain.scope import Scope
from pipeline.metrics.observed_chances import NOTHING, TOO_FEW, TOO_HIGH, observed_chances
from pipeline.store import Store
from tests.stories import Q1

STAGES = pd.DataFrame(
    {
        "cycle_code": "F10",
        "stage": [1, 2],
        "position": [1, 2],
        "stage_description": ["Qualify", "Propose"],
        "chances_percent": [10, 40],
    }
)
REACHED_2 = [(49, "won"), (32, "lost"), (34, "won"), (38, "open"), (101, "open"), (62, "lost")]
"""D01, D02, D03 (which skipped it), D04, D05, D06 by the days since each came to stage 2."""


def sums(rows: list[tuple[int, str]], stage: int = 2) -> pd.DataFrame:
    """Opportunities that reached a stage: so many days later, how they stand."""
    frame = pd.DataFrame(rows, columns=["days", "kind"])
    return frame.assign(cycle_code="F10", stage=stage, number=1)


def test_stage_2_of_the_ten_is_won_with_14_of_23() -> None:
    """By hand: 32 lost 6/7; 34 won 1/7; 49 won 5/28; 62 lost; 99 won 5/28; undecided 5/28.

    CIF won 14/28, CIF lost 9/28: of the decided 14 of 23, where won of decided says 3 of 5.
    """
    row = observed_chances(sums([*REACHED_2, (99, "won")]), STAGES).iloc[1]
    assert row["observed_rate"] == pytest.approx(14 / 23)
    assert row["undecided_rate"] == pytest.approx(5 / 28)
    assert (row["won_by_now_rate"], row["won_of_decided_rate"]) == pytest.approx((3 / 7, 3 / 5))
    assert (row["reached"], row["won"], row["lost"], row["in_progress"]) == (7, 3, 2, 2)
    drawn = (14 / 23 * 5 + 20 * 0.4) / 25
    assert row["proposed_percent"] == round(drawn * 100) == 44
    assert row["prior_share"] == pytest.approx(20 / 25)


def test_the_report_reads_the_same_from_the_log(ten: Store) -> None:
    """D03 reached stage 2 by skipping it, D08's two lives are one; the numbers are those above."""
    report = reports.observed_chances(ten, Q1)
    row = report.frame.set_index("stage").loc[2]
    assert row["observed_rate"] == pytest.approx(14 / 23)
    assert row["undecided_rate"] == pytest.approx(5 / 28)
    assert (row["configured_percent"], row["proposed_percent"]) == (40, 44)
    assert list(report.frame["reached"]) == [10, 7, 5]


def test_reached_is_what_stage_conversion_counts(ten: Store) -> None:
    """The rule is the same high water."""
    observed = reports.observed_chances(ten, Q1).frame
    converted = reports.stage_conversion(ten, Q1).frame
    assert list(observed["reached"]) == list(converted["reached"])


def test_the_weighted_pipeline_is_shown_before_and_after(ten: Store) -> None:
    """60,000 stand in stage 2 at 40 percent: 24,000; at 44 they would weigh 26,400."""
    report = reports.observed_chances(ten, Q1)
    row = report.frame.set_index("stage").loc[2]
    assert (row["weighted_amount"], row["weighted_then_amount"]) == (24_000, 26_400)
    assert report.totals["weighted_amount"] == 26_700
    change = report.frame["weighted_change_amount"].sum()
    assert report.totals["weighted_change_amount"] == pytest.approx(change)


def test_a_verdict_needs_enough_decided_and_an_interval_that_leaves_out_the_set_chance() -> None:
    """20 of 200 won where 40 percent are set: too high. Four decided say nothing."""
    many = sums([(10, "won")] * 20 + [(12, "lost")] * 180)
    found = observed_chances(many, STAGES)
    assert found["chance_verdict"].tolist() == [NOTHING, TOO_HIGH]
    assert found["proposed_percent"].tolist() == [10, 13]
    few = observed_chances(sums([(10, "won")] * 2 + [(12, "lost")] * 2), STAGES)
    assert few["chance_verdict"].iloc[1] == TOO_FEW
    assert few["prior_share"].iloc[1] == pytest.approx(20 / 24)


def test_without_any_history_what_is_set_is_proposed() -> None:
    """All of it is prior; the observed chance is missing and not nought."""
    none = sums([]).astype({"days": "int64", "stage": "int64"})
    found = observed_chances(none, STAGES)
    assert found["observed_rate"].isna().all()
    assert found["proposed_percent"].tolist() == [10, 40]
    assert found["prior_share"].tolist() == [1, 1]


def test_what_is_still_open_keeps_the_plain_share_too_low() -> None:
    """Half are won after ten days, half are open since five: the estimate is not one half."""
    found = observed_chances(sums([(10, "won")] * 5 + [(5, "open")] * 5), STAGES).iloc[1]
    assert found["won_by_now_rate"] == 0.5
    assert found["observed_rate"] == 1


@pytest.mark.parametrize(
    ("method", "then", "says"),
    [
        ("chances", 44, "The probability is the chance."),
        ("completed", 0, "does not change it"),
        ("multiply", 0, "below the chance itself"),
        ("add", 22, "below the chance itself"),
    ],
)
def test_each_method_says_what_follows_for_the_probability(
    ten: Store, method: str, then: float, says: str
) -> None:
    """Nothing is completed in these stages: multiplied it is nought, the mean half of it."""
    session = ten.session()
    session.execute("begin transaction")
    session.execute("update sales_cycles set probability_method = ?", [method])
    row = reports.observed_chances(session, Q1).frame.set_index("stage").loc[2]
    session.execute("rollback")
    assert row["probability_then_percent"] == then
    assert says in row["method_says"]


def test_a_day_without_a_history_and_an_empty_scope_are_tables_all_the_same(ten: Store) -> None:
    """Before anything began every stage is there, and nothing is observed."""
    early = replace(Q1, as_of=Q1.as_of.replace(year=2020))
    assert reports.observed_chances(ten, early).frame["observed_rate"].isna().all()
    nobody = Scope(as_of=Q1.as_of, owners=("NOBODY",))
    assert reports.observed_chances(ten, nobody).frame["reached"].sum() == 0
