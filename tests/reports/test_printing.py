"""A report on the command line: for reading, for programs, for spreadsheets."""

import csv
import json
from io import BytesIO, StringIO

import pandas as pd

from pipeline import reports
from pipeline.domain.scope import Scope
from pipeline.reports.printing import as_csv, as_json, as_table, printed, without_formulas
from pipeline.store import Store
from tests.stories import Q1, QUARTER_END


def test_json_has_report_definition_scope_excluded_and_rows(ten: Store) -> None:
    """Days are text, what is missing is null, numbers are numbers."""
    whole = json.loads(as_json(reports.weighted_pipeline(ten, Q1)))
    assert list(whole) == ["report", "definition", "scope", "excluded", "rows"]
    assert whole["report"] == "weighted-pipeline"
    assert whole["scope"] == {
        "as_of": "2025-03-31",
        "from_on": "2025-01-01",
        "to_on": "2025-03-31",
    }
    assert whole["rows"][1]["amount"] == 45_000
    assert whole["rows"][2]["average_age_days"] is None


def test_json_knows_every_report(ten: Store) -> None:
    """Whatever a frame holds can be written and read back."""
    for report in reports.REPORTS.values():
        made = report(ten, Scope(as_of=QUARTER_END, owners=("ANN",)))
        whole = json.loads(as_json(made))
        assert len(whole["rows"]) == len(made.frame)
        assert whole["scope"]["owners"] == ["ANN"]


def test_csv_reads_back_as_it_was(ten: Store) -> None:
    """Column names on top, a line for each row."""
    rows = list(csv.DictReader(StringIO(as_csv(reports.stage_conversion(ten, Q1)))))
    assert [row["reached"] for row in rows] == ["10", "7", "5"]


def test_a_text_that_looks_like_a_formula_is_defused() -> None:
    """A spreadsheet runs what begins with = + - @ tab or return; a minus before a number stays."""
    frame = pd.DataFrame(
        {
            "description": ["=1+1", "+49", "-", "@x", "\tx", "\rx", "plain", None],
            "amount": [-1.0] * 8,
        }
    )
    safe = without_formulas(frame)
    assert safe["description"].tolist()[:7] == [
        "'=1+1",
        "'+49",
        "'-",
        "'@x",
        "'\tx",
        "'\rx",
        "plain",
    ]
    assert safe["description"].isna().tolist()[7]
    assert safe["amount"].tolist() == [-1.0] * 8


def test_the_table_is_for_reading(ten: Store) -> None:
    """Labels and formats of the glossary; then as of when, what it means, what is left out."""
    lines = as_table(reports.stage_conversion(ten, Q1)).splitlines()
    assert lines[0].startswith("Sales cycle  Stage no.")
    assert "70.0\u00a0%" in lines[2]
    assert lines[-1].startswith("As of 2025-03-31. Of the opportunities that reached a stage")


def test_parquet_keeps_the_types(ten: Store) -> None:
    """Days come back as days, missing stages as missing."""
    report = reports.opportunities(ten, Q1)
    back = pd.read_parquet(BytesIO(printed(report, "parquet")))
    assert back["opportunity_no"].tolist() == report.frame["opportunity_no"].tolist()
    assert back["created_on"].dtype.kind == "M"
    assert back["stage"].isna().sum() == report.frame["stage"].isna().sum()


def test_text_is_utf8_and_ends_with_a_line_feed(ten: Store) -> None:
    """As a pipe to the next program wants it."""
    for form in ("table", "json", "csv"):
        text = printed(reports.opportunities(ten, Q1), form).decode("utf-8")
        assert text.endswith("\n")
    assert "Société Générique" in text
