"""Numbers, days and names as pages write them."""

import doctest
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from dashboard import formats, selection


def test_the_examples_in_the_docstrings_are_true() -> None:
    """What a docstring shows is what the function gives."""
    for module in (formats, selection):
        assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("33.33") * 3 / 10, "10.00"),
        (0.125, "0.13"),
        (Decimal("-0.125"), "-0.13"),
        (1234567.891, "1,234,567.89"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_amounts_are_rounded_half_up_to_the_cent(value: object, written: str) -> None:
    """A sum of 9.999 is shown as 10.00; what is missing is a dash, never a nought."""
    assert formats.money(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (9_999, "9,999"),
        (10_000, "10 k"),
        (999_600, "1.00 M"),
        (1_838_000, "1.84 M"),
        (303_480_000, "303 M"),
    ],
)
def test_amounts_at_a_glance(value: int, written: str) -> None:
    """Thousands and millions where the cents do not matter."""
    assert formats.money_short(value) == written


def test_a_rate_without_a_denominator_is_a_dash() -> None:
    """Nothing has no share, and no interval either."""
    assert formats.rate(None) == "–"
    assert formats.interval(float("nan"), float("nan")) == "–"
    assert formats.interval(0.2307, 0.8824) == "23.1–88.2\u00a0%"


def test_a_number_and_its_percent_sign_never_stand_on_two_lines() -> None:
    """The space between them holds, also where somebody's words around it are escaped."""
    assert formats.rate(0.05, 0) == "5\u00a0%"
    assert formats.chance(0.002) == "less than 1\u00a0%"
    assert formats.chance_short(1.0) == "> 99\u00a0%"
    assert formats.escape_markdown("a  b\n5\u00a0%") == "a b 5\u00a0%"
    assert formats.escape_html(" a\t5\u00a0% ") == "a 5\u00a0%"


def test_days_and_dates_in_words() -> None:
    """One day is not one days; a date reads the same everywhere."""
    assert [formats.days(number) for number in (0, 1, 41.6)] == ["0 days", "1 day", "42 days"]
    assert formats.day(date(2026, 1, 28)) == "28 Jan 2026"
    assert formats.month(pd.Timestamp("2026-01-01")) == "Jan 2026"
    assert formats.day(pd.NaT) == "–"


@pytest.mark.parametrize("sign", list(r"\`*_{}[]()<>#+-.!|~$:&/"))
def test_every_sign_that_markdown_reads_is_escaped(sign: str) -> None:
    """A name is shown as it is typed, whatever signs it has."""
    assert formats.escape_markdown(f"a{sign}b") == f"a\\{sign}b"


@pytest.mark.parametrize("address", ["https://evil.example", "www.evil.example", "a@evil.example"])
def test_an_address_in_a_name_is_no_link(address: str) -> None:
    """Markdown makes links of bare addresses; an invisible sign keeps them apart."""
    written = formats.escape_markdown(address)

    assert "\u2060" in written
    assert written.replace("\u2060", "").replace("\\", "") == address


def test_names_on_figures_are_not_read_as_html() -> None:
    """Plotly reads a little HTML in its labels."""
    assert formats.escape_html("<b>A & B</b>") == "&lt;b&gt;A &amp; B&lt;/b&gt;"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", " =1+1", "\t=1"])
def test_a_file_for_spreadsheets_runs_no_formula(formula: str) -> None:
    """Text that a spreadsheet would run is kept as text; numbers below nought stay numbers."""
    frame = pd.DataFrame({"name": [formula], "amount": [-5.0]})

    lines = formats.csv(frame).decode("utf-8-sig").splitlines()
    assert lines[1].lstrip('"').startswith("'")
    assert lines[1].endswith(",-5.0")
