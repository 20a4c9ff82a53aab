"""The pages of swing and what-if: what they answer, what is tried, and what is recorded of it."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import swing as swing_charts
from dashboard.charts import what_if as what_if_charts
from pipeline.commands import SetQuota, UpdateOpportunity, carry_out
from pipeline.domain.scope import Scope
from pipeline.reports.landing import land
from pipeline.reports.swing import of_landing
from pipeline.reports.what_if import Change, compared, ground, report_of
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened, edit

NOW = Scope(as_of=TODAY)
METHOD = "Stage-weighted"


@pytest.fixture
def aimed(company: Store) -> Store:
    """The company aims at 15,000 in the first quarter of 2026, the larger of the two alone."""
    carry_out(company, SetQuota(on=TODAY, target=15_000), by="JO", today=date(2026, 1, 2))
    return company


def answer(app: AppTest) -> str:
    """The one sentence under the title."""
    return app.markdown[0].value


def suppose(app: AppTest, rows: dict[int, dict[str, Any]]) -> AppTest:
    """Edit cells of the table, as a person would."""
    return edit(app, "what-if-0", rows)


def tile(app: AppTest, label: str) -> Any:  # noqa: ANN401 (an element of AppTest)
    """A figure by its label."""
    return next(each for each in app.metric if each.label == label)


def supposed(app: AppTest) -> list[str]:
    """What is listed as supposed, as a person reads it."""
    lines = [each.value.replace("\\", "") for each in app.caption]
    return [line for line in lines if line.startswith("OP0")]


def press(app: AppTest, label: str) -> AppTest:
    """Press a button by its words."""
    return next(each for each in app.button if each.label == label).click().run()


def record(app: AppTest) -> AppTest:
    """Press the button that records."""
    return press(app, "Record these changes")


# --- swing ---------------------------------------------------------------------------------------


def test_the_swing_page_says_on_whom_the_quota_hangs(aimed: Store, opened: Opened) -> None:
    """20,000 alone reach the quota: won it is reached, lost it is not."""
    app = opened("swing", method=METHOD)
    found = land(aimed, NOW, method="stage-weighted")
    table = of_landing(aimed, found).frame
    assert "chance to reach 15 k" in answer(app)
    assert "Deal" in answer(app) or str(table["description"].iloc[0]) in answer(app)
    assert list(app.dataframe[0].value["opportunity_no"]) == list(table["opportunity_no"])
    assert tile(app, "Largest share").value.endswith("%")


@pytest.mark.parametrize("view", ["Swing", "Way to quota"])
def test_the_swing_page_is_drawn_with_nothing(opened: Opened, view: str) -> None:
    """A new company sees why there is nothing."""
    app = opened("swing", view=view)
    assert not app.exception
    assert "No quota is set" in answer(app)
    assert tile(app, "Chance").value == "–", "without a quota there is no chance to reach it"


def test_the_way_to_the_quota_is_a_table_of_its_own(aimed: Store, opened: Opened) -> None:
    """The fewest that close the gap, with the chance when they are won."""
    app = opened("swing", view="Way to quota", method=METHOD)
    assert "would close the gap" in " ".join(each.value for each in app.markdown)
    assert app.dataframe[0].value["chance_so_far_rate"].iloc[-1] == 1
    assert aimed.rows("select count(*) from calls") == [(0,)]


# --- what if -------------------------------------------------------------------------------------


def test_nothing_is_recorded_before_it_is_asked_for(aimed: Store, opened: Opened) -> None:
    """OP000001 is supposed to be won: the chance is whole, the log has not one row more."""
    before = aimed.rows("select count(*) from transitions")
    app = suppose(opened("what_if", method=METHOD), {1: {"amount": 16_000.0, "outcome": "won"}})
    assert "With 1 change" in answer(app)
    assert tile(app, "Chance").value == "> 99\u00a0%"
    on = ground(aimed, Scope(as_of=TODAY, from_on=date(2026, 1, 1), to_on=date(2026, 3, 31)))
    assert on.landing.target.amount == 15_000
    assert aimed.rows("select count(*) from transitions") == before


def test_what_is_recorded_is_what_was_shown(aimed: Store, opened: Opened) -> None:
    """Another amount and date, and a win: one batch, and the landing is the one that was shown."""
    app = opened("what_if", method=METHOD)
    rows: dict[int, dict[str, Any]] = {
        0: {"amount": 12_500.5, "expected_close_on": "2026-03-20"},
        1: {"outcome": "won"},
    }
    suppose(app, rows)
    shown = {label: tile(app, label).value for label in ("P10", "P50", "P90", "Expected", "Chance")}
    record(app)
    assert not app.exception
    newest = aimed.rows(
        "select opportunity_no, action, transitions.amount, transitions.weighted_amount, "
        "transitions.expected_close_on, transitions.batch_id from transitions "
        "join opportunities using (opportunity_id) where valid_to is null "
        "and valid_from = ? order by opportunity_no",
        [TODAY],
    )
    assert [(row[0], row[1]) for row in newest] == [("OP000001", "won"), ("OP000002", "update")]
    assert (newest[0][3], newest[0][4]) == (10_000, TODAY)
    assert (float(newest[1][2]), newest[1][4]) == (12_500.5, date(2026, 3, 20))
    assert newest[0][5] == newest[1][5]
    found = land(aimed, NOW, method="stage-weighted").forecast
    again = opened("what_if", method=METHOD)
    assert {label: tile(again, label).value for label in shown} == shown
    assert found.won == 10_000


def test_a_drop_needs_no_more_than_its_reason_and_can_be_put_back(
    aimed: Store, opened: Opened
) -> None:
    """Dropped lowers the landing; put back the figures are those of before; then it is dropped."""
    app = opened("what_if", method=METHOD)
    before = tile(app, "Expected").value
    suppose(app, {0: {"outcome": "dropped"}})
    assert tile(app, "Expected").value != before
    press(app, "Put back")
    assert tile(app, "Expected").value == before
    assert answer(app).startswith("As recorded")
    suppose(app, {0: {"outcome": "dropped"}})
    assert "close reason" in app.warning[0].value
    app.selectbox(key="what-if-0-reason-lost").set_value("RIVAL").run()
    record(app)
    lost = aimed.rows(
        "select opportunity_no from transitions join opportunities using (opportunity_id) "
        "where action = 'lost' and valid_from = ?",
        [TODAY],
    )
    assert lost == [("OP000002",)]


def test_what_is_supposed_of_one_is_never_said_of_another(aimed: Store, opened: Opened) -> None:
    """OP000002 was dropped; meanwhile the other became the largest and stands in its row."""
    app = suppose(opened("what_if", method=METHOD), {0: {"outcome": "dropped"}})
    assert "With 1 change" in answer(app)
    larger = UpdateOpportunity(opportunity_no="OP000001", amount=90_000)
    carry_out(aimed, larger, by="LT", today=TODAY)
    app.run()
    assert not app.exception
    assert "With 1 change" in answer(app)
    assert supposed(app) == ["OP000002 Machines for Coho: dropped"]
    assert list(app.dataframe[0].value["outcome"]) == ["as is", "dropped"]


def test_what_cannot_be_recorded_is_said_and_tried_all_the_same(
    aimed: Store, opened: Opened
) -> None:
    """OP000002 is overdue: its date must move with its amount; the button waits until it does."""
    app = suppose(opened("what_if", method=METHOD), {0: {"amount": 30_000.0}})
    assert len(app.warning) == 1
    button = next(each for each in app.button if each.label == "Record these changes")
    assert button.disabled
    assert aimed.rows("select count(*) from transitions where valid_from = ?", [TODAY]) == [(0,)]


def test_the_past_can_be_tried_on_but_not_recorded(aimed: Store, opened: Opened) -> None:
    """On another day there is no button."""
    app = opened("what_if", as_of="2026-01-20", method=METHOD)
    assert not app.exception
    assert not [each for each in app.button if each.label == "Record these changes"]
    assert aimed.rows("select count(*) from transitions where valid_from = ?", [TODAY]) == [(0,)]


@pytest.mark.parametrize("reach", ["Of the period", "Everything open"])
def test_what_if_is_drawn_with_nothing(opened: Opened, reach: str) -> None:
    """A new company sees why there is nothing to try."""
    app = opened("what_if", reach=reach)
    assert not app.exception
    assert answer(app) == "As recorded, 2026 Q1 lands at 0 as likely as not."
    assert "Enter an opportunity" in " ".join(each.value for each in app.markdown)


def test_the_figures_hold_what_their_tables_hold(aimed: Store) -> None:
    """Both ends of each line, in both modes."""
    found = land(aimed, NOW, method="stage-weighted")
    frame = of_landing(aimed, found).frame
    figure = swing_charts.swings(frame, 0.5, "dark")
    assert list(figure.data[2].x) == list(frame["chance_if_won_rate"])
    on = ground(aimed, NOW, method="stage-weighted")
    tried = compared(on, [Change(opportunity_id=int(on.past.ids[0]), outcome="dropped")])
    table = report_of(aimed, tried).frame
    drawn = what_if_charts.before_and_after(table, 15_000, "light")
    assert list(drawn.data[1].x) == [table["p10_amount"][1], table["p90_amount"][1]]
    assert list(table["supposed"]) == ["As recorded", "With the changes", "Difference"]
