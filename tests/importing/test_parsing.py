"""Texts become values: the way is decided by all cells of a column, never by one."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.importing.parsing import dates, numbers
from pipeline.importing.parsing.truths import read_truths


def texts(*cells: str) -> "pd.Series[str]":
    """A column of texts as a file gives it."""
    return pd.Series(list(cells), dtype="str")


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2024-03-09", "2024-03-09 00:00:00"),
        ("2024-03-09T14:22:05.000Z", "2024-03-09 14:22:05"),
        ("2024-03-09T01:00:00+0200", "2024-03-08 23:00:00"),
        ("2024-03-09 14:22", "2024-03-09 14:22:00"),
        ("20240309", "2024-03-09 00:00:00"),
        ("9.3.2024", "2024-03-09 00:00:00"),
        ("09/03/24 8:55 PM", "2024-03-09 20:55:00"),
        ("09/03/24 12:05 am", "2024-03-09 00:05:00"),
        ("9 Mar 2024", "2024-03-09 00:00:00"),
        ("Saturday, 9 March 2024", "2024-03-09 00:00:00"),
        ("Mar 9, 2024", "2024-03-09 00:00:00"),
        ("9. März 2024", "2024-03-09 00:00:00"),
        ("9 de marzo de 2024", "2024-03-09 00:00:00"),
        ("45360", "2024-03-09 00:00:00"),
        ("1709994125", "2024-03-09 14:22:05"),
        ("1709994125000", "2024-03-09 14:22:05"),
    ],
)
def test_a_date_is_read_however_it_is_written(cell: str, meant: str) -> None:
    """Day before month where numbers leave it open; moments come out in UTC."""
    assert str(dates.read_dates(texts(cell), "dmy").taken.iloc[0]) == meant


@pytest.mark.parametrize("cell", ["2024-02-30", "31/31/2024", "soon", "25:00", "1/2", "12345678"])
def test_what_is_no_date_is_wrong_and_not_guessed(cell: str) -> None:
    """A wrong cell is missing and marked."""
    column = dates.read_dates(texts(cell, "2024-01-01"))
    assert column.wrong.tolist() == [True, False]


@pytest.mark.parametrize("cell", ["", "n/a", "0001-01-01", "1753-01-01T00:00:00", " - ", "NULL"])
def test_a_word_for_nothing_is_no_date_and_no_fault(cell: str) -> None:
    """Vendors write a date for no date; Business Central the first of the first year."""
    column = dates.read_dates(texts(cell, "2024-01-01"))
    assert column.wrong.tolist() == [False, False]
    assert column.taken.isna().tolist() == [True, False]


def test_one_day_above_twelve_decides_the_order_of_a_whole_column() -> None:
    """03/04 alone could be April or March; 03/25 beside it says March."""
    said = dates.evidence(texts("03/04/2024", "03/25/2024"))
    assert said.deciding == {"mdy": 1}
    assert dates.evidence(texts("03/04/2024")).open_example == "03/04/2024"
    assert not dates.evidence(texts("03/03/2024", "2024-04-05")).open_example


def test_a_time_without_an_offset_was_lived_in_the_profiles_zone() -> None:
    """Berlin is two hours ahead in summer; a date alone is a date everywhere."""
    column = dates.read_dates(texts("2024-07-01 10:00", "2024-07-01"), zone="Europe/Berlin")
    assert column.taken.dt.strftime("%d %H").tolist() == ["01 08", "01 00"]


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from(["dmy", "mdy"]))
def test_a_date_written_in_an_order_is_read_back_in_it(day: date, order: str) -> None:
    """Both orders, with dots or slashes, short years or long ones."""
    pattern = {"dmy": "%d.%m.%Y", "mdy": "%m/%d/%y"}[order]
    assert dates.read_dates(texts(day.strftime(pattern)), order).taken.iloc[0].date() == day


@pytest.mark.parametrize(
    ("cell", "decimal", "meant"),
    [
        ("1.234,56", ",", 1234.56),
        ("1,234.56", ".", 1234.56),
        ("1 234,56", ",", 1234.56),
        ("1\u202f234,5 €", ",", 1234.5),
        ("1'234.56", ".", 1234.56),
        ("$125,000", ".", 125000),
        ("EUR 1.234", ",", 1234),
        ("(500)", ".", -500),
        ("500-", ".", -500),
        ("-3", ".", -3),
        ("250k", ".", 250000),
        ("1.5M", ".", 1500000),
        ("12,34,567.5", ".", 1234567.5),
        ("0.125", ".", 0.125),
    ],
)
def test_an_amount_is_read_however_it_is_dressed(cell: str, decimal: str, meant: float) -> None:
    """Signs, groups, brackets and letters; the decimal mark is the column's."""
    assert numbers.read_numbers(texts(cell), decimal).taken.iloc[0] == meant


@pytest.mark.parametrize("cell", ["abc", "1.2.3,4,5", "12.34.56", "1e5", "inf", "--5", "1,23,"])
def test_what_is_no_amount_is_wrong_and_not_guessed(cell: str) -> None:
    """Also where Python itself would make a number of it."""
    assert numbers.read_numbers(texts(cell)).wrong.tolist() == [True]


@pytest.mark.parametrize(
    ("cells", "deciding"),
    [
        (["1.234", "1.234,5"], {",": 1}),
        (["1,234", "0.5"], {".": 1}),
        (["1.234.567"], {",": 1}),
        (["1,234,567"], {".": 1}),
        (["1234.567"], {".": 1}),
        (["1.234", "5"], {}),
    ],
)
def test_other_cells_decide_what_a_mark_before_three_digits_is(
    cells: list[str], deciding: dict[str, int]
) -> None:
    """1.234 is open; one cell that can only be read one way decides."""
    assert numbers.evidence(texts(*cells)).deciding == deciding


def test_an_open_column_shows_both_readings() -> None:
    """The refusal quotes them, so that a person can choose."""
    assert numbers.evidence(texts("1.234", "5")).open_example == "1.234"
    assert numbers.readings("1.234") == ["1.234 as 1.234", "1.234 as 1,234"]
    assert dates.readings("03/04/2024") == [
        "03/04/2024 as 3 April 2024",
        "03/04/2024 as 4 March 2024",
    ]


@given(st.decimals(0, 10**12, places=2), st.sampled_from([(".", ","), (",", ".")]))
def test_an_amount_written_with_groups_is_read_back(amount: object, marks: tuple[str, str]) -> None:
    """Grouped with one mark, cut with the other."""
    decimal, group = marks
    written = f"{amount:,.2f}".translate({ord("."): decimal, ord(","): group})
    assert numbers.read_numbers(texts(written), decimal).taken.iloc[0] == float(str(amount))


def test_a_percentage_is_of_one_or_of_a_hundred_as_the_source_writes_it() -> None:
    """A sign says a hundred whatever the source; outside 0 to 100 it is wrong."""
    of_one = numbers.read_percents(texts("0.2", "35%"), ".", of_one=True)
    assert of_one.taken.tolist() == [20.0, 35.0]
    assert numbers.read_percents(texts("101", "-1"), ".", of_one=False).wrong.all()


def test_yes_and_no_are_read_in_several_languages() -> None:
    """Anything else is wrong, not false."""
    column = read_truths(texts("TRUE", "0", "Ja", "faux", "", "maybe"))
    assert column.taken.tolist()[:4] == [True, False, True, False]
    assert column.wrong.tolist() == [False] * 5 + [True]
