"""The reports on the ten opportunities of `tests/stories.py`, against figures made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pipeline import reports
from pipeline.domain.scope import Scope, Selection
from pipeline.reports.opportunities import ORDERS
from pipeline.store import Store
from tests.stories import Q1, QUARTER_END

NOW = Scope(as_of=QUARTER_END)


def test_the_open_pipeline_and_its_weight(ten: Store) -> None:
    """Five are open at the end of the quarter: D04, D05, D07, D09, D10."""
    totals = reports.weighted_pipeline(ten, NOW).totals
    assert (totals["opportunities"], totals["amount"]) == (5, 87_000)
    assert totals["weighted_amount"] == pytest.approx(26_700)
    assert totals["average_age_days"] == pytest.approx((58 + 131 + 21 + 49 + 93) / 5)


def test_the_pipeline_by_stage(ten: Store) -> None:
    """Three in stage 1, two in stage 2, the empty stage 3 beside them."""
    frame = reports.weighted_pipeline(ten, NOW).frame
    assert frame["stage_description"].tolist() == ["Qualify", "Propose", "Negotiate"]
    assert frame["opportunities"].tolist() == [3, 2, 0]
    assert frame["amount"].tolist() == [27_000, 60_000, 0]
    assert frame["weighted_amount"].tolist() == pytest.approx([2_700, 24_000, 0])


def test_the_pipeline_by_month_of_expected_close(ten: Store) -> None:
    """D05 and D07 are expected in March, D04, D09 and D10 each in a later month."""
    frame = reports.weighted_pipeline(ten, NOW, by="month").frame
    assert [f"{month:%Y-%m}" for month in frame["expected_month"]] == [
        "2025-03",
        "2025-04",
        "2025-05",
        "2025-06",
    ]
    assert frame["amount"].tolist() == [53_000, 15_000, 5_000, 14_000]


@pytest.mark.parametrize(
    ("from_on", "to_on", "amount", "opportunities"),
    [
        (date(2025, 1, 1), date(2025, 3, 31), 53_000, 2),
        (date(2025, 4, 1), date(2025, 6, 30), 34_000, 3),
        (None, date(2025, 4, 30), 68_000, 3),
    ],
)
def test_a_period_keeps_what_is_expected_to_close_in_it(
    ten: Store, from_on: date | None, to_on: date, amount: int, opportunities: int
) -> None:
    """D05 and D07 in the first quarter, the other three in the second."""
    scope = replace(NOW, from_on=from_on, to_on=to_on)
    totals = reports.weighted_pipeline(ten, scope).totals
    assert (totals["amount"], totals["opportunities"]) == (amount, opportunities)


def test_overdue_begins_the_day_after(ten: Store) -> None:
    """What was expected on the 31st is overdue on the 1st, all that the quarter left open."""
    assert reports.weighted_pipeline(ten, NOW).totals["overdue_amount"] == 0
    totals = reports.weighted_pipeline(ten, NOW.on(date(2025, 4, 1))).totals
    assert (totals["overdue"], totals["overdue_amount"]) == (2, 53_000)


def test_a_past_day_shows_what_stood_then(ten: Store) -> None:
    """On New Year's Eve 2024: D05 in 2, D06 in 1, D08 in 2, D10 in 1; 95,000 in all."""
    past = NOW.on(date(2024, 12, 31))
    assert reports.weighted_pipeline(ten, past).totals["amount"] == 95_000
    frame = reports.weighted_pipeline(ten, past).frame
    assert frame["opportunities"].tolist() == [2, 2, 0]


def test_stage_conversion_by_high_water(ten: Store) -> None:
    """Ten entered, seven went beyond 1, five beyond 2, three were won: 30 percent."""
    report = reports.stage_conversion(ten, NOW)
    assert report.frame["reached"].tolist() == [10, 7, 5]
    assert report.frame["advanced"].tolist() == [7, 5, 3]
    assert report.frame["lost_here"].tolist() == [0, 1, 1]
    assert report.frame["still_here"].tolist() == [3, 1, 1]
    assert report.frame["advance_rate"].tolist() == pytest.approx([0.7, 5 / 7, 0.6])
    assert report.frame["advance_rate"].prod() == pytest.approx(report.totals["won_rate"])
    assert report.totals == {
        "entered": 10,
        "won": 3,
        "lost": 2,
        "in_progress": 5,
        "won_rate": 0.3,
    }


@pytest.mark.parametrize(("as_of", "won"), [(QUARTER_END, 2), (date(2025, 4, 30), 3)])
def test_a_cohort_keeps_those_created_in_the_period(ten: Store, as_of: date, won: int) -> None:
    """Six were created in the quarter; D01 and D03 were won by its end, D04 a month later."""
    report = reports.stage_conversion(ten, Q1.on(as_of), cohort="created")
    assert (report.totals["entered"], report.totals["won"]) == (6, won)


def test_the_win_rate_of_the_quarter(ten: Store) -> None:
    """D01, D03, D08 won; D02, D06 lost; the loss of D08 in January was undone by its reopening."""
    row = reports.win_rate(ten, Q1).frame.iloc[0]
    assert (row["won"], row["lost"], row["win_rate"]) == (3, 2, 0.6)
    assert (row["won_amount"], row["decided_amount"]) == (62_000, 94_000)
    assert row["amount_win_rate"] == pytest.approx(0.6596, abs=0.00005)
    assert (row["rate_low"], row["rate_high"]) == pytest.approx((0.231, 0.882), abs=0.001)


