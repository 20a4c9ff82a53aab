"""What is supposed on the what-if page: kept by opportunity, whichever way it was said."""

from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.close_dates.days import around
from dashboard.components.what_if_changes import Supposed, differing
from pipeline.commands import SetQuota, UpdateOpportunity, carry_out
from pipeline.domain.calendar import Period, PeriodKind
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened, edit

METHOD = "Stage-weighted"
MARCH, BEHIND = date(2026, 3, 20), date(2026, 4, 2)
QUARTER = Period(
    kind=PeriodKind.QUARTER, first=date(2026, 1, 1), last=date(2026, 3, 31), label="2026 Q1"
)
FIGURES = ("P10", "P50", "P90", "Expected", "Chance")


@pytest.fixture
def aimed(company: Store) -> Store:
    """The company aims at 15,000 in the first quarter; OP000002 of LT stands above OP000001."""
    carry_out(company, SetQuota(on=TODAY, target=15_000), by="JO", today=date(2026, 1, 2))
    return company


def dragged(app: AppTest, **cells: Any) -> AppTest:  # noqa: ANN401 (of any column)
    """Suppose something of OP000001 as a drag leaves it; the browser tests drag in earnest."""
    row = next(
        row
        for row in app.session_state["what-if:table"].rows
        if row["opportunity_no"] == "OP000001"
    )
    supposed = Supposed(no="OP000001", description="Machines", version=row["version"], cells=cells)
    app.session_state["what-if:supposed"] = {row["opportunity_id"]: supposed}
    del app.session_state["what-if:table"]
    return app.run()


def figures(app: AppTest) -> list[tuple[str, str]]:
    """The tiles and what they are told against."""
    tiles = {each.label: (each.value, each.delta) for each in app.metric}
    return [tiles[label] for label in FIGURES]


def answer(app: AppTest) -> str:
    """The one sentence under the title."""
    return app.markdown[0].value


def captions(app: AppTest) -> str:
    """All the small print, as a person reads it."""
    return " ".join(each.value.replace("\\", "") for each in app.caption)


def press(app: AppTest, label: str, nth: int = 0) -> AppTest:
    """Press a button by its words."""
    app = [each for each in app.button if each.label == label][nth].click().run()
    assert not app.exception
    return app


@pytest.mark.usefixtures("aimed")
def test_a_date_that_was_dragged_counts_as_the_same_one_typed(opened: Opened) -> None:
    """Behind the end of the quarter: the figures are the same, and differ from those recorded."""
    page = opened("what_if", method=METHOD)
    recorded = figures(page)
    typed = figures(edit(page, "what-if-0", {1: {"expected_close_on": BEHIND.isoformat()}}))
    app = dragged(opened("what_if", method=METHOD), expected_close_on=BEHIND)
    assert figures(app) == typed
    assert typed != recorded
    assert app.dataframe[0].value["expected_close_on"].iloc[1] == BEHIND
    assert "closes 1 Mar 2026 → 2 Apr 2026" in captions(app)


@pytest.mark.usefixtures("aimed")
def test_what_is_typed_after_a_drag_is_added_to_it(opened: Opened) -> None:
    """The table is set up anew with the date; the amount typed into it joins it."""
    app = dragged(opened("what_if", method=METHOD), expected_close_on=MARCH)
    edit(app, "what-if-0", {1: {"amount": 12_000.0}})
    assert "10,000.00 → 12,000.00, closes 1 Mar 2026 → 20 Mar 2026" in captions(app)
    assert "With 1 change" in answer(app)
    edit(app, "what-if-0", {1: {"amount": 10_000.0, "expected_close_on": "2026-03-01"}})
    assert answer(app).startswith("As recorded"), "what equals what is recorded is no change"


@pytest.mark.usefixtures("aimed")
def test_one_or_all_are_put_back(opened: Opened) -> None:
    """Of two changes the second goes by its own button, both by the one for all."""
    app = opened("what_if", method=METHOD)
    both: dict[int, dict[str, Any]] = {0: {"outcome": "won"}, 1: {"outcome": "dropped"}}
    edit(app, "what-if-0", both)
    press(app, "Put back", nth=1)
    assert list(app.dataframe[0].value["outcome"]) == ["won", "as is"]
    assert "With 1 change" in answer(app)
    assert all(each.label != "Put all back" for each in app.button)
    edit(app, "what-if-0", {1: {"outcome": "won"}})
    press(app, "Put all back")
    assert list(app.dataframe[0].value["outcome"]) == ["as is", "as is"]
    assert answer(app).startswith("As recorded")


