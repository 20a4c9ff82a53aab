"""The page of the board: which board, what it says, what the browser is sent."""

import json
from datetime import date, timedelta

from dashboard.components.board import cards
from pipeline.commands import CreateTask, DefineSalesCycle, DefineStage, carry_out
from pipeline.domain.scope import Scope
from pipeline.reports import look_ups
from pipeline.reports.board import board, board_cards
from pipeline.reports.opportunities import opportunities
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened


def words(app: object) -> str:
    """Everything a page says in Markdown and captions."""
    parts = [*app.markdown, *app.caption]  # type: ignore[attr-defined]
    return " ".join(part.value for part in parts)


def test_the_answer_line_counts_what_is_in_progress_and_drafts_apart(
    company: Store, opened: Opened
) -> None:
    """OP000001 and OP000002 are in progress, OP000005 is not started; won and lost are gone."""
    assert company is not None
    app = opened("board")
    assert app.title[0].value == "Board"
    assert "**2 opportunities** in progress, 30 k together" in words(app)
    assert "1 not started" in words(app)
    assert [box.label for box in app.toggle] == ["Mine"]
    assert "move the card to the column beside" in words(app)


def test_mine_is_what_whoever_is_here_owns(company: Store, opened: Opened) -> None:
    """Jim has the 10,000; the switch is in the address, so the view is a link."""
    assert company is not None
    app = opened("board", mine="true")
    assert "**1 opportunity** in progress, 10 k together" in words(app)


def test_a_past_day_can_be_looked_at_only(company: Store, opened: Opened) -> None:
    """It says why, and what to do."""
    assert company is not None
    app = opened("board", as_of="2025-11-10")
    assert "This is the board as of 10 Nov 2025" in words(app)


def test_the_bar_and_the_board_agree_on_the_cycle(company: Store, opened: Opened) -> None:
    """A link that asks for the board of one cycle in a bar narrowed to another: the bar holds."""
    stage = DefineStage(cycle_code="OLD", stage=1)
    carry_out(company, DefineSalesCycle(code="OLD"), stage, by="JO", today=TODAY)
    app = opened("board", cycle="NEW", on_board="OLD")
    assert "**2 opportunities** in progress" in words(app)


def test_without_a_sales_cycle_the_page_says_what_to_do(address: object, opened: Opened) -> None:
    """A new company."""
    assert address is not None
    assert "Define one with its stages to begin" in words(opened("board"))


def test_the_browser_is_sent_words_and_marks(company: Store) -> None:
    """Plain values only; OP000002 is overdue, and OP000001 names its next step."""
    due_on = TODAY + timedelta(days=6)
    step = CreateTask(opportunity_no="OP000001", description="Call", due_on=due_on)
    carry_out(company, step, by="JO", today=TODAY)
    scope = Scope(as_of=TODAY, cycles=("NEW",))
    columns, shown = board(company, scope), board_cards(company, scope)
    sent = cards.columns(columns.frame, shown.frame, {1: 3}, "light", {})
    assert json.loads(json.dumps(sent)) == sent
    assert [column["name"] for column in sent] == ["Not started", "Qualify", "Offer", "Sign"]
    assert [column["count"] for column in sent] == [1, 1, 1, 0]
    assert [column["first"] for column in sent] == [0, 3, 0, 0]
    assert sent[0]["sums"] == "counted apart"
    overdue, stepping = sent[1]["cards"][0], sent[2]["cards"][0]
    assert [mark["kind"] for mark in overdue["marks"]] == ["overdue", "stepless"]
    assert stepping["step"]["on"] == "3 Feb 2026"
    assert stepping["typed"]["amount"] == "10000.00"
    assert date.fromisoformat(stepping["typed"]["expected_close_on"]) > date(2025, 11, 3)


def test_the_figures_of_a_column_lead_to_lists_of_as_many_rows(company: Store) -> None:
    """Its number first, then each mark; a mark of nothing is left out."""
    scope = Scope(as_of=TODAY, cycles=("NEW",))
    columns, shown = board(company, scope), board_cards(company, scope)
    behind = {1: {what: {"stage": ["1"], "of": [what]} for what in columns.opens}}
    sent = cards.columns(columns.frame, shown.frame, {}, "light", behind)
    assert [figure["text"] for figure in sent[1]["lists"]] == [
        "1",
        "1 overdue",
        "1 without a next step",
    ]
    assert sent[1]["lists"][1]["href"] == "./opportunities?stage=1&of=overdue"
    for row in columns.frame.to_dict("records"):
        for what in columns.opens:
            inside, selection = columns.behind(row, what)
            found = opportunities(company, inside, selection).totals["opportunities"]
            assert found == row[what], (row["stage"], what)


def test_every_column_knows_where_its_cards_can_go(company: Store) -> None:
    """Offer must not be skipped: from Qualify there is no way to Sign, and the reason is given."""
    cycle = look_ups.sales_cycle(company, "NEW")
    ways = cards.moves(cycle, [0, 1, 2, 3])
    assert ways["1"]["2"] == ""
    assert "Offer must not be skipped" in ways["1"]["3"]
    assert ways["0"]["1"] == ""
    assert set(ways["3"]) == {"0", "1", "2"}
