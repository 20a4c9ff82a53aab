"""A period as people write it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.calendar import FiscalCalendar, PeriodKind
from pipeline.domain.errors import PeriodUnreadableError
from pipeline.domain.period_words import period_of
from tests.domain.test_calendar import CALENDARS, DAYS


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("2026 Q1", "2026 Q1"),
        ("Q1 2026", "2026 Q1"),
        ("q1/26", "2026 Q1"),
        ("2026-Q4", "2026 Q4"),
        ("FY2026Q2", "2026 Q2"),
        ("2026", "2026"),
        ("FY26", "2026"),
        ("Jan 2026", "Jan 2026"),
        ("September 2026", "Sep 2026"),
        ("2026-03", "Mar 2026"),
        ("3/2026", "Mar 2026"),
        ("2026-05-15", "2026 Q2"),
        ("2026 P05", "May 2026"),
    ],
)
def test_a_period_is_read_however_it_is_written(words: str, label: str) -> None:
    """Quarter, month, year, or a day in it."""
    assert period_of(FiscalCalendar(), words).label == label


@pytest.mark.parametrize("words", ["", "Q5 2026", "soon", "2026-13", "2026-02-30", "9999"])
def test_what_is_no_period_is_refused_with_examples(words: str) -> None:
    """The sentence shows how periods are written here."""
    with pytest.raises(PeriodUnreadableError, match="FY2026 Q1"):
        period_of(FiscalCalendar(start_month=7), words)


@given(calendar=CALENDARS, day=DAYS, kind=st.sampled_from(PeriodKind))
def test_the_label_of_a_period_is_read_as_that_period(
    calendar: FiscalCalendar, day: date, kind: PeriodKind
) -> None:
    """What a file of quotas exports, it can be read from."""
    period = calendar.period(kind, day)
    assert period_of(calendar, period.label) == period
