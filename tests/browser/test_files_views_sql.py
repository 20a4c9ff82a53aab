"""Take a table and a figure away as files, save a view, ask in SQL: in a real browser."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.serving import settled

WAYS = "By month of expected close"


def download(page: Page, key: str) -> tuple[str, bytes]:
    """Click what gives a file; give its name and bytes."""
    with page.expect_download() as caught:
        page.locator(key).first.click()
    path = Path(caught.value.path())
    return caught.value.suggested_filename, path.read_bytes()


def parameters(page: Page) -> dict[str, list[str]]:
    """What the address says behind its question mark."""
    return parse_qs(urlsplit(page.url).query)


def test_a_table_is_taken_away_in_three_kinds(page: Page, demo_url: str) -> None:
    """The same rows in each; numbers are numbers and days are days in the workbook."""
    page.goto(f"{demo_url}/weighted_pipeline")
    settled(page)
    name, csv = download(page, ".st-key-table-stage-csv button")
    assert name == "weighted-pipeline-2026-01-28.csv"
    rows = pd.read_csv(BytesIO(csv))
    _, parquet = download(page, ".st-key-table-stage-parquet button")
    assert len(pd.read_parquet(BytesIO(parquet))) == len(rows)
    _, xlsx = download(page, ".st-key-table-stage-xlsx button")
    book = openpyxl.load_workbook(BytesIO(xlsx))
    assert book.sheetnames == ["Report", "About"]
    assert book["Report"].max_row == len(rows) + 1
    assert book["About"]["B3"].value == datetime(2026, 1, 28)  # noqa: DTZ001  a cell has no zone


def test_a_list_is_taken_away_whole_and_not_its_page(page: Page, demo_url: str) -> None:
    """What stands on the screen is a page of it; the file holds what the answer line counts."""
    page.goto(f"{demo_url}/opportunities?page=1")
    settled(page)
    _, csv = download(page, ".st-key-list-csv button")
    counted = page.locator("[data-testid=stMarkdown]", has_text="together").first.inner_text()
    assert counted.startswith(f"{len(pd.read_csv(BytesIO(csv)))} opportunities")


def test_a_figure_is_taken_away_as_a_picture(page: Page, demo_url: str) -> None:
    """Drawn by the browser under the same policy, on the page's own ground, twice as fine."""
    page.goto(f"{demo_url}/weighted_pipeline")
    settled(page)
    page.locator("[data-testid=stPlotlyChart]").first.hover()
    name, png = download(page, "[data-testid=stPlotlyChart] .modebar-btn")
    assert name == "pipeline-stage.png"
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20], "big")
    assert width > 1_500


def test_a_saved_view_opens_as_it_was_saved(page: Page, own_url: str) -> None:
    """Page, period, filters and the choice on the page come back; what was set since is gone."""
    page.goto(
        f"{own_url}/weighted_pipeline?by={WAYS.replace(' ', '+')}&as_of=2026-02-01&cycle=EXISTING"
    )
    settled(page)
    saved = parameters(page)
    assert saved == {"by": [WAYS], "as_of": ["2026-02-01"], "cycle": ["EXISTING"]}
    page.get_by_role("button", name="Save this view").click()
    page.get_by_label("Name").fill("Large ones")
    page.get_by_label("Name").press("Enter")
    view = page.get_by_role("link", name="Large ones")
    expect(view).to_be_visible()
    page.goto(f"{own_url}/win_rate?owner=Jim+Olive&as_of=2026-01-15&from=2025-01-01")
    settled(page)
    page.get_by_role("link", name="Large ones").click()
    expect(page.get_by_role("heading", name="Weighted pipeline")).to_be_visible()
    settled(page)
    assert parameters(page) == saved
    page.reload()
    settled(page)
    assert parameters(page) == saved


def test_another_view_of_the_same_page_replaces_the_first(page: Page, own_url: str) -> None:
    """Widgets that stay on the page take what the address says too."""
    page.goto(f"{own_url}/weighted_pipeline?cycle=EXISTING")
    settled(page)
    page.get_by_role("button", name="Save this view").click()
    page.get_by_label("Name").fill("Large")
    page.get_by_label("Name").press("Enter")
    expect(page.get_by_role("link", name="Large")).to_be_visible()
    page.goto(f"{own_url}/weighted_pipeline?as_of=2026-02-01&by={WAYS.replace(' ', '+')}")
    settled(page)
    page.get_by_role("link", name="Large").click()
    expect(page).to_have_url(f"{own_url}/weighted_pipeline?cycle=EXISTING")
    settled(page)
    assert parameters(page) == {"cycle": ["EXISTING"]}


def keep_view(page: Page, name: str) -> None:
    """Save the page under a name; the popover may stand open from before."""
    settled(page)
    if not page.get_by_label("Name").is_visible():
        page.get_by_role("button", name="Save this view").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Name").press("Enter")


def test_a_view_is_renamed_and_removed(page: Page, own_url: str) -> None:
    """A name that is taken is refused at the field, and what was typed stays."""
    page.goto(own_url)
    settled(page)
    keep_view(page, "One")
    expect(page.get_by_role("link", name="One")).to_be_visible()
    keep_view(page, "One")
    expect(page.get_by_text("already, saved by")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("One")
    keep_view(page, "Two")
    expect(page.get_by_role("link", name="Two")).to_be_visible()
    settled(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Rename or remove").click()
    page.get_by_label("New name").fill("Three")
    page.get_by_label("New name").press("Tab")
    page.get_by_role("button", name="Rename", exact=True).click()
    expect(page.get_by_role("link", name="Three")).to_be_visible()


def test_a_question_in_sql_is_answered_or_refused_in_words(page: Page, demo_url: str) -> None:
    """An example is a click away, the address keeps the question, a refusal is a sentence."""
    page.goto(f"{demo_url}/sql")
    settled(page)
    page.get_by_role("button", name="Open by owner").click()
    expect(page.get_by_text("2 rows")).to_be_visible()
    settled(page)
    assert parameters(page)["sql"][0].startswith("select owner_name")
    _, csv = download(page, ".st-key-answer-csv button")
    assert list(pd.read_csv(BytesIO(csv))) == ["owner_name", "opportunities", "amount"]
    page.get_by_label("Query").fill("delete from transitions")
    page.get_by_label("Query").press("Control+Enter")
    expect(page.get_by_text("Only one select statement is answered")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sql_page_is_readable_on_a_phone(page: Page, demo_url: str, scheme: str) -> None:
    """Nothing scrolls sideways at 390 pixels, by day or by night."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo_url}/sql?sql=from+opportunities_now")
    settled(page)
    wide: int = page.evaluate("document.scrollingElement.scrollWidth")
    assert wide <= 390
