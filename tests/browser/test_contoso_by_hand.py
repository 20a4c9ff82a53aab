"""The published example company, set up by hand on pages in a real browser: it is the loaded one.

Activities and the stages of a cycle are pasted into their tables as from a spreadsheet, everything
else is typed or chosen. The server is started on two work dates: on the first the opportunities are
entered, on the second what became of them is recorded, each change on its published day.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import BrowserContext, Page, expect

import pipeline
from pipeline.commands import (
    CloseAsWon,
    Command,
    CreateOpportunity,
    CreateQuote,
    JumpToStage,
    MoveToNextStage,
    MoveToPreviousStage,
    SkipToStage,
    UpdateOpportunity,
    carry_out,
)
from pipeline.demo import contoso
from pipeline.store import Store
from pipeline.store.check import check
from tests.browser.test_first_day import fill, go, heading
from tests.browser.test_selling import open_detail, tile
from tests.serving import TODAY, run_pipeline, serving, settled

ENTERED_ON = date(2026, 1, 4)
"""The work date on which OP100015 was entered."""
ACTIVITIES = ("INIT", "P-WORK", "PROPOSAL", "SIGN")
"""Those of the stages of EXISTING."""
REASONS = ("BUSINESS_W", "PRODUCT_W", "PRICE_L")
SENT_AFTER_MS = 500
"""The table sends what was typed into it a moment later; nothing on the page says when."""
LOG = """
    select nth, action, stage, from_stage, path, amount, chances_percent, completed_percent,
        probability_percent, weighted_amount, valid_from, valid_to, expected_close_on, owner_code,
        contact_no, close_reason_code
    from transitions
    where opportunity_id in (select opportunity_id from opportunities where opportunity_no = ?)
    order by nth
"""
TASKS = """
    select description, due_on, type, priority, status, canceled, stage, activity_code, owner_code,
        contact_no
    from tasks
    where opportunity_id in (select opportunity_id from opportunities where opportunity_no = ?)
    order by all
