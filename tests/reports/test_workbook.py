"""A report as a workbook: typed cells, a sheet that says what they mean, nothing that runs."""

from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest

from pipeline import reports
from pipeline.domain.scope import Scope
from pipeline.reports import Report, workbook
from pipeline.reports.workbook import TooManyRowsError, as_workbook
from pipeline.store import Store
from tests.stories import Q1, QUARTER_END


def opened(report: Report) -> Any:  # noqa: ANN401  openpyxl ships no types
    """The workbook of a report, read back."""
    return openpyxl.load_workbook(BytesIO(as_workbook(report)))


def made(**columns: list[object]) -> Report:
    """A report of a few columns."""
    return Report(
        name="made",
        definition="Made for a test.",
        frame=pd.DataFrame(columns),
        scope=Scope(as_of=QUARTER_END, owners=("ANN", "BOB")),
        excluded={"that are not started": 3},
    )


def test_every_report_can_be_a_workbook(quarter: dict[str, Report]) -> None:
    """A row for each row, a heading that stays, a second sheet with the definition."""
    for report in quarter.values():
        book = opened(report)
        assert book.sheetnames == ["Report", "About"]
        assert book["Report"].max_row == len(report.frame) + 1
        assert book["Report"].freeze_panes == "A2"
        about = {row[0].value: row for row in book["About"].iter_rows()}
        assert about["Definition"][2].value == report.definition


def test_cells_have_types_and_formats(ten: Store) -> None:
    """Money is a number, a rate a percentage, a day a day; what is missing is empty."""
    sheet = opened(reports.stage_conversion(ten, Q1))["Report"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, heads["Reached"]).value == 10
    rate = sheet.cell(2, heads["Conversion"])
    assert (rate.value, rate.number_format) == (0.7, "0.0%")
    listed = opened(reports.opportunities(ten, Q1))["Report"]
    heads = {cell.value: cell.column for cell in listed[1]}
    created = listed.cell(2, heads["Created"])
    assert isinstance(created.value, datetime)
    assert created.number_format == "yyyy-mm-dd"
    assert listed.cell(2, heads["Amount"]).number_format == "#,##0.00"


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "+49", "-", "@x", "\t=1", "=cmd|'/c'"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    """Its type is text and Excel's own mark for it is set; the words stay as they are."""
    cell = opened(made(description=[text]))["Report"]["A2"]
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.value == text
    assert cell.quotePrefix


def test_a_negative_number_stays_a_number() -> None:
    """Only texts are marked."""
    cell = opened(made(amount=[-1.5]))["Report"]["A2"]
    assert (cell.value, cell.data_type) == (-1.5, "n")


def test_what_a_cell_cannot_hold_is_written_as_it_can() -> None:
    """Control characters, endless texts, lists, infinity: no file is broken by them."""
    odd: list[object] = [float("inf"), None, "a\x00b\x1f", "x" * 40_000, [1, 2], pd.NaT, {"a": 1}]
    sheet = opened(made(note=odd))["Report"]
    values = [cell.value for (cell,) in sheet.iter_rows(min_row=2)]
    assert values[:3] == ["inf", None, "ab"]
    assert len(values[3]) == 32_767
    assert values[4:] == ["[1, 2]", None, "{'a': 1}"]


def test_the_second_sheet_says_what_must_be_known() -> None:
    """Scope, day, what is left out, and each column with label, name and definition."""
    rows = [
        [cell.value for cell in row]
        for row in opened(made(amount=[1.0], mine=[2]))["About"].iter_rows()
    ]
    assert ["As of the end of", datetime(2025, 3, 31), None] in rows  # noqa: DTZ001
    assert ["Scope: owners", "ANN, BOB", None] in rows
    assert ["Left out", 3, "opportunities that are not started"] in rows
    assert rows[-2][:2] == ["Amount", "amount"]
    assert rows[-2][2].endswith("In company currency.")
    assert rows[-1][:2] == ["mine", "mine"]


def test_more_rows_than_a_sheet_holds_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is cut off silently."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    with pytest.raises(TooManyRowsError, match="the report has 3"):
        as_workbook(made(amount=[1.0, 2.0, 3.0]))


def test_a_notebook_shows_a_report_and_runs_nothing_in_it() -> None:
    """Labels, definition, what is left out; what people typed is escaped."""
    report = made(description=["<script>alert(1)</script>", "& more"], amount=[1.0, None])
    html = report._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Made for a test." in html
    assert "Left out: 3 opportunities that are not started." in html
    assert "1.00" in str(report)
