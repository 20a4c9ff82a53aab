"""Conversion by rule, cohort and part, and the win rate's conventions, on the ten opportunities."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given

import pipeline
from pipeline import reports
from pipeline.commands import (
    CloseAsLost,
    CreateOpportunity,
    DefineCloseReason,
    DefineSetting,
    RemoveStage,
    carry_out,
)
from pipeline.domain.scope import Scope
from pipeline.reports import Report
from pipeline.store import Store
from tests.random_stories import STORIES, Wish, examples, told
from tests.reports.test_left_out import imported
from tests.stories import Q1, QUARTER_END, company, ten_opportunities, three_stages

NOW = Scope(as_of=QUARTER_END)
APRIL = date(2025, 4, 30)


def fractions(frame: pd.DataFrame, rule: str) -> list[tuple[int, int]]:
    """Give advanced and counted of each stage by a rule."""
    rows = frame[frame["rule"] == rule]
    return list(zip(rows["advanced"], rows["counted"], strict=True))


@pytest.mark.parametrize(
    ("rule", "expected", "product"),
    [
        ("R1", [(7, 10), (5, 7), (3, 5)], 0.30),
        ("R2", [(7, 10), (4, 7), (3, 4)], 0.30),
        ("R3", [(6, 10), (4, 6), (2, 4)], 0.20),
        ("R4", [(7, 7), (5, 6), (3, 4)], 0.625),
        ("R5", [(5, 5), (4, 6), (3, 5)], 0.40),
        ("R5a", [(5, 5), (4, 6), (3, 4)], 0.50),
    ],
)
def test_the_counting_rules_side_by_side(
    ten: Store, rule: str, expected: list[tuple[int, int]], product: float
) -> None:
    """The same ten by every rule; R5 looks at the first quarter, R5a ignores moves back."""
    frame = reports.counting_rules(ten, Q1).frame
    assert fractions(frame, rule) == expected
    answers = reports.counting_rules_answers(ten, Q1).frame.set_index("rule")
    assert answers.loc[rule, "product_rate"] == pytest.approx(product)
    rates = frame.loc[frame["rule"] == rule, "advance_rate"]
    assert rates.prod() == pytest.approx(product)


def test_only_three_rules_say_what_was_won_of_what_entered(ten: Store) -> None:
    """R4 and R5 are labelled for what they are; R1 is recommended."""
    answers = reports.counting_rules_answers(ten, Q1).frame.set_index("rule")
    assert answers["product_means"].to_dict() == {
        "R1": "won / entered",
        "R2": "won / entered",
        "R3": "won / entered",
        "R4": "steady-state implied",
        "R5": "steady-state implied",
        "R5a": "steady-state implied",
    }
    assert answers.index[answers["is_default"]].tolist() == ["R1"]
    assert (answers["bias"].str.len() > 20).all()


def test_what_each_rule_leaves_out_is_counted(ten: Store) -> None:
    """R2 loses D05 in stage 3, R3 loses D03 from 2 on, R4 the five that are open."""
    frame = reports.counting_rules(ten, Q1).frame
    left_out = frame.groupby("rule")["left_out"].apply(list).to_dict()
    assert left_out["R1"] == [0, 0, 0]
    assert left_out["R2"] == [0, 0, 1]
    assert left_out["R3"] == [0, 1, 1]
    assert left_out["R4"] == [3, 1, 1]
    assert frame.loc[frame["rule"] == "R5", "left_out"].isna().all()


def test_skips_and_bounces(ten: Store) -> None:
    """D03 of 7 passed stage 2 without a visit; D05 of 5 was sent back from stage 3."""
    frame = reports.skips_and_bounces(ten, NOW).frame
    assert frame["skip_rate"].tolist() == pytest.approx([0, 1 / 7, 0])
    assert frame["bounce_rate"].tolist() == pytest.approx([0, 0, 1 / 5])
    assert (frame["skip_low"] <= frame["skip_rate"] + 1e-9).all()


def test_every_step_balances(ten: Store) -> None:
    """What came into a stage equals what went out of it; ten began and ten ended."""
    frame = reports.stage_transitions(ten, NOW).frame
    came = frame[frame["to_stage"].isin(["1", "2", "3"])].groupby("to_stage")["steps"].sum()
    went = frame[frame["from_stage"] > 0].groupby("from_stage")["steps"].sum()
    assert came.tolist() == went.tolist() == [10, 8, 5]
    assert frame.loc[frame["way"] == "start", "steps"].sum() == 10
    assert frame.loc[frame["way"].isin(["won", "lost", "in progress"]), "steps"].sum() == 10
    back = frame[frame["way"] == "back"]
    assert (back["from_stage"].tolist(), back["to_stage"].tolist()) == ([3], ["2"])


def test_cohorts_of_creation(ten: Store) -> None:
    """January: D01 to D03 all left stage 1, two of them stage 2, and both were won."""
    frame = reports.conversion_cohorts(ten, NOW).frame
    january = frame[frame["cohort_on"] == "2025-01-01"]
    assert january["counted"].tolist() == [3, 3, 2]
    assert january["advanced"].tolist() == [3, 2, 2]
    whole = frame.groupby("stage")[["counted", "advanced"]].sum()
    assert whole["counted"].tolist() == [10, 7, 5]
    assert whole["advanced"].tolist() == [7, 5, 3]


def test_cohorts_by_the_amount_of_the_day_they_reached_the_stage(ten: Store) -> None:
    """D05 reached stage 3 with 40,000 and has 45,000 today; D03 came there with 30,000."""
    frame = reports.conversion_cohorts(ten, NOW, by="quarter", weigh="amount").frame
    assert frame["counted_amount"].tolist() == [95_000, 77_000, 77_000, 88_000, 75_000, 40_000]
    assert frame["advanced_amount"].tolist() == [77_000, 77_000, 25_000, 75_000, 40_000, 40_000]
    assert frame["counted"].tolist() == [4, 3, 3, 6, 4, 2]


def test_cohorts_of_reaching_a_stage(ten: Store) -> None:
    """In February D02, D03 (that skipped it) and D04 first came to stage 2 or beyond."""
    frame = reports.conversion_cohorts(ten, NOW, cohort="reached", stage=2).frame
    assert frame["counted"].tolist() == [2, 2, 3]
    assert frame["advanced"].tolist() == [2, 2, 1]
    assert frame["counted_amount"].tolist() == [65_000, 22_000, 65_000]
    assert frame["advanced_amount"].tolist() == [65_000, 22_000, 30_000]


def test_cohorts_of_leaving_a_stage(ten: Store) -> None:
    """Stage 3 was left once in February, backwards, and four times in March."""
    frame = reports.conversion_cohorts(ten, Q1, cohort="period").frame
    third = frame[frame["stage"] == 3]
    assert list(zip(third["advanced"], third["counted"], strict=True)) == [(0, 1), (3, 4)]
    quarter = reports.conversion_cohorts(ten, Q1, cohort="period", by="quarter").frame
    assert quarter["counted"].tolist() == [5, 6, 5]
    assert quarter["advanced"].tolist() == [5, 4, 3]


def test_young_cohorts_are_marked_and_not_hidden(ten: Store) -> None:
    """Three quarters are resolved by 118 days; only November is older than that in full."""
    frame = reports.conversion_cohorts(ten, NOW).frame
    young = frame.drop_duplicates("cohort_on").set_index("cohort_on")["is_young"]
    assert young.tolist() == [False, True, True, True, True]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("owner", ["Ann Áspa"]),
        ("team", ["North"]),
        ("cycle", ["Ten"]),
        ("contact", ["Société Générique"]),
        ("campaign", ["No campaign"]),
        ("source", ["entry"]),
        ("size", ["10,000 to 25,000", "25,000 to 50,000", "5,000 to 10,000"]),
        ("month", ["2024-12", "2025-01", "2025-02", "2024-11", "2025-03"]),
    ],
)
def test_any_split_adds_up(ten: Store, by: str, names: list[str]) -> None:
    """Ten entered and three were won, however they are divided; ten are too few to tell apart."""
    report = reports.conversion_by(ten, NOW, by=by)  # type: ignore[arg-type]
    assert report.frame["part_name"].tolist() == names
    assert (report.frame["counted"].sum(), report.frame["advanced"].sum()) == (10, 3)
    assert set(report.frame["apart"]) == {"too few to tell apart"}


def test_small_parts_stand_together(ten: Store) -> None:
    """Of five months the two largest have a row, the other three share one that opens to none."""
    report = reports.conversion_by(ten, NOW, by="month", at_most=2)
    assert report.frame["part_name"].tolist() == ["2024-12", "2025-01", "3 others"]
    assert report.frame["counted"].tolist() == [3, 3, 4]
    with pytest.raises(KeyError):
        report.behind(report.frame.iloc[2])


@pytest.mark.parametrize(
    ("convention", "as_of", "won", "counted"),
    [
        ("closed", QUARTER_END, 3, 5),
        ("events", QUARTER_END, 3, 6),
        ("created", QUARTER_END, 2, 6),
        ("created", APRIL, 3, 6),
        ("created_decided", QUARTER_END, 2, 3),
        ("created_decided", APRIL, 3, 4),
        ("all", QUARTER_END, 3, 10),
    ],
)
def test_the_win_rate_in_its_conventions(
    ten: Store, convention: str, as_of: date, won: int, counted: int
) -> None:
    """The quarter by count, as of its last day and a month later."""
    frame = reports.win_rate_conventions(ten, Q1.on(as_of)).frame.set_index("convention")
    row = frame.loc[convention]
    assert (row["won"], row["counted"]) == (won, counted)
    assert row["win_rate"] == pytest.approx(won / counted)


def test_the_win_rate_by_value_in_its_conventions(ten: Store) -> None:
    """62,000 of 94,000; with the January loss of D08 that was undone, of 119,000."""
    frame = reports.win_rate_conventions(ten, Q1).frame.set_index("convention")
    assert frame.loc["closed", "amount_win_rate"] == pytest.approx(62 / 94)
    assert frame.loc["events", "amount_win_rate"] == pytest.approx(62 / 119)
    assert frame.loc["events", "counted_amount"] == 119_000


def test_the_win_curve_stands_beside_the_conventions(ten: Store) -> None:
    """48.6 percent by the greatest age at which anything was closed."""
    totals = reports.win_rate_conventions(ten, Q1).totals
    assert totals["won_by_age_rate"] == pytest.approx(0.4861, abs=0.00005)
    assert (totals["days"], totals["followed"]) == (118, 10)


def test_losses_by_their_last_stage_and_money(ten: Store) -> None:
    """D02 was lost in stage 2 with 20,000, D06 in stage 3 with 12,000, both on price."""
    report = reports.loss_reasons(ten, Q1)
    assert report.frame["stage_description"].tolist() == ["Propose", "Negotiate"]
    assert report.frame["amount"].tolist() == [20_000, 12_000]
    assert report.totals["no_decision"] == 0


EVERY_FORM: list[Callable[[Store, Scope], Report]] = [
    reports.counting_rules,
    lambda store, scope: reports.counting_rules(store, scope, cohort="created"),
    reports.skips_and_bounces,
    reports.stage_transitions,
    reports.conversion_cohorts,
    lambda store, scope: reports.conversion_cohorts(store, scope, cohort="reached", stage=2),
    lambda store, scope: reports.conversion_cohorts(store, scope, by="quarter", weigh="amount"),
    lambda store, scope: reports.conversion_by(store, scope, by="size", stage=2),
    lambda store, scope: reports.conversion_by(store, scope, by="month"),
    reports.win_rate_conventions,
    reports.loss_reasons,
]


@pytest.mark.parametrize("ask", EVERY_FORM)
@pytest.mark.parametrize("scope", [NOW, Q1])
def test_every_number_opens_to_exactly_its_opportunities(
    ten: Store, ask: Callable[[Store, Scope], Report], scope: Scope
) -> None:
    """The list behind a number is as long as the number; what counts no list says so."""
    report = ask(ten, scope)
    for row in report.frame.to_dict("records"):
        for column in report.opens:
            try:
                behind = report.behind(row, column)
            except KeyError:
                continue
            found = reports.opportunities(ten, *behind, limit=1).totals["opportunities"]
            assert found == row[column], (report.name, row, column)


@pytest.fixture
def own() -> Iterator[Store]:
    """The ten in a store of their own, to be changed."""
    with pipeline.open(":memory:") as store:
        yield ten_opportunities(store)


def without_the_middle(store: Store) -> Store:
    """Take stage 2 out of the cycle, once nobody stands in it any more."""
    close = CloseAsLost(opportunity_no="D05", close_reason_code="PRICE")
    carry_out(store, close, by="ANN", today=APRIL)
    carry_out(store, RemoveStage(cycle_code="F10", stage=2), by="ANN", today=APRIL)
    return store


def test_a_stage_that_is_gone_is_shown_and_not_dropped(own: Store) -> None:
    """Six were in stage 2; they stand behind the others, and every step to it is still there."""
    scope = Scope(as_of=APRIL)
    without_the_middle(own)
    frame = reports.skips_and_bounces(own, scope).frame
    assert frame["stage_description"].tolist() == ["Qualify", "Negotiate", "Stage 2 (removed)"]
    assert frame["visited"].tolist() == [10, 5, 6]
    assert frame["skip_rate"].isna().tolist() == [False, False, True]
    steps = reports.stage_transitions(own, scope).frame
    assert steps.loc[steps["to_stage"] == "2", "steps"].sum() == 8
    assert "Stage 2 (removed)" in set(steps["to_description"])
    losses = reports.loss_reasons(own, scope).frame
    assert losses["opportunities"].sum() == 3


def test_a_stage_that_is_gone_counts_as_the_one_it_is_mapped_to(own: Store) -> None:
    """Mapped to 3, whoever was in 2 reached 3: the seven that went beyond stage 1."""
    scope = Scope(as_of=APRIL)
    without_the_middle(own)
    assert reports.stage_conversion(own, scope).frame["reached"].tolist() == [10, 6]
    carry_out(own, DefineSetting(name="stage_map", value="F10 2 > 3"), by="ANN", today=APRIL)
    assert reports.stage_conversion(own, scope).frame["reached"].tolist() == [10, 7]
    visited = reports.skips_and_bounces(own, scope).frame["visited"].tolist()
    assert visited == [10, 7]
    cohorts = reports.conversion_cohorts(own, scope, cohort="reached", stage=3).frame
    assert cohorts["counted"].sum() == 7
    for ask in EVERY_FORM[:4]:
        test_every_number_opens_to_exactly_its_opportunities(own, ask, scope)


@pytest.fixture
def store() -> Iterator[Store]:
    """A company with one cycle, ready to sell."""
    with pipeline.open(":memory:") as store:
        carry_out(store, *company(), *three_stages("ONE"), by="ANN", today=date(2025, 1, 1))
        yield store


def lost(store: Store, no: str, reason: str, *, started: bool = True) -> None:
    """Create an opportunity of 1,000 and lose it."""
    create = CreateOpportunity(
        no=no,
        description=no,
        contact_no="C1",
        owner_code="ANN",
        cycle_code="ONE",
        activate=started,
        amount=1_000 if started else None,
        expected_close_on=date(2025, 2, 1) if started else None,
    )
    close = CloseAsLost(opportunity_no=no, close_reason_code=reason)
    carry_out(store, create, close, by="ANN", today=date(2025, 1, 10))


@pytest.mark.parametrize(
    ("code", "description", "setting"),
    [("NONE", "No decision was made", ""), ("X", "Silence", "X, PAST"), ("NO-DECISION", "", "")],
)
def test_no_decision_has_a_figure_of_its_own(
    store: Store, code: str, description: str, setting: str
) -> None:
    """By its words, or by the codes the company names; the competitive rate leaves it out."""
    reason = DefineCloseReason(code=code, description=description, outcome="lost")
    past = DefineCloseReason(code="PAST", description="Budget is gone", outcome="lost")
    name = DefineSetting(name="no_decision_reasons", value=setting)
    carry_out(store, reason, past, name, by="ANN", today=date(2025, 1, 1))
    lost(store, "OP1", code)
    lost(store, "OP2", "PRICE")
    scope = Scope(as_of=date(2025, 1, 31))
    totals = reports.loss_reasons(store, scope).totals
    assert (totals["no_decision"], totals["no_decision_rate"]) == (1, 0.5)
    reasons = reports.close_reasons(store, scope).frame
    assert reasons.set_index("close_reason_code")["is_no_decision"].to_dict() == {
        "PRICE": False,
        code: True,
    }
    conventions = reports.win_rate_conventions(store, scope).frame.set_index("convention")
    assert conventions.loc["closed", "counted"] == 2
    assert conventions.loc["competitive", "counted"] == 1


def test_what_was_lost_before_it_started_has_no_stage(store: Store) -> None:
    """It stands in a row of its own, and opens."""
    lost(store, "OP1", "PRICE", started=False)
    report = reports.loss_reasons(store, Scope(as_of=date(2025, 1, 31)))
    assert report.frame["stage_description"].tolist() == ["Never started"]
    behind = reports.opportunities(store, *report.behind(report.frame.iloc[0]))
    assert behind.frame["opportunity_no"].tolist() == ["OP1"]


def test_no_known_amount_is_no_rate_by_amount(store: Store) -> None:
    """One won for 500, one lost without an amount: not 100 percent, and the reason is said."""
    history = imported(
        ("A", [("first", 1), ("lost", 0)], None), ("B", [("first", 1), ("won", 0)], 500)
    )
    carry_out(store, history, by="ANN", today=date(2025, 1, 31))
    scope = Scope(as_of=date(2025, 1, 31))
    report = reports.win_rate(store, scope)
    assert report.totals["win_rate"] == 0.5
    assert report.totals["amount_win_rate"] is None
    assert report.excluded["lost, none with an amount, so that there is no rate by amount"] == 1
    conventions = reports.win_rate_conventions(store, replace(scope, owners=("ANN",))).frame
    assert conventions["amount_win_rate"].isna().all()


@examples(6)
@given(story=STORIES)
def test_three_rules_telescope_and_the_strict_one_never_counts_more(story: list[Wish]) -> None:
    """R1, R2 and R3: advanced is reached of the next; nobody reaches more under R2 or R3 than R1.

    The last advanced over the first reached is what the rule says was won of what entered, and it
    is the product of the rates wherever all of them are there.
    """
    store, last = told(story)
    scope = Scope(as_of=last)
    frame = reports.counting_rules(store, scope).frame
    answers = reports.counting_rules_answers(store, scope).frame
    products = answers.set_index(["cycle_code", "rule"])["product_rate"].to_dict()
    for (cycle, rule), rows in frame.groupby(["cycle_code", "rule"]):
        if rule not in ("R1", "R2", "R3"):
            continue
        assert rows["advanced"].tolist()[:-1] == rows["counted"].tolist()[1:]
        assert rows["counted"].is_monotonic_decreasing
        assert (rows["left_out"] >= 0).all()
        if rows["advance_rate"].notna().all():
            product = products[str(cycle), str(rule)]
            assert rows["advance_rate"].prod() == pytest.approx(product)


@examples(6)
@given(story=STORIES)
def test_cohorts_and_parts_add_up_to_the_whole(story: list[Wish]) -> None:
    """All months of creation, all owners and all sources together are the funnel of all."""
    store, last = told(story)
    scope = Scope(as_of=last)
    whole = reports.stage_conversion(store, scope).frame
    cohorts = reports.conversion_cohorts(store, scope).frame
    by_amount = reports.conversion_cohorts(store, scope, weigh="amount").frame
    names = ["counted", "advanced"]
    assert cohorts[names].sum().tolist() == whole[["reached", "advanced"]].sum().tolist()
    pd.testing.assert_frame_equal(cohorts[names], by_amount[names])
    for stage in (1, 2, 3):
        expected = whole.loc[whole["stage"] == stage, ["reached", "advanced"]].sum().tolist()
        reached = reports.conversion_cohorts(store, scope, cohort="reached", stage=stage).frame
        parts = reports.conversion_by(store, scope, by="month", stage=stage).frame
        assert reached[names].sum().tolist() == parts[names].sum().tolist() == expected


@examples(6)
@given(story=STORIES)
def test_every_stage_gives_what_it_gets(story: list[Wish]) -> None:
    """The steps into a stage are as many as those out of it, whatever was lived."""
    store, last = told(story)
    steps = reports.stage_transitions(store, Scope(as_of=last)).frame
    for cycle, rows in steps.groupby("cycle_code"):
        stages = {str(stage) for stage in rows["from_stage"]} - {"0"}
        for stage in stages:
            came = rows.loc[rows["to_stage"] == stage, "steps"].sum()
            went = rows.loc[rows["from_stage"].astype("str") == stage, "steps"].sum()
            assert came == went, (cycle, stage)
