"""Every number of every report opens to exactly its opportunities; a new report by itself.

Which reports there are, and which forms each has, is read from the list of reports; which sum
stands beside which count, from the names of the columns.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import reports
from pipeline.domain.scope import Scope
from pipeline.reports import REPORTS, Report
from pipeline.reports.options import options_of
from pipeline.reports.report import Drill
from pipeline.store import Store
from tests.random_stories import STORIES, Wish, examples, told
from tests.reports.test_invariants import scopes
from tests.stories import Q1

NOT_OF_THE_LIST = {
    "pushed_amount": "the amounts as they were at each push",
    "pulled_amount": "the amounts as they were at each pull",
    "opening_amount": "the amounts as they were when the period began",
    "opening_out_amount": "the amounts as they were when the period began",
    "counted_amount": "the amounts of the day the stage was reached, or what was won for that",
    "advanced_amount": "the amounts of the day the stage was reached",
}
"""Amounts that are not those of the opportunities as they stand, and what they are instead."""


def forms(name: str) -> Iterator[Callable[..., Report]]:
    """A report as it is, and with every word that one of its options may be."""
    ask = REPORTS[name]
    yield ask
    for option in options_of(ask).values():
        for word in option.choices:
            yield partial(ask, **{option.name: word})


def sums(frame_row: Mapping[str, Any], column: str) -> dict[str, str]:
    """The sums beside a count, each with the total of its list that it must equal.

    Beside `opportunities` stand `amount` and `weighted_amount`, beside `overdue` its
    `overdue_amount`; of what was won the amount is what it was won for.
    """
    prefix = "" if column == "opportunities" else f"{column}_"
    beside = {
        f"{prefix}amount": "weighted_amount" if column == "won" else "amount",
        f"{prefix}weighted_amount": "weighted_amount",
    }
    return {
        name: total
        for name, total in beside.items()
        if name in frame_row and name not in NOT_OF_THE_LIST
    }


Totals = dict[str, float | None]


def check(store: Store, report: Report, listed: dict[Drill, Totals]) -> None:
    """Assert that each number is the length of its list, and each sum beside it the list's.

    `listed` remembers the lists that were asked for: many numbers lead to the same one.
    """
    for row in report.frame.to_dict("records"):
        for column in report.opens:
            try:
                drill = report.behind(row, column)
            except KeyError:
                continue  # this row counts something else than opportunities, and says so
            if drill not in listed:
                listed[drill] = reports.opportunities(store, *drill, limit=1).totals
            behind = listed[drill]
            assert behind["opportunities"] == row[column], (report.name, column, row)
            for name, total in sums({str(key): row[key] for key in row}, column).items():
                assert behind[total] == pytest.approx(row[name]), (report.name, name, row)


ALL_FORMS = [ask for name in REPORTS for ask in forms(name)]


@examples(12)
@given(story=STORIES, ask=st.sampled_from(ALL_FORMS), data=st.data())
def test_the_list_behind_every_number_has_its_length_and_its_sums(
    story: list[Wish], ask: Callable[..., Report], data: st.DataObject
) -> None:
    """Told any story, on any day, in any scope: any report in any of its forms."""
    store, last = told(story)
    scope: Scope = data.draw(scopes(last))
    check(store, ask(store, scope), {})


@pytest.fixture(scope="module")
def listed() -> dict[Drill, Totals]:
    """The lists that were asked for so far."""
    return {}


@pytest.mark.parametrize("name", REPORTS)
def test_every_number_of_the_ten_opportunities_opens(
    name: str, ten: Store, listed: dict[Drill, Totals]
) -> None:
    """The same on the story that is told in words, report by report."""
    for ask in forms(name):
        check(ten, ask(ten, Q1), listed)
        check(ten, ask(ten, Scope(as_of=date(2025, 2, 15), owners=("ANN",))), listed)


def test_a_number_is_never_more_than_its_report_says(quarter: dict[str, Report]) -> None:
    """What opens is a column of the report, and a count."""
    for name, report in quarter.items():
        for column in report.opens:
            column_of = report.column(column)
            assert column_of is not None
            assert column_of.format == "count", (name, column)
