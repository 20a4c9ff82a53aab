"""What must hold of every story, whoever lived it: the invariants of the reports."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from pipeline import reports
from pipeline.commands import Command, DefineContact, DefineSalesperson, DefineStage, carry_out
from pipeline.domain.scope import Scope
from pipeline.glossary import COLUMNS
from pipeline.reports import Report
from pipeline.store import Store
from tests.random_stories import FIRST_DAY, STORIES, Wish, examples, tell_on, told

FEW = examples(2)


FORMS: list[Callable[[Store, Scope], Report]] = [
    reports.weighted_pipeline,
    partial(reports.weighted_pipeline, by="month"),
    reports.stage_conversion,
    partial(reports.stage_conversion, cohort="created"),
    reports.counting_rules,
    partial(reports.counting_rules, cohort="created"),
    reports.counting_rules_answers,
    reports.skips_and_bounces,
    reports.stage_transitions,
    reports.conversion_cohorts,
    partial(reports.conversion_cohorts, by="quarter", weigh="amount"),
    partial(reports.conversion_cohorts, cohort="reached", stage=2),
    partial(reports.conversion_cohorts, cohort="period"),
    partial(reports.conversion_by, by="team"),
    partial(reports.conversion_by, by="contact", stage=1),
    partial(reports.conversion_by, by="source", stage=3),
    reports.win_rate_conventions,
    reports.loss_reasons,
    reports.win_rate,
    partial(reports.win_rate, by="cycle"),
    partial(reports.win_rate, by="owner"),
    partial(reports.win_rate, by="month"),
    reports.close_reasons,
    reports.cycle_statistics,
    reports.stage_statistics,
    reports.time_in_stage,
    partial(reports.time_in_stage, by="opportunity"),
    reports.time_in_stage_curve,
    reports.sales_cycle_length,
    reports.win_curve,
    reports.velocity,
    reports.concentration,
    partial(reports.concentration, by="cycle"),
    partial(reports.concentration, by="owner"),
    reports.slippage,
    partial(reports.slippage, by="owner"),
    reports.repeat_slip,
    reports.close_date_reliability,
    reports.rotting_by_stage,
    reports.rotting,
    reports.missing_data,
    reports.stage_lint,
]
"""Each report in each of its forms."""


def every_report(store: Store, scope: Scope) -> Iterator[Report]:
    """Give all of them."""
    yield from (report(store, scope) for report in FORMS)


def same(some: Store, other: Store, scope: Scope, *, but_for: tuple[str, ...] = ()) -> None:
    """Assert that two stores give the same reports."""
    for one, two in zip(every_report(some, scope), every_report(other, scope), strict=True):
        hidden = [name for name in one.frame if name in but_for]
        assert_frame_equal(one.frame.drop(columns=hidden), two.frame.drop(columns=hidden))
        assert (one.totals, one.excluded) == (two.totals, two.excluded)


@st.composite
def scopes(draw: st.DrawFn, last: date) -> Scope:
    """Draw a day of the story, perhaps a period, an owner, a cycle."""
    as_of = FIRST_DAY + timedelta(days=draw(st.integers(0, (last - FIRST_DAY).days)))
    period = draw(st.none() | st.tuples(st.integers(0, 60), st.integers(0, 60)))
    return Scope(
        as_of=as_of,
        from_on=None if period is None else FIRST_DAY + timedelta(days=period[0]),
        to_on=None if period is None else FIRST_DAY + timedelta(days=sum(period)),
        owners=draw(st.sampled_from([(), ("ANN",)])),
        cycles=draw(st.sampled_from([(), ("TWO",)])),
        teams=draw(st.sampled_from([(), ("SOUTH", "NORTH")])),
    )


@FEW
@given(story=STORIES, data=st.data())
def test_a_past_day_shows_what_it_showed_then(story: list[Wish], data: st.DataObject) -> None:
    """Told to its end, the story gives for an earlier day what it gave when told to that day.

    A retraction undoes the past on purpose, so it is left out of this one.
    """
    lived = [wish for wish in story if wish.kind != "retract"]
    cut = data.draw(st.integers(0, len(lived)))
    before, day = told(lived[:cut])
    known = {wish.opportunity for wish in lived[:cut]}
    whole, _ = told(lived[:cut])
    tell_on(whole, lived[cut:], day + timedelta(days=1), known=known)
    same(before, whole, Scope(as_of=day))


@FEW
@given(story=STORIES, data=st.data())
def test_what_is_recorded_later_changes_nothing_known_before(
    story: list[Wish], data: st.DataObject
) -> None:
    """As known on the eve, whatever follows, retractions and deletions too, leaves no trace."""
    cut = data.draw(st.integers(0, len(story)))
    before, day = told(story[:cut])
    whole, _ = told(story[:cut])
    known = {wish.opportunity for wish in story[:cut]}
    last = tell_on(whole, story[cut:], day + timedelta(days=1), known=known)
    eve = datetime.combine(day, time(23))
    same(before, whole, Scope(as_of=max(last, day), known_at=eve))


@FEW
@given(story=STORIES)
def test_the_rates_telescope_and_nobody_is_lost_between_stages(story: list[Wish]) -> None:
    """Reached = advanced + lost here + still here; the product of the rates is won / entered."""
    store, last = told(story)
    for cycle in ("ONE", "TWO"):
        report = reports.stage_conversion(store, Scope(as_of=last, cycles=(cycle,)))
        rows = report.frame
        assert (rows["reached"] == rows["advanced"] + rows["lost_here"] + rows["still_here"]).all()
        assert (rows["advanced"].iloc[:-1].to_numpy() == rows["reached"].iloc[1:].to_numpy()).all()
        assert rows["reached"].is_monotonic_decreasing
        assert rows["reached"].iloc[0] == report.totals["entered"]
        if report.totals["won"]:
            assert rows["advance_rate"].prod() == pytest.approx(report.totals["won_rate"])


@FEW
@given(story=STORIES)
def test_the_weighted_amount_lies_between_nothing_and_the_amount(story: list[Wish]) -> None:
    """A probability is between 0 and 100 percent, and so is every sum of weighted amounts."""
    store, last = told(story)
    for report in (
        reports.weighted_pipeline(store, Scope(as_of=last)),
        reports.stage_statistics(store, Scope(as_of=last)),
    ):
        assert (report.frame["weighted_amount"] >= 0).all()
        assert (report.frame["weighted_amount"] <= report.frame["amount"] + 1e-9).all()


@FEW
@given(story=STORIES)
def test_twice_the_amounts_are_twice_the_money_and_nothing_else(story: list[Wish]) -> None:
    """Every column in money doubles; counts, rates and days stay as they are."""
    once, last = told(story)
    twice, _ = told(story, times=2)
    scope = Scope(as_of=last)
    for one, two in zip(every_report(once, scope), every_report(twice, scope), strict=True):
        money = [name for name in one.frame if COLUMNS[str(name)].format == "money"]
        assert_frame_equal(one.frame[money] * 2, two.frame[money])
        rest = one.frame.columns.difference(money)
        assert_frame_equal(one.frame[rest], two.frame[rest])


@FEW
@given(story=STORIES)
def test_names_change_no_number(story: list[Wish]) -> None:
    """Stages, owners and contacts under other names: the numbers are the same."""
    store, last = told(story)
    renamed, _ = told(story)
    names: list[Command] = [
        DefineSalesperson(code="ANN", name="Zoë", team_code="NORTH"),
        DefineContact(no="C1", name="Another name", is_customer=True),
        *(
            DefineStage(
                cycle_code=cycle,
                stage=stage,
                description="Renamed",
                chances_percent=(10, 40, 70)[stage - 1],
                allow_skip=stage == 2,
            )
            for cycle in ("ONE", "TWO")
            for stage in (1, 2, 3)
        ),
    ]
    carry_out(renamed, *names, by="ANN", today=last)
    labels = (
        "stage_description",
        "next_stage_description",
        "from_description",
        "to_description",
        "owner_name",
        "part_name",
    )
    same(store, renamed, Scope(as_of=last), but_for=labels)


@FEW
@given(story=STORIES, opportunity=st.integers(0, 4))
def test_a_retraction_brings_every_number_back(story: list[Wish], opportunity: int) -> None:
    """Whatever one more transition changed, taking it back undoes it."""
    before, day = told(story)
    after, _ = told(story)
    known = {wish.opportunity for wish in story}
    if opportunity not in known:
        return
    more = Wish(opportunity, "update", after_days=1, amount=777, closes_in_days=30)
    recorded = transitions(after)
    tell_on(after, [more], day, known=known)
    if transitions(after) > recorded:
        tell_on(after, [replace(more, kind="retract")], day, known=known)
    same(before, after, Scope(as_of=day + timedelta(days=2)))


@FEW
@given(story=STORIES)
def test_stays_and_entries_are_counted_as_one_would_by_hand(story: list[Wish]) -> None:
    """The sums of the query give what walking through the log row by row gives."""
    store, last = told(story)
    report = reports.stage_statistics(store, Scope(as_of=last)).frame.set_index(
        ["cycle_code", "stage"]
    )
    by_hand = walked(store)
    for kind, count, mean in (
        ("entry", "entries_over", "average_days"),
        ("stay", "stays_over", "average_stay_days"),
    ):
        over = by_hand[by_hand["kind"] == kind].groupby(["cycle_code", "stage"])["days"]
        counts = over.size().reindex(report.index, fill_value=0)
        assert counts.tolist() == report[count].tolist()
        means = over.mean().reindex(report.index)
        assert means.tolist() == pytest.approx(report[mean].tolist(), nan_ok=True)


def transitions(store: Store) -> int:
    """Count the rows of the log."""
    return int(store.rows("select count(*) from transitions where retracted_at is null")[0][0])


def walked(store: Store) -> pd.DataFrame:
    """Walk through the log of each opportunity: every entry and stay that is over, and its days."""
    begins = {
        "entry": {"first", "next", "previous", "skip", "jump", "reopen", "update", "won", "lost"},
        "stay": {"first", "next", "previous", "skip", "jump", "reopen", "won", "lost"},
    }
    rows = store.rows(
        "select opportunity_id, cycle_code, stage, action, valid_from from transitions "
        "inner join (select opportunity_id from opportunities where removed_on is null) "
        "using (opportunity_id) where retracted_at is null order by opportunity_id, nth"
    )
    over = []
    for kind, actions in begins.items():
        lasting = None
        for row in rows:
            if row[3] not in actions:
                continue
            if lasting and lasting[0] == row[0] and lasting[2] > 0:
                over.append((kind, lasting[1], lasting[2], (row[4] - lasting[4]).days))
            lasting = row
    return pd.DataFrame(over, columns=["kind", "cycle_code", "stage", "days"])
