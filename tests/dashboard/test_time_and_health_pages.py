"""The pages on time and health: each view with a small company and with nothing; the figures."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import health, time_in_stage
from dashboard.components.drill import GO_TO
from dashboard.theme import Mode, palette
from tests.dashboard.conftest import Opened

TIME = ["Stays", "Per opportunity", "Sales cycle", "Velocity"]
HEALTH = ["Rotting", "Missing data", "Slippage", "Close dates", "Concentration", "Stages"]
VIEWS = [("time_in_stage", view) for view in TIME] + [("health", view) for view in HEALTH]
CURVE = pd.DataFrame(
    {
        "stage": [1, 1, 2],
        "stage_description": ["Qualify", "Qualify", "<b>Offer</b>"],
        "days": [10, 30, 20],
        "at_risk": [10, 4, 3],
        "survival_rate": [0.6, 0.3, 0.8],
        "survival_low": [0.4, 0.1, 0.5],
        "survival_high": [0.8, 0.6, 0.9],
    }
)
AGES = pd.DataFrame(
    {
        "days": [54, 118],
        "at_risk": [8, 2],
        "won_by_age_rate": [0.0, 0.4861],
        "lost_by_age_rate": [0.125, 0.3194],
        "open_at_age_rate": [0.875, 0.1945],
    }
)


def answer(app: AppTest) -> str:
    """The sentence under the title."""
    return str(app.markdown[0].value)


@pytest.mark.parametrize(("page", "view"), VIEWS)
def test_every_view_of_an_empty_store_says_why_it_is_empty(
    page: str, view: str, opened: Opened
) -> None:
    """No page fails on nothing, and none shows a chart of nothing."""
    app = opened(page, view=view)
    assert not app.get("plotly_chart")
    assert any("**No" in text.value for text in app.markdown), view


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(("page", "view"), VIEWS)
def test_every_view_of_a_small_company_has_a_sentence_a_table_and_its_definition(
    page: str, view: str, opened: Opened
) -> None:
    """The answer first, the table with its definition and day below."""
    app = opened(page, view=view)
    assert answer(app)
    assert len(app.dataframe)
    assert "As of the end of 28 Jan 2026" in " ".join(caption.value for caption in app.caption)


@pytest.mark.usefixtures("company")
def test_the_slowest_stage_is_named(opened: Opened) -> None:
    """In Qualify three of four left after 28, 28 and 47 days, the fourth stands there for 86."""
    app = opened("time_in_stage")
    assert answer(app).startswith("**Offer** takes longest: half leave it within **19 days**") or (
        answer(app).startswith("**Qualify** takes longest: half leave it within **28 days**")
    )
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.usefixtures("company")
def test_what_is_missing_opens_to_its_opportunities(opened: Opened) -> None:
    """OP000002 was expected by 10 January: the dearest lack is its date, and leads to it."""
    app = opened("health", view="Missing data")
    assert answer(app).startswith("Dearest: **expected close date is over**, 4,000 weighted in 1")
    app.session_state[GO_TO] = ("opportunities", {"status": ["in progress"], "overdue": ["1"]})
    app.run()
    assert answer(app).startswith("1 opportunity, 20 k")


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"pushed": ["1"]}, "1 opportunity,"),
        ({"entered_to": ["2025-11-30"], "status": ["in progress"]}, "1 opportunity, 20 k"),
        ({"without_contact": ["1"]}, "0 opportunities"),
    ],
)
def test_a_list_of_what_slipped_is_a_link(
    asked: dict[str, list[str]], number: str, opened: Opened
) -> None:
    """Pushed at least once: OP000001. In its stage since November: OP000002. Each has a contact."""
    assert answer(opened("opportunities", **asked)).startswith(number)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_curves_fall_in_steps_with_a_band_and_a_name(mode: Mode) -> None:
    """Two stages: a curve and a band each, from all at day nought, named in their order."""
    figure = time_in_stage.curves(CURVE, mode)
    curves = [trace for trace in figure.data if trace.fill is None]
    assert [trace.line.shape for trace in curves] == ["hv", "hv"]
    assert [list(trace.y) for trace in curves] == [[1, 0.6, 0.3], [1, 0.8]]
    assert [trace.fill for trace in figure.data].count("toself") == 2
    names = [note.text.partition(" <span")[0] for note in figure.layout.annotations]
    assert names == ["Qualify", "&lt;b&gt;Offer&lt;/b&gt;"]
    assert [
        trace.line.color in note.text
        for trace, note in zip(curves, figure.layout.annotations, strict=True)
    ] == [True, True]


def test_the_band_runs_along_the_steps() -> None:
    """High ends forth, low ends back, each kept until the next day."""
    band = time_in_stage.curves(CURVE[CURVE["stage"] == 2], "light").data[0]
    assert list(band.x) == [0, 20, 20, 20, 20, 0]
    assert list(band.y) == [1, 1, 0.9, 0.5, 1, 1]


def test_a_long_history_is_drawn_with_few_points() -> None:
    """Five stages of two years of days each: under two thousand points."""
    days = pd.concat(
        [
            pd.DataFrame(
                {
                    "stage": stage,
                    "stage_description": f"Stage {stage}",
                    "days": range(730),
                    "at_risk": range(730, 0, -1),
                    "survival_rate": [1 - day / 730 for day in range(730)],
                }
            )
            for stage in range(1, 6)
        ]
    )
    frame = days.assign(survival_low=days["survival_rate"], survival_high=days["survival_rate"])
    figure = time_in_stage.curves(frame, "light")
    assert sum(len(trace.x) for trace in figure.data if trace.fill is None) < 700
    assert sum(len(trace.x) for trace in figure.data) < 4_000


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_win_curve_is_stacked_in_the_colours_of_its_meanings(mode: Mode) -> None:
    """Won below in green, lost above in red, open between; every layer says its share."""
    figure = time_in_stage.win_curve(AGES, mode)
    won, still_open, lost = figure.data
    assert (won.fillcolor, lost.fillcolor) == (palette(mode).won, palette(mode).lost)
    assert still_open.y[0] == 1
    assert [note.text for note in figure.layout.annotations] == [
        "<b>Won</b> 49\u00a0%",
        "<b>Open</b> 19\u00a0%",
        "<b>Lost</b> 32\u00a0%",
    ]


def test_rotting_bars_say_how_many_of_how_many() -> None:
    """Eleven of forty after 24 days; a stage without a limit says so."""
    frame = pd.DataFrame(
        {
            "cycle_code": "NEW",
            "stage": [1, 2],
            "stage_description": ["Qualify", "Offer"],
            "opportunities": [40, 3],
            "rotting": [11, 0],
            "limit_days": [24.0, None],
        }
    )
    figure = health.rotting(frame, "light")
    texts = [note.text for note in figure.layout.annotations]
    assert texts == [
        "<b>11</b> of 40 longer than 24 days",
        "no limit: too few advanced to learn one",
    ]
    assert [list(bar.x) for bar in figure.data] == [[40, 3], [11, 0]]


def test_a_lack_says_what_it_is_worth_and_when_that_is_estimated() -> None:
    """Only a lack that somebody has is marked."""
    frame = pd.DataFrame(
        {
            "lack_description": ["No amount", "No contact"],
            "opportunities": [2, 0],
            "worth_amount": [2_000.0, 0.0],
            "worth_weighted_amount": [800.0, 0.0],
            "is_estimated": [True, False],
        }
    )
    texts = [note.text for note in health.missing(frame, "light").layout.annotations]
    assert texts == ["800 in 2 opportunities (estimated)", "0 in 0 opportunities"]


def test_pushes_so_far_are_said_in_words() -> None:
    """Never, once, twice, three times or more; a bar without a number has no interval."""
    frame = pd.DataFrame(
        {
            "pushes": [0, 1, 2, 3],
            "pushed_so_often": [10, 3, 1, 0],
            "pushed_again": [3, 1, 0, 0],
            "again_rate": [0.3, 0.333, 0.0, None],
            "rate_low": [0.1, 0.06, 0.0, None],
            "rate_high": [0.6, 0.79, 0.79, None],
        }
    )
    bars = health.push_again(frame, "light").data[0]
    assert list(bars.x) == ["Never", "Once", "2 times", "3 times or more"]
