"""The sheet of many, and one change for all that are chosen: what is shown and what is recorded."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.several import CHOSEN
from dashboard.components.sheet import new
from dashboard.components.sheet.rows import Rows
from pipeline.entry.sheet import FIELDS, MOST_ROWS
from pipeline.store import Store, records
from tests.dashboard.conftest import Opened

GOOD = {
    "contact": "Adatum Corporation",
    "description": "40 chairs",
    "amount": "12.5k",
    "expected_close_on": "end of Sept",
    "owner": "JO",
}


def filled(*rows: dict[str, str]) -> Rows:
    """A sheet with some rows and blank ones behind them."""
    sheet = Rows(columns=FIELDS)
    sheet.add(rows)
    sheet.blank(3)
    return sheet


def choosing(opened: Opened, kind: str, *numbers: str) -> AppTest:
    """The list of opportunities with some chosen, and one kind of change."""
    app = opened("opportunities")
    app.toggle(key="several").set_value(True)
    app.session_state[CHOSEN] = list(numbers)
    app.run()
    app.session_state["several-kind"] = kind
    return app.run()


def captured(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the page sends to the sheet in the browser."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(new, "mount", lambda _key, data, _heard: sent.append(data))
    return sent


def test_rows_are_put_over_blank_ones_from_where_they_are_pasted() -> None:
    """Pasted at the second of three rows, two rows take its place and the next."""
    sheet = filled({"description": "first"})
    names = list(sheet.typed)
    sheet.add([{"description": "a"}, {"description": "b"}], at=names[1])
    assert [cells["description"] for cells in sheet.filled.values()] == ["first", "a", "b"]


def test_what_was_sent_before_the_page_changed_the_rows_is_not_taken() -> None:
    """An answer that crosses a paste would bring back what stood before it."""
    sheet = filled({"description": "first"})
    name = next(iter(sheet.typed))
    old = {"turn": sheet.turn - 1, "rows": [{"id": name, "cells": {"description": "old"}}]}
    assert not sheet.heard(old)
    now = {"turn": sheet.turn, "rows": [{"id": name, "cells": {"description": " new "}}]}
    assert sheet.heard(now)
    assert sheet.typed[name]["description"] == "new"


def test_a_refusal_of_a_row_is_gone_when_it_is_typed_on() -> None:
    """Its cells are judged anew."""
    sheet = filled({"description": "first"})
    name = next(iter(sheet.typed))
    sheet.refused[name] = {"contact": "It has gone."}
    sheet.heard({"turn": sheet.turn, "rows": [{"id": name, "cells": {"description": "second"}}]})
    assert not sheet.refused


@pytest.mark.usefixtures("company")
def test_the_sheet_marks_each_cell_and_counts_what_is_ready(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One good row and one with two wrong cells: only the good one can be saved."""
    sent = captured(monkeypatch)
    app = opened("sheet")
    app.session_state[new.KEPT] = filled(GOOD, GOOD | {"amount": "much", "owner": "XX"})
    app.run()
    assert not app.exception
    data = sent[-1]
    assert data["said"] == "1 row ready, 1 row to mend."
    assert set(data["rows"][1]["problems"]) == {"amount", "owner"}
    buttons = {one["name"]: one["disabled"] for one in data["buttons"]}
    assert buttons == {"save_all": True, "save_good": False, "clear": False}


@pytest.mark.usefixtures("company")
def test_a_paste_of_more_than_the_sheet_holds_says_how_many_were_taken(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exactly as many as fit say nothing; of more the rest is named, and what to do with it."""
    captured(monkeypatch)
    app = opened("sheet")
    sheet = filled(GOOD)
    app.session_state[new.KEPT] = sheet
    wish: dict[str, Any] = {"kind": "paste", "at": {"column": "contact"}}

    def pasted(number: int) -> None:
        asked = wish | {"turn": sheet.turn, "rows": [], "text": "Adatum\tChairs\n" * number}
        monkeypatch.setattr(new, "asked", lambda _key: asked)
        monkeypatch.setattr(new, "_rows", lambda: sheet)
        new._heard()

    pasted(MOST_ROWS - 1)
    assert (len(sheet.filled), sheet.said) == (MOST_ROWS, "")
    sheet.drop(list(sheet.filled)[10:])
    pasted(5 * MOST_ROWS)
    assert len(sheet.filled) == MOST_ROWS
    assert sheet.said.startswith("Only the first 990 rows pasted were taken: the sheet holds 1,000")


@pytest.mark.usefixtures("company")
def test_an_empty_company_is_led_to_its_first_steps(opened: Opened) -> None:
    """There is a sheet once there is a cycle and somebody who sells."""
    app = opened("sheet")
    assert not app.exception
    assert [title.value for title in app.title] == ["Many at once"]


def test_a_company_that_is_not_set_up_says_so(opened: Opened) -> None:
    """Nothing can be entered yet."""
    app = opened("sheet")
    assert "not set up" in " ".join(str(one.value) for one in app.markdown)


@pytest.mark.usefixtures("company")
def test_nothing_chosen_leads_back_to_the_list(opened: Opened) -> None:
    """The sheet of those chosen says how to choose."""
    app = opened("sheet", rows="Those chosen")
    assert not app.exception
    assert "No opportunity is chosen" in " ".join(str(one.value) for one in app.markdown)


def test_close_dates_of_those_chosen_move_by_two_weeks_in_one_batch(
    company: Store, opened: Opened
) -> None:
    """The preview shows what it was and becomes; a closed one says why it stays."""
    app = choosing(opened, "Close date", "OP000001", "OP000003")
    app.selectbox(key="bulk-Close date-0-how").set_value("later by")
    app.run()
    assert not app.exception
    table = next(one.value for one in app.dataframe if "then" in one.value)
    assert table["then"].tolist()[0] == "15 Mar 2026"
    assert "Reopen it" in table["what_happens"].tolist()[1]
    app.button(key="record-bulk-Close date").click()
    app.run()
    last = records.opportunity(company, "OP000001").last
    assert last is not None
    assert last.expected_close_on == date(2026, 3, 15)
    batches = company.rows("select command from batches order by batch_id desc limit 1")
    assert batches == [("change several",)]


def test_those_chosen_go_to_their_next_stage(company: Store, opened: Opened) -> None:
    """One moves on; one that is not in progress stays, with the reason."""
    app = choosing(opened, "Next stage", "OP000001", "OP000005")
    app.button(key="record-bulk-Next stage").click()
    app.run()
    assert not app.exception
    last = records.opportunity(company, "OP000001").last
    assert last is not None
    assert last.stage == 3


def test_a_category_for_those_chosen_asks_why(company: Store, opened: Opened) -> None:
    """Without a reason nothing is offered; with one it is recorded for each."""
    app = choosing(opened, "Category", "OP000001", "OP000002")
    app.selectbox(key="bulk-Category-0-category").set_value("commit")
    app.run()
    assert not [one for one in app.button if one.key == "record-bulk-Category"]
    app.text_input(key="bulk-Category-0-reason").set_value("They signed")
    app.run()
    app.button(key="record-bulk-Category").click()
    app.run()
    for no in ("OP000001", "OP000002"):
        last = records.opportunity(company, no).last
        assert last is not None
        assert last.forecast_category == "commit"
