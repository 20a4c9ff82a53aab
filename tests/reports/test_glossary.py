"""Every column people see is explained, and said only once."""

from dataclasses import replace

import pytest

from pipeline import reports
from pipeline.glossary import COLUMNS
from pipeline.reports import Report
from pipeline.store import Store
from tests.stories import Q1

FORMATS = {
    "money",
    "count",
    "percent",
    "rate",
    "decimal",
    "days",
    "average_days",
    "tenths",
    "day",
    "month",
    "moment",
    "flag",
    "text",
}


def every_form(store: Store, quarter: dict[str, Report]) -> list[Report]:
    """Give each report, and its forms with other columns."""
    return [
        *quarter.values(),
        reports.weighted_pipeline(store, Q1, by="month"),
        *(reports.win_rate(store, Q1, by=by) for by in ("cycle", "owner", "month")),
    ]


def test_every_column_and_every_total_is_in_the_glossary(
    ten: Store, quarter: dict[str, Report]
) -> None:
    """A column that nobody explained does not reach a page."""
    for report in every_form(ten, quarter):
        named = {*COLUMNS, *report.columns}
        assert {*report.frame.columns, *report.totals} <= named, report.name


def test_every_column_has_a_label_a_known_format_and_a_sentence() -> None:
    """Labels begin with a capital (n and p are signs), definitions are sentences."""
    for name, column in COLUMNS.items():
        assert column.label[0].isupper() or column.label in {"n", "p"}, name
        assert column.format in FORMATS, name
        assert column.definition[0].isupper(), name
        assert column.definition.endswith("."), name


def test_the_list_of_reports_names_them_as_they_name_themselves(quarter: dict[str, Report]) -> None:
    """The command line finds a report under the name it prints."""
    for name, report in quarter.items():
        assert report.name == name


def test_a_number_that_opens_to_nothing_says_so(ten: Store) -> None:
    """A rate is no list of opportunities."""
    report = reports.stage_conversion(ten, Q1)
    with pytest.raises(KeyError, match="advance_rate"):
        report.behind(report.frame.iloc[0], "advance_rate")
    with pytest.raises(KeyError):
        replace(report, opens=()).behind(report.frame.iloc[0])
