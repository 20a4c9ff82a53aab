"""Date formulas, as sales cycles and activities use them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.dates import add_formula
from pipeline.domain.errors import DateFormulaError

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("day", "formula", "result"),
    [
        # distances
        (date(2026, 3, 2), "2W", date(2026, 3, 16)),
        (date(2026, 3, 2), "30D", date(2026, 4, 1)),
        (date(2026, 1, 31), "1M", date(2026, 2, 28)),
        (date(2028, 1, 31), "1M", date(2028, 2, 29)),
        (date(2026, 11, 30), "1Q", date(2027, 2, 28)),
        (date(2028, 2, 29), "1Y", date(2029, 2, 28)),
        (date(2026, 3, 2), "-1D", date(2026, 3, 1)),
        # ends and starts of periods
        (date(2026, 5, 21), "CM", date(2026, 5, 31)),
        (date(2026, 5, 21), "-CM", date(2026, 5, 1)),
        (date(2026, 5, 21), "CQ", date(2026, 6, 30)),
        (date(2026, 5, 21), "CY", date(2026, 12, 31)),
        (date(2026, 5, 21), "CW", date(2026, 5, 24)),
        (date(2026, 5, 21), "-CW", date(2026, 5, 18)),
        # the next one
        (date(2026, 5, 21), "D15", date(2026, 6, 15)),
        (date(2026, 5, 21), "WD4", date(2026, 5, 28)),
        (date(2026, 5, 21), "-WD1", date(2026, 5, 18)),
        (date(2026, 1, 31), "D31", date(2026, 3, 31)),
        # several terms, spaces, small letters
        (date(1996, 5, 21), "CQ+1M-10D", date(1996, 7, 20)),
        (date(2026, 1, 6), " 2w + 1d ", date(2026, 1, 21)),
        (date(2026, 1, 6), "", date(2026, 1, 6)),
    ],
)
def test_a_formula_leads_to_a_day(day: date, formula: str, result: date) -> None:
    """The published example and one of each kind."""
    assert add_formula(day, formula) == result


@pytest.mark.parametrize(
    "formula", ["soon", "1", "1X", "CM1", "1D1W", "1D+1D+1D+1D", "D40", "WD8", "1D" * 11, "++1D"]
)
def test_what_cannot_be_read_is_refused(formula: str) -> None:
    """The sentence names the formula and shows how to write one."""
    with pytest.raises(DateFormulaError, match="Write it like"):
        add_formula(date(2026, 1, 1), formula)


def test_a_formula_that_leaves_the_calendar_is_refused() -> None:
    """9999 years from now is no day."""
    with pytest.raises(DateFormulaError, match="outside the calendar"):
        add_formula(date(2026, 1, 1), "9999Y")


@given(day=DAYS, number=st.integers(0, 9999))
def test_days_and_weeks_are_what_they_say(day: date, number: int) -> None:
    """A number of days or weeks is that many days, whatever lies between."""
    assert add_formula(day, f"{number}D") - day == timedelta(days=number)
    assert add_formula(day, f"-{number}W") - day == timedelta(days=-7 * number)


@given(day=DAYS, unit=st.sampled_from("WMQY"))
def test_a_day_lies_inside_its_period(day: date, unit: str) -> None:
    """Start and end of a period enclose the day, and the end of an end is itself."""
    end = add_formula(day, f"C{unit}")
    assert add_formula(day, f"-C{unit}") <= day <= end
    assert add_formula(end, f"C{unit}") == end
