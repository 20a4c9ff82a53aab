"""The page on accuracy: without a past, before the first bake-off, while it runs, and after it."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard import session
from dashboard.charts import accuracy as charts
from dashboard.components import accuracy_views
from dashboard.theme import Mode, palette
from pipeline.commands import StoreForecasts, SubmitCall, carry_out
from pipeline.domain.scope import Scope
from pipeline.reports.forecast_beside_calls import beside_calls
from pipeline.reports.forecast_walk import walk
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened
from tests.stories import ten_opportunities

CHEAP = ("last-period", "same-period-last-year", "run-rate", "stage-weighted")
VIEWS = ["Track record", "Methods", "Chances", "Calls", "Categories"]


def texts(app: object) -> str:
    """Everything a page says outside of its tables."""
    shown = [*app.markdown, *app.caption]  # type: ignore[attr-defined]
    return " ".join(str(each.value) for each in shown)


@pytest.fixture
def ten(address: Path) -> Store:
    """The ten opportunities in the store of the pages; the year after them has nothing."""
    store = session.store()
    assert store.address == str(address)
    return ten_opportunities(store)


@pytest.fixture
def forecast(ten: Store) -> Store:
    """The same, with four quarters forecast by simple methods and a call of the last one."""
    called = SubmitCall(on=date(2025, 12, 1), amount=1_000)
    carry_out(ten, called, by="ANN", today=date(2025, 12, 1))
    scope = Scope(as_of=TODAY)
    for steps in (
        walk(ten, scope, periods=4, horizons=(4, 1), methods=CHEAP),
        beside_calls(ten, scope, method="monte-carlo"),
    ):
        for step in steps:
            if step.is_to_be_kept:
                kept = StoreForecasts(forecasts=step.forecasts, chances=step.chances)
                carry_out(ten, kept, by="ANN", today=TODAY)
    return ten


def test_a_company_without_a_past_is_told_what_is_needed(opened: Opened) -> None:
    """No quarter is over: no button that could do nothing, but the way to a history."""
    app = opened("accuracy")
    assert "**No quarter is over yet that could have been forecast.**" in texts(app)
    assert "No bake\\-off has been run yet" in texts(app)
    assert not [button for button in app.button if button.key == "run-bake-off"]


@pytest.mark.usefixtures("ten")
def test_before_the_first_bake_off_the_page_says_what_it_does(opened: Opened) -> None:
    """Five quarters are over since the first opportunity began."""
    app = opened("accuracy")
    assert "**No forecast of the past has been made here yet.**" in texts(app)
    assert app.button(key="run-bake-off").label == "Run the bake-off"
    assert "0 forecasts of the last 12 quarters kept" in texts(app)


@pytest.mark.slow
def test_the_button_runs_the_bake_off_and_keeps_it(ten: Store, opened: Opened) -> None:
    """Afterwards the page has a track record, and a second run finds nothing missing."""
    app = opened("accuracy")
    app.button(key="run-bake-off").click().run(timeout=120)
    assert not app.exception
    number = ten.rows("select count(*) from forecasts")[0][0]
    assert number > 0
    assert len(app.get("plotly_chart")) == 1
    assert "too few periods to rank" in texts(app)
    app.button(key="run-bake-off").click().run(timeout=120)
    assert ten.rows("select count(*) from forecasts")[0][0] == number


@pytest.mark.usefixtures("forecast")
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_an_answer_and_what_is_kept(view: str, opened: Opened) -> None:
    """The sentence first; whatever the view, what is kept and the button stand below."""
    app = opened("accuracy", view=view)
    assert "Only 4 quarters are over that could be forecast" in texts(app)
    assert "to compute" in texts(app)
    assert not app.button(key="run-bake-off").disabled


@pytest.mark.usefixtures("forecast")
def test_the_track_record_counts_the_ranges_that_held(opened: Opened) -> None:
    """Of four quarters, with the band that is no surprise, of the method that was chosen."""
    app = opened("accuracy", view="Track record", method="run-rate", weeks="4")
    tile = next(metric for metric in app.metric if metric.label == "Range held")
    assert tile.value.endswith(" of 4")
    assert tile.delta == "1 to 4 are no surprise"
    table = app.dataframe[0].value
    assert table["period_label"].tolist() == ["2025 Q1", "2025 Q2", "2025 Q3", "2025 Q4"]
    assert table["actual_amount"].tolist() == [62_000, 15_000, 0, 0]


@pytest.mark.usefixtures("forecast")
def test_too_few_quarters_are_not_ranked(opened: Opened) -> None:
    """Scores stand, nobody is first."""
    app = opened("accuracy", view="Methods")
    ranks = app.dataframe[0].value
    assert set(ranks["ranking_verdict"]) == {"too few periods to rank"}
    assert set(ranks["method_title"]) >= {"Run rate", "Stage-weighted"}


@pytest.mark.usefixtures("forecast")
def test_calls_that_cannot_be_judged_yet_say_why(opened: Opened) -> None:
    """Or, where the model was computed beside them, what they gained."""
    app = opened("accuracy", view="Calls")
    assert "held against what" in texts(app)


def quarters() -> pd.DataFrame:
    """Three quarters, one of which the range missed, and one without a range."""
    return pd.DataFrame(
        {
            "period_label": ["2025 Q1", "2025 Q2", "<b>Q3</b>"],
            "cut_on": pd.Timestamp("2025-03-03") + pd.to_timedelta([0, 90, 180], "D"),
            "forecast_amount": [100.0, 120.0, 90.0],
            "p10_amount": [80.0, 100.0, None],
            "p50_amount": [100.0, 118.0, None],
            "p90_amount": [130.0, 150.0, None],
            "actual_amount": [90.0, 160.0, 90.0],
            "won": [3, 4, 1],
            "held": pd.Series([True, False, None], dtype="boolean"),
        }
    )


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_range_that_did_not_hold_is_a_cross(mode: Mode) -> None:
    """Shape and not colour alone; names are escaped, and a quarter without a range has no bar."""
    figure = charts.track_record(quarters(), mode)
    band, said, came = figure.data
    assert list(band.base) == [80, 100]
    assert list(said.y)[:2] == [100, 100]
    assert list(came.marker.symbol) == ["circle", "x", "circle"]
    assert came.marker.color == palette(mode).won
    assert "&lt;b&gt;Q3&lt;/b&gt;" in figure.layout.xaxis.ticktext


def test_the_best_method_is_drawn_last_and_in_the_colour_of_forecasts() -> None:
    """Others are grey and dashed; all are named where their lines begin."""
    frame = pd.DataFrame(
        {
            "method": ["good", "good", "bad", "bad"],
            "method_title": ["Good", "Good", "Bad", "Bad"],
            "weeks_before": [13, 1, 13, 1],
            "wape_rate": [0.2, 0.1, 0.4, 0.3],
            "bias_rate": [0.1, -0.1, 0.4, 0.3],
        }
    )
    figure = charts.by_horizon(frame, "light", measure="wape_rate")
    assert [trace.line.color for trace in figure.data] == [
        palette("light").context,
        palette("light").forecast,
    ]
    assert {note.text for note in figure.layout.annotations} == {"Good", "Bad"}
    assert charts.by_horizon(frame, "light", measure="bias_rate").data


def test_a_gain_points_right_and_a_cost_left() -> None:
    """With its number of calls."""
    frame = pd.DataFrame({"calls": [3, 1], "value_added_rate": [0.05, -0.1]})
    figure = charts.value_added(frame, ["Seller", "Manager"], "light")
    bars, words = figure.data
    assert list(bars.x) == [0.05, -0.1]
    assert list(words.text) == ["+5.0\u00a0% · 3 calls", "-10.0\u00a0% · 1 call"]
    assert figure.layout.margin.r >= 6 * max(map(len, words.text)), "none is cut on a narrow page"


def test_who_called_is_named_as_they_write_themselves() -> None:
    """A capital where the line begins, and those of the names."""
    frame = pd.DataFrame({"level": ["seller"], "person_name": ["Ada McSeidel"], "calls": [1]})
    assert accuracy_views._names(frame) == ["Seller · Ada McSeidel"]


def test_a_curve_has_the_line_it_should_lie_on() -> None:
    """From nought to one, and the bins with their intervals."""
    curve = pd.DataFrame(
        {
            "bin": [1, 2],
            "cases": [40, 40],
            "happened": [4, 30],
            "stated_rate": [0.1, 0.7],
            "happened_rate": [0.1, 0.75],
            "rate_low": [0.04, 0.6],
            "rate_high": [0.23, 0.86],
        }
    )
    line, bins = charts.reliability(curve, "dark").data
    assert (list(line.x), list(line.y)) == ([0, 1], [0, 1])
    assert list(bins.error_y.array) == pytest.approx([0.13, 0.11])
