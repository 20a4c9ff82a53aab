"""The fiscal calendar: months, quarters, years, by months and by weeks, and their names."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.calendar import (
    FiscalCalendar,
    FiscalPattern,
    PeriodKind,
    Weekday,
    YearLabel,
)

CALENDARS = st.builds(
    FiscalCalendar,
    start_month=st.integers(1, 12),
    pattern=st.sampled_from(FiscalPattern),
    week_start=st.sampled_from(Weekday),
    year_label=st.sampled_from(YearLabel),
)
DAYS = st.dates(date(1999, 1, 1), date(2060, 12, 31))
ISO = FiscalCalendar(pattern=FiscalPattern.FOUR_FOUR_FIVE)


def test_the_quarters_of_a_calendar_year_are_those_everybody_knows() -> None:
    """15 March 2025 lies in week 11 of the first quarter, which has 90 days."""
    quarter = FiscalCalendar().quarter(date(2025, 3, 15))
    assert (quarter.first, quarter.last) == (date(2025, 1, 1), date(2025, 3, 31))
    assert (quarter.label, quarter.days, quarter.weeks) == ("2025 Q1", 90, 13)
    assert quarter.week(date(2025, 3, 15)) == 11


def test_the_week_of_a_period_is_whole_weeks_since_its_first_day_plus_one() -> None:
    """Seven days are one week, the eighth begins the second."""
    quarter = FiscalCalendar().quarter(date(2025, 1, 1))
    weeks = [quarter.week(date(2025, 1, day)) for day in (1, 7, 8, 14, 15)]
    assert weeks == [1, 1, 2, 2, 3]


def test_a_fiscal_year_is_named_for_the_year_of_its_last_month_or_its_first() -> None:
    """July 2025 to June 2026 is FY2026, or FY2025 where the company says so."""
    july = FiscalCalendar(start_month=7)
    assert july.period(PeriodKind.YEAR, date(2025, 7, 1)).label == "FY2026"
    assert july.quarter(date(2026, 6, 30)).label == "FY2026 Q4"
    by_first = FiscalCalendar(start_month=7, year_label=YearLabel.START)
    assert by_first.quarter(date(2026, 6, 30)).label == "FY2025 Q4"
    assert july.period(PeriodKind.MONTH, date(2026, 2, 3)).label == "Feb 2026"


def test_a_year_of_weeks_gives_its_53rd_to_the_last_month() -> None:
    """2026 has 53 weeks from Monday, 29 December 2025; 2025 has 52."""
    lengths = [month.days // 7 for month in ISO.periods(PeriodKind.MONTH, date(2026, 6, 1))]
    assert lengths == [4, 4, 5, 4, 4, 5, 4, 4, 5, 4, 4, 6]
    shorter = [month.days // 7 for month in ISO.periods(PeriodKind.MONTH, date(2025, 6, 1))]
    assert shorter == [4, 4, 5] * 4
    last = ISO.periods(PeriodKind.MONTH, date(2026, 6, 1))[-1]
    assert (last.last, last.label) == (date(2027, 1, 3), "FY2026 P12")


@given(day=DAYS)
def test_weeks_from_monday_with_january_are_the_iso_year(day: date) -> None:
    """Year and week of any day are those of ISO 8601."""
    year = ISO.period(PeriodKind.YEAR, day)
    iso = day.isocalendar()
    assert (year.label, year.week(day)) == (f"FY{iso.year}", iso.week)


@given(calendar=CALENDARS, day=DAYS, kind=st.sampled_from(PeriodKind))
def test_every_day_lies_in_exactly_one_period_and_periods_follow_one_another(
    calendar: FiscalCalendar, day: date, kind: PeriodKind
) -> None:
    """No gap, no overlap, not even at the end of a year; the way back leads to the same period."""
    period = calendar.period(kind, day)
    assert period.holds(day)
    assert calendar.before(period).last == period.first - timedelta(days=1)
    assert calendar.before(calendar.after(period)) == period
    past = calendar.past(period, 5)
    for one, next_one in pairwise([*past, period]):
        assert one.last + timedelta(days=1) == next_one.first


@given(calendar=CALENDARS, day=DAYS)
def test_months_make_quarters_and_quarters_make_the_year(
    calendar: FiscalCalendar, day: date
) -> None:
    """Three months a quarter, four quarters a year, to the day; a year has 52 or 53 weeks."""
    year = calendar.period(PeriodKind.YEAR, day)
    quarters = calendar.inside(PeriodKind.QUARTER, year)
    months = calendar.inside(PeriodKind.MONTH, year)
    assert [len(quarters), len(months)] == [4, 12]
    assert sum(month.days for month in months) == year.days
    assert [quarter.first for quarter in quarters] == [month.first for month in months[::3]]
    if calendar.pattern is not FiscalPattern.MONTHS:
        assert year.days in (52 * 7, 53 * 7)
        assert year.first.weekday() == list(Weekday).index(calendar.week_start)
    else:
        assert year.first.day == 1


def test_the_same_day_of_a_shorter_period_is_its_last_at_most() -> None:
    """90 days into a quarter of 92 is 31 March in one of 90; the end is the end."""
    calendar = FiscalCalendar()
    third, first = calendar.quarter(date(2025, 8, 1)), calendar.quarter(date(2025, 2, 1))
    assert first.at(third, date(2025, 7, 1)) == date(2025, 1, 1)
    assert first.at(third, date(2025, 9, 29)) == date(2025, 3, 31)
    assert third.at(first, date(2025, 3, 31)) == date(2025, 9, 30)
    assert third.at(first, date(2025, 9, 9)) == date(2025, 9, 30)
