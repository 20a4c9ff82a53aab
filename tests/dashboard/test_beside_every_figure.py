"""Beside every figure stand its table, its definition and its day, beside every table its files."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import Opened

PAGES = sorted(
    path.stem for path in Path("dashboard/app_pages").glob("[a-z]*.py") if path.stem != "__init__"
)
"""Every script there is, so that a new page is looked at by itself."""
QUERIES: dict[str, dict[str, str]] = {
    "opportunity": {"no": "OP000001"},
    "contact": {"no": "ADATUM"},
    "sql": {"sql": "from opportunities_now"},
}
ONE_FILE_OF_ALL = {"agenda"}
"""Pages whose tables are the parts of one report, which is taken away whole."""
PREVIEWS = {"delete_closed"}
"""Pages whose table shows what a button would do."""
EXPLAINS = ["Column", "Called", "Definition"]
"""What the page of SQL says about what there is to read is small print itself."""


def tables(app: AppTest) -> int:
    """How many tables show what was computed or recorded; those one writes in are forms."""
    return sum(
        not table.proto.editing_mode and list(table.value.columns) != EXPLAINS
        for table in app.dataframe
    )


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("page", PAGES)
def test_every_table_has_its_files_and_its_day(page: str, opened: Opened) -> None:
    """Three kinds of file for each table, the day it is as of, and a table for each figure."""
    app = opened(page, **QUERIES.get(page, {}))
    shown = 0 if page in PREVIEWS else tables(app)
    shown = min(shown, 1) if page in ONE_FILE_OF_ALL else shown
    labels = [button.proto.label for button in app.get("download_button")]
    assert shown or not app.get("plotly_chart")
    for kind in ("CSV", "Excel", "Parquet"):
        assert labels.count(kind) >= shown, (page, labels)
    days = [caption for caption in app.caption if caption.value.startswith("As of the end of")]
    assert len(days) >= shown