"""
SET_UP = {
    "sales_cycles": "cycle_code = 'EXISTING'",
    "stages": "cycle_code = 'EXISTING'",
    "activities": "activity_code in ('INIT', 'P-WORK', 'PROPOSAL', 'SIGN')",
    "activity_steps": "activity_code in ('INIT', 'P-WORK', 'PROPOSAL', 'SIGN')",
    "close_reasons": "close_reason_code in ('BUSINESS_W', 'PRODUCT_W', 'PRICE_L')",
    "salespeople": "owner_code = 'JO'",
    "contacts": "contact_no in ('10000', '10001')",
}
"""The part of the set-up that is made by hand, table by table."""


@pytest.fixture(scope="module")
def loaded() -> Iterator[Store]:
    """The example company as it is loaded."""
    with pipeline.open() as store:
        contoso.load_contoso(store)
        yield store


def published(name: str) -> pd.DataFrame:
    """One of the published tables, as text."""
    file = contoso.FOLDER / f"{name}.csv"
    return pd.read_csv(file, dtype="str", keep_default_na=False)


def test_the_example_company_by_hand_is_the_one_that_is_loaded(
    context: BrowserContext, page: Page, tmp_path: Path, loaded: Store
) -> None:
    """From an empty store: set up, two opportunities entered, taken through every move, and won.

    The first is OP100015, whose published log is the loaded one. The second goes every way there
    is, and has the log and the tasks that the same commands give.
    """
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    file = tmp_path / "by-hand.duckdb"
    run_pipeline("--store", str(file), "init")
    with serving(file, PIPELINE_TODAY=ENTERED_ON.isoformat()) as url:
        _set_up(page, url)
        _enter_opportunities(page)
    with serving(file, PIPELINE_TODAY=TODAY) as url:
        _the_published_life(page, url)
        _every_way(page, url)

    with Store.open(file) as by_hand:
        assert check(by_hand).intact
        for table, which in SET_UP.items():
            rows = f"select * from {table} where {which} order by all"  # noqa: S608
            assert by_hand.rows(rows) == loaded.rows(rows), table
        assert by_hand.rows(LOG, ["OP000001"]) == loaded.rows(LOG, ["OP100015"])
        with pipeline.open() as again:
            no = _by_commands(again)
            assert by_hand.rows(LOG, ["OP000002"]) == again.rows(LOG, [no])
            assert by_hand.rows(TASKS, ["OP000002"]) == again.rows(TASKS, [no])


# --- setting up ----------------------------------------------------------------------------------


def _set_up(page: Page, url: str) -> None:
    page.goto(f"{url}/activities")
    heading(page, "Activities")
    steps = published("activity_steps")
    for code in ACTIVITIES:
        _define_activity(page, code, steps[steps["code"] == code])
    _define_cycle(page)
    _define_reasons(page)
    go(page, "People")
    person = page.locator(".st-key-person-new-0-name, .st-key-person-new-0-code")
    person.nth(0).get_by_role("textbox").fill("Jim Olive")
    person.nth(1).get_by_role("textbox").fill("JO")
    page.locator(".st-key-add-person-new").get_by_role("button").click()
    expect(page.get_by_text("1 person in 0 teams.")).to_be_visible()
    _enter_contacts(page)


def _define_activity(page: Page, code: str, steps: pd.DataFrame) -> None:
    """Name it, then paste its steps."""
    new = page.get_by_role("radio", name="New activity")
    if new.count() and not new.is_checked():
        page.get_by_text("New activity", exact=True).click()
        settled(page)
    fill(page, "Code", code)
    fill(page, "Description", steps["activity"].iloc[0])
    _press(page, "Define the activity")
    rows = steps[["description", "type", "priority", "date_formula"]]
    _paste(page, rows, at=120)
    _press(page, "Save")
    expect(page.get_by_text("Saved.").first).to_be_attached()


def _define_cycle(page: Page) -> None:
    go(page, "Sales cycles")
    fill(page, "Code", "EXISTING")
    fill(page, "Description", "Existing customer")
    _choose(page, "Probability is", "Completed")
    _press(page, "Define the cycle")
    stages = published("stages")
    rows = stages[stages["cycle_code"] == "EXISTING"].assign(date_formula="")
    columns = ["description", "completed_percent", "chances_percent", "allow_skip"]
    flags = {"yes": "true", "no": "false"}
    shown = rows.assign(
        allow_skip=rows["allow_skip"].map(flags), quote_required=rows["quote_required"].map(flags)
    )
    more = ["quote_required", "date_formula", "activity_code"]
    _paste(page, shown[[*columns, *more]], at=180)
    _press(page, "Save stages")
    expect(page.get_by_role("button", name="Save stages")).to_be_disabled()


def _define_reasons(page: Page) -> None:
    go(page, "Close reasons")
    reasons = published("close_reasons").set_index("code")
    for code in REASONS:
        fill(page, "Code", code)
        fill(page, "Reason", str(reasons.loc[code, "description"]))
        _choose(page, "Outcome", str(reasons.loc[code, "outcome"]))
        _press(page, "Add")
        expect(page.get_by_label("Code", exact=True)).to_have_value("")


def _enter_contacts(page: Page) -> None:
    """A company, and from its page a person, who takes the salesperson from it."""
    go(page, "Contacts")
    page.get_by_role("link", name="New contact").click()
    heading(page, "New contact")
    fill(page, "Name", "Adatum Corporation")
    fill(settled(page), "Number", "10000")
    _choose(page, "Salesperson", "Jim Olive")
    _press(page, "Make the contact")
    heading(page, "Adatum Corporation")
    page.get_by_role("link", name="New person").click()
    heading(page, "New contact")
    fill(page, "Name", "Robert Townes")
    fill(settled(page), "Number", "10001")
    _press(page, "Make the contact")
    heading(page, "Robert Townes")


def _enter_opportunities(page: Page) -> None:
    """The first is not started yet; the second starts on the day, its figures typed first."""
    page.get_by_test_id("stMain").get_by_role("link", name="New opportunity").click()
    heading(page, "New opportunity")
    expect(page.get_by_text("Robert Townes, Adatum Corporation (10001)")).to_be_visible()
    page.get_by_text("Activate the first stage").click()
    settled(page)
    fill(page, "Description", "Assembling furniture")
    _choose(page, "Priority", "low")
    _press(page, "Save")
    expect(page.get_by_text("OP000001 is recorded.").first).to_be_visible()

    page.get_by_label("Contact", exact=True).fill("10001")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Robert Townes, Adatum Corporation (10001)")).to_be_visible()
    settled(page)
    _type(page, amount="7500", close="2026-01-19", chances="25")
    fill(page, "Description", "Furniture for the conference")  # above the form: runs the page anew
    settled(page)
    _press(page, "Save")
    expect(page.get_by_text("OP000002 is recorded.").first).to_be_visible()


# --- what became of them -------------------------------------------------------------------------


def _the_published_life(page: Page, url: str) -> None:
    """OP100015: four stages in a week, with a quote before the proposal, won after the due day."""
    open_detail(page, url, "OP000001")
    transitions = published("transitions")
    life = transitions[transitions["opportunity_no"] == "OP100015"]
    for row in life.to_dict(orient="records"):
        if row["stage"] == "3":
            _quote(page, "9000")
        if row["action"] == "won":
            _win(page, row["valid_from"], "Knowledge of cust. business")
        else:
            _go(
                page,
                "Activate" if row["action"] == "first" else "Next",
                "Activate the first stage" if row["action"] == "first" else "Move on",
                day=row["valid_from"],
                amount=row["amount"],
                close=row["expected_close_on"],
                chances=row["chances_percent"],
            )
    assert tile(page, "Amount") == "9,000.00"


def _every_way(page: Page, url: str) -> None:
    """Next, back, ahead over a stage, an update, back by two, next with the quote there, won."""
    open_detail(page, url, "OP000002")
    _go(page, "Next", "Move on", day="2026-01-05", amount="8000")
    _go(page, "Back", "Move back", day="2026-01-06", chances="35")
    _quote(page, "8000")
    _go(page, "Skip ahead", "Skip ahead", day="2026-01-07", stage="3 Proposal")
    _go(page, "Update", "Update", day="2026-01-08", amount="8500", close="2026-02-02")
    _go(page, "Jump back", "Jump back", day="2026-01-09", stage="1 Initial")
    _go(page, "Next", "Move on", day="2026-01-10", chances="60")
    _win(page, "2026-01-11", "Best product")


def _by_commands(store: Store) -> str:
    """The same in commands, on a store that is set up as the example company; gives its number."""
    carry_out(store, *contoso.set_up(), by="JO", today=ENTERED_ON)
    made = carry_out(
        store,
        CreateOpportunity(
            description="Furniture for the conference",
            contact_no="10001",
            cycle_code="EXISTING",
            activate=True,
            amount=7500,
            chances_percent=25,
            expected_close_on=date(2026, 1, 19),
        ),
        by="JO",
        today=ENTERED_ON,
    )
    no = made[0].no
    for command in _way(no):
        carry_out(store, command, by="JO", today=date.fromisoformat(TODAY))
    return no


def _way(no: str) -> list[Command]:
    def of(kind: type, day: int, **fields: Any) -> Command:  # noqa: ANN401 (as the commands take them)
        command: Command = kind(opportunity_no=no, on=date(2026, 1, day), **fields)
        return command

    return [
        of(MoveToNextStage, 5, amount=8000),
        of(MoveToPreviousStage, 6, chances_percent=35),
        CreateQuote(opportunity_no=no, amount=8000),
        of(SkipToStage, 7, stage=3),
        of(UpdateOpportunity, 8, amount=8500, expected_close_on=date(2026, 2, 2)),
        of(JumpToStage, 9, stage=1),
        of(MoveToNextStage, 10, chances_percent=60),
        of(CloseAsWon, 11, close_reason_code="PRODUCT_W"),
    ]


def _go(page: Page, step: str, button: str, *, stage: str = "", **typed: str) -> None:
    """Choose a step, fill in its form, record it."""
    _step(page, step, button)
    if stage:
        _choose(page, "To stage", stage)
    _type(page, **typed)
    _press(page, button)
    _recorded(page, typed["day"])


def _win(page: Page, day: str, reason: str) -> None:
    _step(page, "Won", "Close as won")
    _day(page, "Closed on", day)
    _choose(page, "Close reason", reason)
    _press(page, "Close as won")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("Won")
    settled(page)


def _quote(page: Page, amount: str) -> None:
    _step(page, "Quote", "Create the quote")
    page.get_by_label("Amount without VAT").fill(amount)
    _press(page, "Create the quote")
    expect(page.get_by_role("link", name=re.compile(r"^Quote SQ\d+")).first).to_be_visible()
    settled(page)


def _recorded(page: Page, day: str) -> None:
    """The standing is that of the day."""
    words = f"{date.fromisoformat(day):%-d %b %Y}"
    expect(page.get_by_text(f"changed {words}")).to_be_visible()
    settled(page)


def _step(page: Page, name: str, button: str) -> None:
    """Choose what happened, and wait for the form that has the button."""
    pills = page.locator("[class*=st-key-step-]")
    pills.get_by_text(re.compile(rf"^{name}(:|$)")).first.click()
    expect(
        page.get_by_test_id("stMain").get_by_role("button", name=button, exact=True)
    ).to_be_visible()
    settled(page)


# --- fields --------------------------------------------------------------------------------------


def _type(page: Page, **typed: str) -> None:
    """Fill in what a move carries."""
    if day := typed.get("day"):
        _day(page, "Date of change", day)
    if amount := typed.get("amount"):
        page.get_by_label("Amount", exact=True).fill(amount)
    if close := typed.get("close"):
        _day(page, "Expected close date", close)
    if chances := typed.get("chances"):
        page.get_by_label("Chances of success %", exact=True).fill(chances)


def _day(page: Page, label: str, day: str) -> None:
    """Type a day into its three parts."""
    page.get_by_label(f"year, {label}", exact=True).click()
    page.keyboard.type(day.replace("-", ""))


def _choose(page: Page, label: str, option: str) -> None:
    """Type what is wanted into a list, which opens it, and take it; unless it stands there."""
    field = page.get_by_label(label, exact=True)
    if field.input_value() == option:
        return
    field.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()
    settled(page)


def _paste(page: Page, rows: pd.DataFrame, *, at: int) -> None:
    """Paste rows into the empty table: a click on its last line makes the first of them."""
    grid = page.get_by_test_id("stDataFrame").last.locator("canvas").first
    expect(grid).to_be_visible()
    settled(page)
    grid.click(position={"x": at, "y": 52}, force=True)
    cell = page.locator("#portal textarea")
    expect(cell).to_be_visible()
    page.keyboard.press("Escape")
    expect(cell).to_be_hidden()
    text = rows.to_csv(sep="\t", header=False, index=False).strip("\n")
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")
    cells = page.locator("canvas [role=gridcell]")
    expect(cells.filter(has_text=str(rows["description"].iloc[-1])).first).to_be_attached()
    page.wait_for_timeout(SENT_AFTER_MS)
    settled(page)
