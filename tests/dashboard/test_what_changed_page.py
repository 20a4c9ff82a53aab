"""What changed and history, as pages: the answer, the views, the causes of a bar, then and now."""

from datetime import date, datetime, time
from typing import Any

import pandas as pd
import pytest
import streamlit as st

from dashboard.components import causes
from pipeline.commands import CloseAsLost, carry_out
from pipeline.domain.scope import Scope
from pipeline.reports import Report
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened
from tests.dashboard.test_pages import answer, captions, tiles

QUARTER = {"from": "2025-10-01", "to": "2025-12-31"}
"""The period in which the whole company was lived; both days stand in the bar."""


@pytest.mark.usefixtures("company")
def test_the_change_of_a_quarter_in_a_sentence_and_five_figures(opened: Opened) -> None:
    """Four began with 43,000 together, 5,000 were won and 8,000 lost: 30,000 are open."""
    app = opened("what_changed", **QUARTER)

    assert answer(app) == "From 0 to **30 k** (+30 k), 1 Oct 2025 to 31 Dec 2025."
    assert tiles(app) == {
        "Start": "0",
        "New": "43 k",
        "Won": "5,000",
        "Lost": "8,000",
        "Hidden from snapshots": "13 k",
    }
    assert "Each transition counts in one bucket" in captions(app)
    assert len(app.dataframe[0].value) == 16


@pytest.mark.usefixtures("company")
def test_behind_a_bar_stand_the_transitions_that_caused_it(opened: Opened) -> None:
    """A link names the bar: the one loss, what it was before and what it became."""
    app = opened("what_changed", bucket="Lost", **QUARTER)

    assert "**Lost**: 1 transition, -8,000.00" in [text.value for text in app.markdown]
    shown = app.dataframe[0].value
    assert shown["opportunity_no"].tolist() == ["OP000004"]
    assert shown[["before", "after"]].to_numpy().tolist() == [["Qualify", "lost"]]


def test_a_chosen_row_or_mark_is_the_bar_to_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row by its place, a mark of the figure by the row it carries; an empty choice keeps all."""
    state: dict[str, Any] = {"bars": {"selection": {"rows": [1]}}}
    monkeypatch.setattr(st, "session_state", state)
    frame = pd.DataFrame({"bucket": ["starting", "new", "won"]})
    report = Report(name="", definition="", frame=frame, scope=Scope(as_of=TODAY))
    choose = causes.chosen_in(report, "bars")
    choose()
    assert state["bucket"] == "new"
    state["bars"] = {"selection": {"rows": [], "points": [{"customdata": 2}]}}
    choose()
    assert state["bucket"] == "won"
    state["bars"] = {"selection": {"rows": [], "points": []}}
    choose()
    assert state["bucket"] == "won"


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("view", "column"),
    [("Two snapshots", "compared_amount"), ("Categories", "came_from"), ("Stages", "entries")],
)
def test_the_other_views_have_their_table(opened: Opened, view: str, column: str) -> None:
    """Each draws one figure and stands beside its own table."""
    app = opened("what_changed", view=view, **QUARTER)

    assert len(app.get("plotly_chart")) == 1
    assert column in app.dataframe[0].value


@pytest.mark.usefixtures("company")
def test_without_days_in_the_bar_it_is_the_last_full_week(opened: Opened) -> None:
    """As of Wednesday 28 January: Monday the 19th to Sunday the 25th, in which nothing moved."""
    app = opened("what_changed")

    assert answer(app) == "From 30 k to **30 k** (0), 19 Jan 2026 to 25 Jan 2026."


@pytest.mark.usefixtures("company")
def test_a_window_keeps_what_is_expected_to_close_in_it(opened: Opened) -> None:
    """OP000001 is expected in March, OP000002 in January: this month is 20,000."""
    app = opened("what_changed", window="This month")

    assert "From 20 k to **20 k**" in answer(app)


@pytest.mark.usefixtures("company")
def test_history_by_months_and_by_weeks(opened: Opened) -> None:
    """The newest day comes first: 10,000 at 50 percent and 20,000 at 20."""
    app = opened("history")
    newest = app.dataframe[0].value.head(2)
    assert "30 k open on 28 Jan 2026, **9,000 weighted**" in answer(app)
    assert newest["weighted_amount"].tolist() == [4_000, 5_000]

    weekly = opened("history", every="Weeks", of="Number")
    assert weekly.dataframe[0].value["counted_on"].nunique() == 27


def test_then_and_now_names_what_was_recorded_since(company: Store, opened: Opened) -> None:
    """Long after, the loss of OP000002 on 30 December is entered: 20,000 fewer were open."""
    lost = CloseAsLost(opportunity_no="OP000002", close_reason_code="PRICE", on=date(2025, 12, 30))
    carry_out(company, lost, by="LT", today=TODAY, at=datetime.combine(date(2195, 1, 5), time(9)))
    app = opened("history", view="Then and now", known="2190-01-01", as_of="2025-12-31")

    assert answer(app) == (
        "On 31 Dec 2025 **10 k** were open, as known now; 30 k as known on 1 Jan 2190, 23:59 "
        "(−20 k). 1 opportunity is known otherwise now."
    )
    (row,) = app.dataframe[1].value.to_dict("records")
    assert (row["opportunity_no"], row["reason"], row["recorded_by"]) == (
        "OP000002",
        "entered late",
        "LT",
    )
    assert (row["then_state"], row["now_state"]) == ("Qualify", "lost")


@pytest.mark.usefixtures("company")
def test_then_and_now_says_when_nothing_was_recorded_since(opened: Opened) -> None:
    """Nothing is recorded after a day that is yet to come."""
    app = opened("history", view="Then and now", known="2190-01-01")

    assert "0 opportunities are known otherwise now" in answer(app)
