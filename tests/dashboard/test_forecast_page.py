"""The pages of forecast and quotas, with a small company, with quotas and without anything."""

import re
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import landing as landing_charts
from dashboard.charts import pacing as pacing_charts
from dashboard.components.edit_grid import delta, without_missing
from dashboard.components.landing_views import answer
from dashboard.components.quota_grid import QuotaGrid, over_assigned
from pipeline import reports
from pipeline.commands import DefineSetting, SetQuota, SubmitCall, carry_out
from pipeline.domain.calendar import PeriodKind
from pipeline.domain.scope import Scope
from pipeline.reports.landing import land
from pipeline.reports.quota_table import quota_table
from pipeline.store import Store, records
from tests.dashboard.conftest import TODAY, Opened, edit

NOW = Scope(as_of=TODAY)
QUOTAS = "quotas-2026-won amount-4"
"""The grid of the four quarters of 2026."""


@pytest.fixture
def aimed(company: Store) -> Store:
    """The company aims at 50,000 in the first quarter of 2026, Jim at 30,000."""
    carry_out(
        company,
        SetQuota(on=TODAY, target=50_000),
        SetQuota(level="owner", code="JO", on=TODAY, target=30_000),
        by="JO",
        today=date(2026, 1, 2),
    )
    return company


def headline(app: AppTest) -> str:
    """The one sentence under the title."""
    return app.markdown[0].value


def edited(app: AppTest, grid: str, rows: dict[int, dict[str, Any]]) -> AppTest:
    """Edit cells of a grid, as a person would."""
    return edit(app, f"{grid}-0", rows)


def test_the_forecast_answers_in_one_line(aimed: Store, opened: Opened) -> None:
    """What is expected, how far from the quota, how sure; and where each figure comes from."""
    app = opened("forecast")
    found = land(aimed, NOW)
    assert "expected in 2026 Q1**" in headline(app)
    assert "short of the quota of 50 k" in headline(app)
    assert "chance to reach it" in headline(app)
    assert headline(app) == answer(found)
    assert [tile.label for tile in app.metric] == [
        "Won so far",
        "Commit",
        "Range",
        "Coverage",
        "Pace",
    ]


@pytest.mark.parametrize("view", ["Landing", "Pace", "Roll-up", "Opportunities", "Calls"])
def test_every_view_is_drawn_with_little_and_with_nothing(opened: Opened, view: str) -> None:
    """A new company sees why there is nothing, not a traceback."""
    app = opened("forecast", view=view)
    assert not app.exception
    assert "no quota is set" in headline(app)


@pytest.mark.parametrize("view", ["Pace", "Roll-up", "Opportunities", "Calls"])
def test_every_view_is_drawn_for_a_company(aimed: Store, opened: Opened, view: str) -> None:
    """Its tables hold what the reports give."""
    app = opened("forecast", view=view)
    assert not app.exception
    if view == "Roll-up":
        expected = reports.forecast_rollup(aimed, NOW).frame["open_amount"]
        assert list(app.dataframe[0].value["open_amount"]) == list(expected)
        assert any("closed 0" in caption.value for caption in app.caption)


def test_a_period_stands_in_the_address_and_a_slip_is_said(company: Store, opened: Opened) -> None:
    """A quarter that is over says what was won; words that are no period are refused."""
    over = opened("forecast", period="2025 Q4")
    assert headline(over) == "2025 Q4 is over: **5,000 won**, and no quota was set."
    far = opened("forecast", period="Jan 2020")
    assert headline(far).startswith("Jan 2020 is over")
    slip = opened("forecast", period="soon")
    assert "is no period" in slip.warning[0].value
    assert company.rows("select count(*) from calls") == [(0,)]