def test_what_is_not_shown_is_neither_lost_nor_counted(aimed: Store, opened: Opened) -> None:
    """OP000002 is dropped; for JO alone that is said; for all it counts again; then it goes."""
    app = opened("what_if", method=METHOD)
    whole = figures(edit(app, "what-if-0", {0: {"outcome": "dropped"}}))
    app.multiselect(key="owner").set_value(["Jim Olive"]).run()
    assert answer(app).startswith("As recorded")
    assert "1 more change is kept for what is not in this table, and not counted" in captions(app)
    assert "OP000002" in captions(app)
    app.multiselect(key="owner").set_value([]).run()
    assert figures(app) == whole
    app.multiselect(key="owner").set_value(["Jim Olive"]).run()
    press(app, "Put it back")
    assert "not counted" not in captions(app)
    app.multiselect(key="owner").set_value([]).run()
    assert answer(app).startswith("As recorded")
    assert aimed.rows("select count(*) from transitions where valid_from = ?", [TODAY]) == [(0,)]


def test_recording_takes_what_is_shown_and_leaves_the_rest(aimed: Store, opened: Opened) -> None:
    """JO's date is recorded; the drop of LT's stays supposed, and is there for all again."""
    app = dragged(opened("what_if", method=METHOD), expected_close_on=MARCH)
    edit(app, "what-if-0", {0: {"outcome": "dropped"}})
    app.multiselect(key="owner").set_value(["Jim Olive"]).run()
    press(app, "Record these changes")
    app.multiselect(key="owner").set_value([]).run()
    assert "With 1 change" in answer(app)
    assert list(app.dataframe[0].value["outcome"]) == ["dropped", "as is"]
    recorded = aimed.rows(
        "select opportunity_no, action, transitions.expected_close_on from transitions "
        "join opportunities using (opportunity_id) where valid_from = ?",
        [TODAY],
    )
    assert recorded == [("OP000001", "update", MARCH)]


@pytest.mark.usefixtures("aimed")
def test_what_is_supposed_stays_while_other_pages_are_looked_at(opened: Opened) -> None:
    """A win is tried, the board looked at, and the win is still there, in the table too."""
    app = edit(opened("what_if", method=METHOD), "what-if-0", {0: {"outcome": "won"}})
    app.switch_page("app_pages/swing.py").run()
    app.switch_page("app_pages/what_if.py").run()
    assert "With 1 change" in answer(app)
    assert list(app.dataframe[0].value["outcome"]) == ["won", "as is"]
    edit(app, "what-if-0", {1: {"outcome": "won"}})
    assert "With 2 changes" in answer(app)


def test_what_was_changed_meanwhile_is_refused_until_it_is_looked_at(
    aimed: Store, opened: Opened
) -> None:
    """LT makes it 11,000 after the date was dragged; nothing is recorded before JO says so."""
    app = dragged(opened("what_if", method=METHOD), expected_close_on=MARCH)
    other = UpdateOpportunity(opportunity_no="OP000001", amount=11_000)
    carry_out(aimed, other, by="LT", today=TODAY)
    app.run()
    assert "OP000001 was changed meanwhile" in app.warning[0].value.replace("\\", "")
    button = next(each for each in app.button if each.label == "Record these changes")
    assert button.disabled
    press(app, "Suppose it of OP000001 as it stands now")
    assert not app.warning
    press(app, "Record these changes")
    standing = aimed.rows(
        "select transitions.amount, transitions.expected_close_on from transitions "
        "join opportunities using (opportunity_id) "
        "where opportunity_no = 'OP000001' and valid_to is null"
    )
    assert standing == [(11_000, MARCH)]
    assert answer(app).startswith("As recorded")


def test_a_change_is_what_differs_from_what_is_recorded() -> None:
    """However the editor writes a day or a number; a cell that was emptied is a change too."""
    row = {"outcome": "as is", "amount": 10_000, "expected_close_on": MARCH}
    same = {"outcome": None, "amount": 10_000.0, "expected_close_on": "2026-03-20T00:00:00.000"}
    assert differing(row, same) == {}
    other = {"outcome": "won", "amount": None, "expected_close_on": "2026-04-02"}
    assert differing(row, other) == {"outcome": "won", "amount": None, "expected_close_on": BEHIND}


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 1, 28), date(2025, 12, 10), date(2026, 5, 15)),
        (date(2025, 11, 3), date(2025, 10, 27), date(2026, 5, 15)),
        (date(2024, 5, 1), date(2025, 12, 10), date(2026, 5, 15)),
        (date(2026, 6, 1), date(2025, 12, 10), date(2026, 6, 8)),
    ],
)
def test_the_line_covers_the_period_and_today_unless_that_is_far_away(
    today: date, first: date, last: date
) -> None:
    """A fourth of the quarter before it, half of it behind it, and a week around today."""
    days = around(QUARTER, today)
    assert (days.first, days.last) == (first, last)
    month = Period(kind=PeriodKind.MONTH, first=MARCH, last=MARCH + timedelta(2), label="short")
    assert around(month, MARCH).first == MARCH - timedelta(10)
