"""Files of quotas: long and wide, CSV and Excel, from the page and from the command line."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.cli import main
from pipeline.commands import ImportQuotas, carry_out
from pipeline.domain.calendar import FiscalCalendar, FiscalPattern
from pipeline.domain.errors import QuotaFileError, QuotaRowError
from pipeline.importing.quotas import Known, read_quotas, template
from pipeline.store import Store
from tests.stories import company

KNOWN = Known(
    calendar=FiscalCalendar(),
    owners={"ANN": "Ann Áspa", "BOB": "Bob Bock"},
    teams={"NORTH": "North", "SOUTH": "South"},
)


@pytest.fixture
def store() -> Iterator[Store]:
    """Ann and Bob of two teams."""
    with pipeline.open(":memory:") as opened:
        carry_out(opened, *company(), by="ANN", today=date(2025, 1, 1))
        yield opened


def read(text: str) -> ImportQuotas:
    """Read a CSV file."""
    return read_quotas(text.encode(), "quotas.csv", KNOWN)


def said(wish: ImportQuotas) -> list[tuple[str, str, str, str]]:
    """Whose, which period and how much."""
    return [(one.level, one.code, f"{one.kind} {one.on}", str(one.target)) for _, one in wish.rows]


def test_a_long_file_has_a_quota_in_each_row(store: Store) -> None:
    """By code or by name, of the company without either; figures as spreadsheets write them."""
    wish = read(
        "level,code,period,quota\n"
        'company,,2025 Q1,"€ 90,000.00"\n'
        "team,North,Q1 2025,70.000\n"
        "owner,ann,Jan 2025,20000.50\n"
        "owner,Bob Bock,2025,1.234.567\n"
    )
    assert said(wish) == [
        ("company", "", "quarter 2025-01-01", "90000.00"),
        ("team", "NORTH", "quarter 2025-01-01", "70000"),
        ("owner", "ANN", "month 2025-01-01", "20000.50"),
        ("owner", "BOB", "year 2025-01-01", "1234567"),
    ]
    carry_out(store, wish, by="ANN", today=date(2025, 1, 1))
    assert store.rows("select count(*) from quotas") == [(4,)]


def test_a_wide_file_has_a_column_for_each_period_and_blank_cells_set_nothing() -> None:
    """As the template is filled in; the column owner says whose it is."""
    wish = read("owner,2025 Q1,2025 Q2\nANN,60000,\nBOB,40000,45000\n")
    assert said(wish) == [
        ("owner", "ANN", "quarter 2025-01-01", "60000"),
        ("owner", "BOB", "quarter 2025-01-01", "40000"),
        ("owner", "BOB", "quarter 2025-04-01", "45000"),
    ]


def test_the_template_filled_in_can_be_read() -> None:
    """It has the quarters of the fiscal year, and a row for company, each team and each owner."""
    text = template(KNOWN, date(2025, 5, 1))
    assert text.splitlines()[0].endswith("2025 Q1,2025 Q2,2025 Q3,2025 Q4")
    filled_in = text.replace("company,,,won amount,,,,", "company,,,won amount,90000,,,95000")
    filled_in = filled_in.replace("Ann Áspa,won amount,,,,", "Ann Áspa,won amount,,30000,,")
    assert said(read(filled_in)) == [
        ("company", "", "quarter 2025-01-01", "90000"),
        ("company", "", "quarter 2025-10-01", "95000"),
        ("owner", "ANN", "quarter 2025-04-01", "30000"),
    ]
    assert len(text.splitlines()) == 1 + 1 + len(KNOWN.teams) + len(KNOWN.owners)


def test_the_template_is_of_the_measure_and_of_the_year_that_begins_in_february() -> None:
    """4-4-5 weeks: the names of its quarters are read back as these quarters."""
    weeks = FiscalCalendar(start_month=2, pattern=FiscalPattern.FOUR_FOUR_FIVE)
    known = replace(KNOWN, calendar=weeks)
    text = template(known, date(2026, 5, 1), "won count")
    filled_in = text.replace("company,,,won count,,,,", "company,,,won count,,,,12")
    wish = read_quotas(filled_in.encode(), "quotas.csv", known)
    assert said(wish) == [("company", "", "quarter 2026-11-02", "12")]
    assert wish.rows[0][1].measure == "won count"


def test_an_excel_file_is_read_too() -> None:
    """The same columns on a sheet."""
    content = BytesIO()
    rows = pd.DataFrame({"owner": ["ANN", "BOB"], "period": ["2025 Q1"] * 2, "quota": [1, 2.5]})
    rows.to_excel(content, index=False)
    assert [row[3] for row in said(read_quotas(content.getvalue(), "quotas.xlsx", KNOWN))] == [
        "1",
        "2.5",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("owner,period,quota\nANNA,2025 Q1,1\n", "Row 2: no owner is called “ANNA”"),
        ("owner,period,quota\nANN,soon,1\n", "Row 2: “soon” is no period"),
        ("owner,period,quota\nANN,2025 Q1,much\n", "Row 2: “much” is no number"),
        ("level,code,period,quota\nplanet,X,2025 Q1,1\n", "neither company, team nor owner"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named(text: str, reason: str) -> None:
    """Its number in the file, and what is wrong with it."""
    with pytest.raises(QuotaRowError, match=reason):
        read(text)


@pytest.mark.parametrize("text", ["name,age\nAnn,3\n", "owner,period,quota\nANN,2025 Q1,\n"])
def test_a_file_without_quotas_is_refused(text: str) -> None:
    """No such columns, or no cell that is filled in."""
    with pytest.raises(QuotaFileError):
        read(text)


def test_the_command_line_sets_the_quotas_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All or none; the template is written by the same command."""
    address = tmp_path / "ours.duckdb"
    with Store.open(address) as opened:
        carry_out(opened, *company(), by="ANN", today=date(2025, 1, 1))
    file = tmp_path / "quotas.csv"
    assert main(["--store", str(address), "quotas", str(file), "--template"]) == 0
    assert file.read_text(encoding="utf-8-sig").startswith("level,code,name,measure,")
    file.write_text("owner,period,quota\nANN,2025 Q1,60000\nBOB,2025 Q1,nothing\n")
    assert main(["--store", str(address), "quotas", str(file)]) == 1
    assert "Row 3" in capsys.readouterr().err
    file.write_text("owner,period,quota\nANN,2025 Q1,60000\nBOB,2025 Q1,40000\n")
    assert main(["--store", str(address), "quotas", str(file)]) == 0
    with Store.open(address) as opened:
        assert opened.rows("select sum(target) from quotas") == [(100_000,)]
