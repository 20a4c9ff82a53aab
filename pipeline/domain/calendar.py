"""The fiscal calendar: which month, quarter and year a business day lies in, and its week there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from pipeline.domain.dates import add_formula, end_of_month

MONTHS_OF_A_YEAR = 12
MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class FiscalPattern(StrEnum):
    """What the months of a fiscal year are: those of the calendar, or so many whole weeks each."""

    MONTHS = "months"
    FOUR_FOUR_FIVE = "4-4-5"
    FOUR_FIVE_FOUR = "4-5-4"
    FIVE_FOUR_FOUR = "5-4-4"


class Weekday(StrEnum):
    """The day a week begins with; its place is that of ISO, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class YearLabel(StrEnum):
    """Which calendar year names a fiscal year: that of its last month or that of its first."""

    END = "end"
    START = "start"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: MONTHS_OF_A_YEAR}


@dataclass(frozen=True, kw_only=True)
class Period:
    """A month, quarter or year of the fiscal calendar; both days belong to it."""

    kind: PeriodKind
    first: date
    last: date
    label: str
    """What people call it: `2026 Q1`, `FY2026 Q3`, `Jan 2026`, `FY2026 P05`, `2026`."""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> int:
        """How many weeks it has, the last one perhaps not whole."""
        return self.week(self.last)

    def week(self, day: date) -> int:
        """The week of the period a day lies in: whole weeks since its first day, plus one."""
        return (day - self.first).days // 7 + 1

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def at(self, other: "Period", day: date) -> date:
        """The day of this period that is as far from its first as a day is in another one.

        Never behind the last day of this one, however long the other is; and where the other is
        over, the last day.
        """
        if day >= other.last:
            return self.last
        return min(self.last, self.first + (day - other.first))


@dataclass(frozen=True, kw_only=True)
class FiscalCalendar:
    """How a company cuts time.

    With months, a year begins on the first of `start_month`. With a pattern of weeks it begins on
    the `week_start` nearest to that day and has 52 weeks, or 53: the odd one belongs to its last
    month. January and Monday give the ISO year.
    """

    start_month: int = 1
    pattern: FiscalPattern = FiscalPattern.MONTHS
    week_start: Weekday = Weekday.MONDAY
    year_label: YearLabel = YearLabel.END

    def period(self, kind: PeriodKind, day: date) -> Period:
        """Give the month, quarter or year a day lies in.

        >>> FiscalCalendar(start_month=7).period(PeriodKind.QUARTER, date(2025, 8, 1)).label
        'FY2026 Q1'
        """
        return next(period for period in self.periods(kind, day) if period.holds(day))

    def quarter(self, day: date) -> Period:
        """Give the quarter a day lies in."""
        return self.period(PeriodKind.QUARTER, day)

    def periods(self, kind: PeriodKind, day: date) -> list[Period]:
        """Give all periods of a kind of the fiscal year that a day lies in, in order."""
        begins = self._start_of(day)
        ends = self._starts(begins)
        step = _MONTHS[kind]
        return [
            Period(
                kind=kind,
                first=ends[n],
                last=ends[n + step] - timedelta(days=1),
                label=self._label(kind, begins, ends[n], n // step + 1),
            )
            for n in range(0, MONTHS_OF_A_YEAR, step)
        ]

    def before(self, period: Period) -> Period:
        """Give the period of the same kind before one."""
        return self.period(period.kind, period.first - timedelta(days=1))

    def after(self, period: Period) -> Period:
        """Give the period of the same kind behind one."""
        return self.period(period.kind, period.last + timedelta(days=1))

    def past(self, period: Period, count: int) -> list[Period]:
        """Give so many periods of the same kind before one, the oldest first."""
        return list(self._backwards(period, count))[::-1]

    def inside(self, kind: PeriodKind, period: Period) -> list[Period]:
        """Give the periods of a kind that a longer one is made of."""
        within = self.periods(kind, period.first)
        return [one for one in within if period.first <= one.first and one.last <= period.last]

    def _backwards(self, period: Period, count: int) -> Iterator[Period]:
        for _ in range(count):
            period = self.before(period)
            yield period

    # --- where years begin --------------------------------------------------------------------

    def _start_of(self, day: date) -> date:
        """The first of the month that names the beginning of the fiscal year of a day."""
        nominal = [date(year, self.start_month, 1) for year in range(day.year - 1, day.year + 2)]
        return max(first for first in nominal if self._begins(first) <= day)

    def _begins(self, nominal: date) -> date:
        """The real first day of the fiscal year that begins about the first of a month."""
        if self.pattern is FiscalPattern.MONTHS:
            return nominal
        behind = (nominal.weekday() - list(Weekday).index(self.week_start)) % 7
        return nominal + timedelta(days=-behind if behind <= 3 else 7 - behind)  # noqa: PLR2004  half a week

    def _starts(self, nominal: date) -> list[date]:
        """The first day of each of the twelve months, and of the next year."""
        following = self._begins(nominal.replace(year=nominal.year + 1))
        if self.pattern is FiscalPattern.MONTHS:
            return [add_formula(nominal, f"{n}M") if n else nominal for n in range(12)] + [
                following
            ]
        weeks = [int(number) for number in self.pattern.split("-")] * 4
        sums = [0, *accumulate(weeks[:-1])]
        return [self._begins(nominal) + timedelta(weeks=sum_) for sum_ in sums] + [following]

    # --- what they are called -----------------------------------------------------------------

    def _label(self, kind: PeriodKind, nominal: date, first: date, place: int) -> str:
        if kind is PeriodKind.MONTH and self.pattern is FiscalPattern.MONTHS:
            return f"{MONTH_NAMES[first.month - 1][:3]} {first.year}"
        year = self._year_name(nominal)
        if kind is PeriodKind.YEAR:
            return year
        return f"{year} Q{place}" if kind is PeriodKind.QUARTER else f"{year} P{place:02}"

    def _year_name(self, nominal: date) -> str:
        """The year of the last month of the fiscal year, or of its first; FY where they differ."""
        ends = end_of_month(add_formula(nominal, "11M")).year
        year = ends if self.year_label is YearLabel.END else nominal.year
        plain = self.start_month == 1 and self.pattern is FiscalPattern.MONTHS
        return str(year) if plain else f"FY{year}"
