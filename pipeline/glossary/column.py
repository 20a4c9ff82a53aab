"""One column that people see, and the short ways to write one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """How one column is headed, written and explained."""

    label: str
    unit: str
    """What one of it is: money, opportunities, days; empty where a value has none."""
    format: str
    """money, count, percent (0-100), rate (0-1), decimal, tenths, days, average_days, day, month,
    flag or text."""
    definition: str


def count(label: str, definition: str, unit: str = "opportunities") -> Column:
    """A column of this format: count."""
    return Column(label, unit, "count", definition)


def money(label: str, definition: str) -> Column:
    """A column of this format: money."""
    return Column(label, "company currency", "money", definition)


def rate(label: str, definition: str) -> Column:
    """A column of this format: rate."""
    return Column(label, "", "rate", definition)


def text(label: str, definition: str) -> Column:
    """A column of this format: text."""
    return Column(label, "", "text", definition)


def day(label: str, definition: str) -> Column:
    """A column of this format: day."""
    return Column(label, "", "day", definition)
