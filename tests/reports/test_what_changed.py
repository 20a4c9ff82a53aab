"""What changed in the first quarter of 2025, for the ten opportunities of `tests/stories.py`."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from pipeline import reports
from pipeline.domain.scope import Scope
from pipeline.metrics.waterfall import NAMES, Name
from pipeline.store import Store
from tests.stories import Q1, QUARTER_END

WINDOW: dict[str, Any] = {"expected_from": date(2025, 1, 1), "expected_to": QUARTER_END}
EVERY_EVENT = {
    "starting": 83_000,
    "new": 83_000,
    "reopened": 25_000,
    "increased": 5_000,
    "decreased": -7_000,
    "pulled in": 12_000,
    "pushed out": -29_000,
    "won": -62_000,
    "lost": -57_000,
    "ending": 53_000,
}
MEMBERS = {
    "starting": {"D05": 40_000, "D08": 25_000, "D10": 18_000},
    "new": {"D01": 10_000, "D02": 20_000, "D03": 30_000, "D04": 15_000, "D07": 8_000},
    "reopened": {"D08": 25_000},
    "increased": {"D05": 5_000},
    "decreased": {"D03": -3_000, "D10": -4_000},
    "pulled in": {"D06": 12_000},
    "pushed out": {"D04": -15_000, "D10": -14_000},
    "won": {"D01": -10_000, "D03": -27_000, "D08": -25_000},
    "lost": {"D02": -20_000, "D06": -12_000, "D08": -25_000},
    "ending": {"D05": 45_000, "D07": 8_000},
}


def happened(report: reports.Report, column: str = "change_amount") -> dict[str, float]:
    """The buckets that are not 0."""
    amounts = report.frame.set_index("bucket")[column]
    return {str(name): amount for name, amount in amounts.items() if amount}


def test_every_event_of_the_quarter_in_its_bucket(ten: Store) -> None:
    """What was expected to close in the quarter: 83,000 became 53,000, to the cent."""
    report = reports.what_changed(ten, Q1, **WINDOW)
    assert happened(report) == EVERY_EVENT
    assert report.frame["running_amount"].iloc[-2:].tolist() == [53_000, 53_000]


def test_without_a_window_close_dates_play_no_part(ten: Store) -> None:
    """95,000 became 87,000; whatever moved in time stayed in the pipeline."""
    assert happened(reports.what_changed(ten, Q1)) == {
        "starting": 95_000,
        "new": 88_000,
        "reopened": 25_000,
        "increased": 5_000,
        "decreased": -7_000,
        "won": -62_000,
        "lost": -57_000,
        "ending": 87_000,
    }


def test_two_snapshots_show_less_than_half_of_it(ten: Store) -> None:
    """D07 new, D05 increased, D08 won, D10 pushed out: that is all a comparison sees."""
    report = reports.what_changed(ten, Q1, **WINDOW)
    assert happened(report, "compared_amount") == {
        "starting": 83_000,
        "new": 8_000,
        "increased": 5_000,
        "pushed out": -18_000,
        "won": -25_000,
        "ending": 53_000,
    }
    assert report.frame["hidden_amount"].sum() == 0


def test_the_hidden_flow_is_named(ten: Store) -> None:
    """D01, D02, D03, D04, D06 came and left inside; D08 was lost and reopened; 112,000 in all."""
    report = reports.hidden_flow(ten, Q1, **WINDOW)
    rows = report.frame.set_index("opportunity_no")
    through = rows.index[rows["flow"] == "passed through"]
    assert sorted(through) == ["D01", "D02", "D03", "D04", "D06"]
    assert rows.index[rows["flow"] == "back and forth"].tolist() == ["D08"]
    assert list(rows.loc["D08", ["came_amount", "went_amount"]]) == [25_000, 50_000]
    assert report.totals == {"opportunities": 6, "hidden_amount": 112_000}
    assert reports.what_changed(ten, Q1, **WINDOW).totals["hidden_amount"] == 112_000


@pytest.mark.parametrize("bucket", NAMES)
def test_every_bar_opens_to_what_caused_it(ten: Store, bucket: Name) -> None:
    """Its opportunities, each with its part; none for the bars that are empty."""
    causes = reports.what_changed_causes(ten, Q1, bucket=bucket, **WINDOW)
    parts = causes.frame.set_index("opportunity_no")["change_amount"].to_dict()
    assert parts == MEMBERS.get(bucket, {})
    assert causes.totals["change_amount"] == sum(parts.values())


def test_a_cause_says_what_it_was_before_and_after(ten: Store) -> None:
    """D06 was pulled in on the first of March, from April to March."""
    row = reports.what_changed_causes(ten, Q1, bucket="pulled in", **WINDOW).frame.iloc[0]
    assert (row["owner_name"], row["nth"], row["action"]) == ("Ann Áspa", 3, "update")
    assert row["changed_on"] == pd.Timestamp(2025, 3, 1)
    assert (row["before"], row["after"]) == ("2025-04-15", "2025-03-28")


@pytest.mark.parametrize(
    ("bucket", "opportunity_no", "before", "after"),
    [
        ("new", "D01", "", "Qualify"),
        ("reopened", "D08", "lost", "Propose"),
        ("increased", "D05", "40,000.00", "45,000.00"),
        ("won", "D03", "Negotiate", "won"),
        ("lost", "D02", "Propose", "lost"),
    ],
)
def test_each_kind_of_cause_shows_what_it_changed(
    ten: Store, bucket: Name, opportunity_no: str, before: str, after: str
) -> None:
    """A stage, an amount or an outcome, in words."""
    rows = reports.what_changed_causes(ten, Q1, bucket=bucket, **WINDOW).frame
    row = rows.set_index("opportunity_no").loc[opportunity_no]
    assert (row["before"], row["after"]) == (before, after)


def test_a_page_of_causes_keeps_the_totals_of_all(ten: Store) -> None:
    """The second largest of five, and the number and sum of the five."""
    page = reports.what_changed_causes(ten, Q1, bucket="new", limit=1, offset=1, **WINDOW)
    assert page.frame["opportunity_no"].tolist() == ["D02"]
    assert page.totals == {"transitions": 5, "change_amount": 83_000}


def test_january_and_the_rest_make_the_quarter(ten: Store) -> None:
    """Bucket by bucket, the changes of two periods in a row add up; what two ends show does not."""
    january = reports.what_changed(ten, replace(Q1, to_on=date(2025, 1, 31)), **WINDOW)
    rest = reports.what_changed(ten, replace(Q1, from_on=date(2025, 2, 1)), **WINDOW)
    changes = slice(1, -1)
    both = january.frame["change_amount"] + rest.frame["change_amount"]
    whole = reports.what_changed(ten, Q1, **WINDOW).frame["change_amount"]
    assert both[changes].tolist() == whole[changes].tolist()
    assert january.totals["ending_amount"] == rest.totals["starting_amount"]


def test_without_a_period_it_is_the_quarter_so_far(ten: Store) -> None:
    """As of the middle of March: from the first of January to that day."""
    report = reports.what_changed(ten, Scope(as_of=date(2025, 3, 15)))
    assert (report.scope.from_on, report.scope.to_on) == (date(2025, 1, 1), date(2025, 3, 15))


def test_a_period_after_the_day_is_empty(ten: Store) -> None:
    """As of New Year's Eve nothing of the first quarter has happened; start and end are one."""
    report = reports.what_changed(ten, Q1.on(date(2024, 12, 31)))
    assert happened(report) == {"starting": 95_000, "ending": 95_000}


def test_a_window_open_on_one_side(ten: Store) -> None:
    """Expected after the quarter: D06 at the start; D04, D09 and D10 at the end."""
    report = reports.what_changed(ten, Q1, expected_from=date(2025, 4, 1))
    assert happened(report) == {
        "starting": 12_000,
        "new": 5_000,
        "pushed in": 29_000,
        "pulled earlier": -12_000,
        "ending": 34_000,
    }


def test_what_closed_before_its_day_was_won_out_of_the_window(ten: Store) -> None:
    """D08 was expected on the 30th of March and won on the 29th: the whole 25,000 are won."""
    day = date(2025, 3, 30)
    march = replace(Q1, from_on=date(2025, 3, 1))
    report = reports.what_changed(ten, march, expected_from=day, expected_to=day)
    assert happened(report) == {"starting": 25_000, "won": -25_000}
    assert happened(report, "compared_amount") == {"starting": 25_000, "won": -25_000}