def test_a_call_is_submitted_and_stands_below(aimed: Store, opened: Opened) -> None:
    """Jim calls 20,000 for his quarter; without an amount nothing is lost but a sentence said."""
    app = opened("forecast", view="Calls")
    app.text_input(key="call-0-note").set_value("Adatum signs")
    submit = next(button for button in app.button if button.label == "Submit")
    submit.click().run()
    assert any(
        "call" in text.value and ":red[" in text.value for text in [*app.markdown, *app.error]
    )
    assert app.text_input(key="call-0-note").value == "Adatum signs"
    app.number_input(key="call-0-amount").set_value(20_000.0)
    next(button for button in app.button if button.label == "Submit").click().run()
    assert aimed.rows("select level, code, caller, amount, note from calls") == [
        ("owner", "JO", "seller", 20_000, "Adatum signs")
    ]
    assert list(app.dataframe[0].value["called_amount"]) == [20_000]
    assert list(app.dataframe[0].value["called_by"]) == ["Jim Olive"]


def test_a_category_is_set_in_the_grid_with_a_reason(aimed: Store, opened: Opened) -> None:
    """Without a reason it is refused; with one it stands in the log."""
    rows = reports.forecast_opportunities(aimed, NOW).frame
    place = list(rows["opportunity_no"]).index("OP000001")
    app = edited(
        opened("forecast", view="Opportunities"),
        "categories",
        {place: {"category": "commit", "reason": "Verbal yes"}},
    )
    app.button(key="save-categories").click().run()
    last = records.opportunity(aimed, "OP000001").last
    assert last is not None
    assert last.forecast_category == "commit"
    assert last.note.endswith("; Verbal yes")


def test_a_category_without_a_reason_is_refused(aimed: Store, opened: Opened) -> None:
    """The sentence says what is missing; nothing is recorded."""
    app = edited(
        opened("forecast", view="Opportunities"), "categories", {0: {"category": "omitted"}}
    )
    said = " ".join(each.value.replace("\\", "") for each in app.caption)
    assert re.search(r"OP\d+ is forecast as omitted: say why.", said), "said before it is refused"
    app.button(key="save-categories").click().run()
    assert any("reason" in error.value for error in app.error)
    assert aimed.rows("select count(*) from transitions where action = 'edit'") == [(0,)]


def test_quotas_are_typed_into_the_grid(company: Store, opened: Opened) -> None:
    """The company's first quarter, and Jim's; a blank cell removes it again."""
    app = edited(opened("quotas"), QUOTAS, {0: {"2026 Q1": 50_000.0}, 2: {"2026 Q1": 30_000.0}})
    save = next(button for button in app.button if button.label == "Save quotas")
    save.click().run()
    assert company.rows("select level, code, target from quotas order by level") == [
        ("company", "", 50_000),
        ("owner", "JO", 30_000),
    ]
    app = edited(opened("quotas"), QUOTAS, {0: {"2026 Q1": None}})
    next(button for button in app.button if button.label == "Save quotas").click().run()
    assert company.rows("select level from quotas") == [("owner",)]


@pytest.mark.parametrize("view", ["Quotas", "Attainment", "Days active", "From a file"])
def test_every_view_of_quotas_is_drawn(aimed: Store, opened: Opened, view: str) -> None:
    """With quotas of a quarter, of which the year has only one."""
    app = opened("quotas", view=view)
    assert not app.exception
    assert "quotas are set for 2026 Q1 only" in headline(app)
    assert aimed.rows("select count(*) from quotas") == [(2,)]