def test_the_win_rate_of_a_day_before_the_reopening(ten: Store) -> None:
    """At the end of January D08 was lost, and nothing was won: 0 of 1."""
    row = reports.win_rate(ten, Q1.on(date(2025, 1, 31))).frame.iloc[0]
    assert (row["won"], row["lost"], row["lost_amount"]) == (0, 1, 25_000)


def test_nothing_closed_is_no_win_rate(ten: Store) -> None:
    """In 2024 nothing was closed: noughts, and no percentage."""
    report = reports.win_rate(ten, NOW.on(date(2024, 12, 31)))
    assert report.frame["decided"].tolist() == [0]
    assert report.frame["win_rate"].isna().all()
    assert report.totals["win_rate"] is None


def test_the_win_rate_by_month(ten: Store) -> None:
    """March decided all five; in January and February nothing is closed any more."""
    frame = reports.win_rate(ten, Q1, by="month").frame
    assert [f"{month:%Y-%m}" for month in frame["closed_month"]] == ["2025-03"]
    assert frame["decided"].tolist() == [5]


def test_the_cycle_counts_what_is_neither_won_nor_lost(ten: Store) -> None:
    """The same five as the open pipeline, under Business Central's name."""
    row = reports.cycle_statistics(ten, NOW).frame.iloc[0]
    assert (row["opportunities"], row["amount"]) == (5, 87_000)


def test_stays_beside_entries(ten: Store) -> None:
    """Stays that ended: 7 in stage 1, 6 in stage 2, 5 in stage 3; updates split entries only."""
    frame = reports.stage_statistics(ten, NOW).frame
    assert frame["stays_over"].tolist() == [7, 6, 5]
    assert frame["average_stay_days"].tolist() == pytest.approx([25.286, 34.667, 18.8], abs=0.001)
    assert frame["entries_over"].tolist() == [9, 9, 6]


def test_only_what_was_recorded_by_a_moment_is_known(ten: Store) -> None:
    """Late on 1 March nobody knew of the wins and losses of March; D07 was not entered yet.

    Open stood D01 10,000, D02 20,000, D03 30,000, D04 15,000, D05 45,000, D06 12,000, D08 25,000,
    D09 5,000 and D10 18,000: 180,000 together.
    """
    known = replace(NOW, known_at=datetime(2025, 3, 1, 23, tzinfo=UTC).replace(tzinfo=None))
    assert reports.weighted_pipeline(ten, known).totals["amount"] == 180_000
    assert reports.win_rate(ten, known).totals["decided"] == 0


def test_the_list_shows_the_words_and_the_totals(ten: Store) -> None:
    """The largest first; two of ten on the page, all ten in the totals."""
    report = reports.opportunities(ten, NOW, order_by="amount", limit=2)
    assert report.frame["opportunity_no"].tolist() == ["D05", "D03"]
    assert report.frame["stage_description"].fillna("").tolist() == ["Propose", ""]
    assert report.totals["opportunities"] == 10


def test_a_page_behind_the_last_is_empty_and_keeps_the_totals(ten: Store) -> None:
    """There are ten; the page from the twentieth on has nobody on it."""
    report = reports.opportunities(ten, NOW, offset=20)
    assert report.frame.empty
    assert report.totals["opportunities"] == 10


@pytest.mark.parametrize("words", ["societe", "GÉNÉRIQUE", "ann aspa", "Opportunity D", "d0"])
def test_a_search_minds_neither_case_nor_accents(ten: Store, words: str) -> None:
    """The contact is Société Générique, the owner Ann Áspa; all ten are found by either."""
    found = reports.opportunities(ten, NOW, Selection(search=words)).totals["opportunities"]
    assert found == (9 if words == "d0" else 10)


def test_a_search_takes_signs_as_they_are(ten: Store) -> None:
    """A percent sign is a percent sign, and nobody's name has one."""
    assert reports.opportunities(ten, NOW, Selection(search="%")).totals["opportunities"] == 0


@pytest.mark.parametrize("order_by", ORDERS)
@pytest.mark.parametrize("descending", [True, False])
def test_the_list_can_be_sorted_by_every_column_it_offers(
    ten: Store, order_by: str, *, descending: bool
) -> None:
    """What is missing stands last in both directions, and pages join without a gap."""
    whole = reports.opportunities(ten, NOW, order_by=order_by, descending=descending, limit=None)
    shown = whole.frame[order_by].dropna().tolist()
    assert whole.frame[order_by].head(len(shown)).notna().all()
    if order_by != "stage_description":
        assert shown == sorted(shown, reverse=descending)
    pages = [
        reports.opportunities(
            ten, NOW, order_by=order_by, descending=descending, limit=4, offset=offset
        ).frame["opportunity_no"]
        for offset in (0, 4, 8)
    ]
    assert [no for page in pages for no in page] == whole.frame["opportunity_no"].tolist()


def test_an_unknown_order_is_refused(ten: Store) -> None:
    """Sorting by something that is no column is a mistake of the caller."""
    with pytest.raises(ValueError, match="cannot be sorted by colour"):
        reports.opportunities(ten, NOW, order_by="colour")