def test_quotas_of_another_fiscal_year_are_said_to_be_there_and_new_ones_count(
    aimed: Store, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From January to February: the old quarter is no period any more, four new ones make a year.

    Who looks at the quotas is told that the old ones do not count.
    """
    carry_out(aimed, SetQuota(on=date(2026, 6, 1), target=1), by="JO", today=TODAY)
    february = DefineSetting(name="fiscal_year_start", value="2")
    carry_out(aimed, february, by="JO", today=TODAY)
    monkeypatch.setenv("PIPELINE_TODAY", "2026-03-01")
    app = opened("quotas")
    assert headline(app).startswith("No quota is set for FY2027 yet")
    said = " ".join(each.value for each in app.caption)
    assert "Quotas of 1 Apr 2026 to 30 Jun 2026 do not count" in said
    days = [date(2026, month, 1) for month in (2, 5, 8, 11)]
    carry_out(aimed, *(SetQuota(on=day, target=10) for day in days), by="JO", today=TODAY)
    app = opened("quotas")
    assert headline(app).startswith("FY2027: 0.0")
    assert "of 40 attained" in headline(app)


def test_a_quota_of_a_running_period_is_said_to_be_revised(aimed: Store) -> None:
    """50,000 becomes 60,000 on 28 January: from that day on; the second quarter has not begun."""
    table = quota_table(aimed, NOW, kind=PeriodKind.QUARTER, measure="won amount")
    grid = QuotaGrid(table, "won amount")
    edits = delta(
        without_missing(table.frame),
        {"edited_rows": {0: {"2026 Q1": 60_000.0, "2026 Q2": 70_000.0}}},
    )
    assert list(grid._revised(edits, TODAY)) == [
        "2026 Q1: Company has 60,000 from today on; until yesterday it stays at 50,000."
    ]


def test_the_months_of_a_year_stand_without_the_year_over_their_columns(aimed: Store) -> None:
    """Of twelve narrow columns the year would be cut off; it is chosen above."""
    table = quota_table(aimed, NOW, kind=PeriodKind.MONTH, measure="won amount")
    columns = QuotaGrid(table, "won amount")._columns()
    assert [columns[period.label]["label"] for period in table.periods][:2] == ["Jan", "Feb"]


def test_days_active_are_typed_into_the_grid(aimed: Store, opened: Opened) -> None:
    """Jim joined in the middle of January."""
    app = edited(
        opened("quotas", view="Days active"), "days-active", {0: {"joined_on": "2026-01-15"}}
    )
    next(button for button in app.button if button.label == "Save days").click().run()
    assert aimed.rows("select joined_on from salespeople where owner_code = 'JO'") == [
        (date(2026, 1, 15),)
    ]


def test_over_assignment_is_said_before_it_is_saved(aimed: Store) -> None:
    """The company has 50,000, its members together 30,000."""
    table = quota_table(aimed, NOW, kind=PeriodKind.QUARTER, measure="won amount")
    assert over_assigned(table.frame, "2026 Q1") == [
        "2026 Q1: the company has 50,000, its members together 30,000 (-20,000)."
    ]
    grid = QuotaGrid(table, "won amount")
    plain = without_missing(table.frame)
    edits = delta(plain, {"edited_rows": {1: {"2026 Q1": 25_000.0}}})
    assert list(grid._effects(edits)) == [
        "2026 Q1: East has 25,000, its members together 30,000 (+5,000).",
        "2026 Q1: the company has 50,000, its members together 25,000 (-25,000).",
    ]


def test_the_figure_of_landing_holds_the_table(aimed: Store) -> None:
    """A bar for each way, the range on the expected, the quota as a line, a call as a diamond."""
    carry_out(aimed, SubmitCall(on=TODAY, amount=40_000), by="LT", today=TODAY)
    report = reports.landing(aimed, NOW)
    figure = landing_charts.ways(report.frame, (10.0, 20.0), 50_000.0, "light")
    won, remaining, new, spread, call, _ = figure.data
    bars = report.frame[report.frame["basis"] != "call"]
    assert list(remaining.x) == list(bars["remaining_amount"])
    assert list(won.x) == list(bars["won_so_far_amount"])
    assert list(new.x) == list(bars["new_amount"])
    assert list(spread.x) == [10.0, 20.0]
    assert list(call.x) == [40_000]
    assert figure.layout.shapes[0].x0 == 50_000


def test_the_fan_holds_the_table(aimed: Store) -> None:
    """What is won stands for the weeks that have begun, the quota is a line."""
    report = reports.pacing(aimed, NOW)
    figure = pacing_charts.fan(report.frame, 50_000.0, "dark")
    assert list(figure.data[-1].y) == [0, 0, 0, 0]
    assert figure.layout.shapes[0].y0 == 50_000
