"""Figures as plain values: what is drawn, in which colour, with which words, and how much of it."""

from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import stage_conversion, statistics, weighted_pipeline, win_rate
from dashboard.theme import Mode, palette

STAGES = pd.DataFrame(
    {
        "cycle_code": ["NEW", "NEW", "OLD"],
        "stage": [1, 2, 1],
        "stage_description": ["Qualify", "<b>Offer</b>", ""],
        "opportunities": [3, 2, 0],
        "amount": [27_000.0, 60_000.0, 0.0],
        "weighted_amount": [2_700.0, 24_000.0, 0.0],
        "reached": [10, 7, 0],
        "advanced": [7, 5, 0],
        "advance_rate": [0.7, 0.714, None],
        "rate_low": [0.4, 0.36, None],
        "rate_high": [0.89, 0.92, None],
        "average_days": [13.3, None, None],
        "average_stay_days": [40.0, None, None],
    }
)
MONTHS = pd.DataFrame(
    {
        "expected_month": [pd.Timestamp("2025-03-01"), pd.NaT],
        "opportunities": [2, 1],
        "amount": [53_000.0, 5_000.0],
        "weighted_amount": [18_800.0, 500.0],
    }
)
PARTS = pd.DataFrame(
    {
        "cycle_code": ["NEW", "OLD"],
        "won": [3, 0],
        "lost": [2, 0],
        "win_rate": [0.6, None],
        "rate_low": [0.231, None],
        "rate_high": [0.882, None],
    }
)
CLOSED = PARTS.assign(closed_month=pd.date_range("2025-01-01", periods=2, freq="MS"))
REASONS = pd.DataFrame(
    {
        "outcome": ["lost", "won"],
        "close_reason_code": ["PRICE", None],
        "close_reason_description": ["Too expensive", ""],
        "opportunities": [2, 3],
        "outcome_rate": [1.0, 1.0],
    }
)
Draw = Callable[[pd.DataFrame, Mode], go.Figure]
FIGURES: list[tuple[Draw, pd.DataFrame]] = [
    (weighted_pipeline.by_stage, STAGES),
    (weighted_pipeline.by_month, MONTHS),
    (stage_conversion.funnel, STAGES),
    (win_rate.by_part, PARTS),
    (win_rate.by_part, CLOSED),
    (win_rate.reasons, REASONS),
    (statistics.days_in_stage, STAGES),
]
every_figure = pytest.mark.parametrize(("draw", "frame"), FIGURES)


@every_figure
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_figure_has_its_height_no_margins_and_a_unit_on_its_axis(
    draw: Draw, frame: pd.DataFrame, mode: Mode
) -> None:
    """Its title is the page's heading, its look the shared one."""
    layout = draw(frame, mode).layout

    assert layout.height >= 140
    assert layout.title.text is None
    assert layout.template.layout.margin.l == 0
    assert layout.xaxis.title.text
    assert layout.template.layout.font.color == palette(mode).text


@every_figure
def test_a_mark_knows_its_row_and_the_tooltip_its_words(draw: Draw, frame: pd.DataFrame) -> None:
    """So a click opens the right list."""
    for trace in draw(frame, "light").data:
        assert list(trace.customdata) == list(range(len(frame)))
        assert len(trace.hovertext) == len(frame)


@every_figure
def test_a_figure_of_nothing_is_drawn_without_failing(draw: Draw, frame: pd.DataFrame) -> None:
    """A filter may leave no row."""
    assert draw(frame.head(0), "light").layout.height >= 140


def test_stage_order_is_seen_by_depth_and_names_are_only_text() -> None:
    """The first stage of a cycle is the palest; a name with markup is shown as it is typed."""
    figure = weighted_pipeline.by_stage(STAGES, "light")
    stages = palette("light").stages

    assert figure.data[1].marker.color == (stages[0], stages[-1], stages[len(stages) // 2])
    assert figure.data[1].y[1] == "NEW · &lt;b&gt;Offer&lt;/b&gt;"
    assert figure.data[1].y[2] == "OLD · Stage 1"


def test_one_cycle_is_not_named_on_every_bar() -> None:
    """The name of the cycle is said only where there are several."""
    figure = weighted_pipeline.by_stage(STAGES.head(2), "light")

    assert figure.data[0].y[0] == "Qualify"
    assert figure.data[0].text[0] == "<b>2,700</b> of 27 k"


def test_months_without_a_date_say_so() -> None:
    """The last column has no month."""
    assert list(weighted_pipeline.by_month(MONTHS, "light").data[0].x) == ["Mar 2025", "No date"]


def test_many_months_leave_their_words_to_the_tooltip() -> None:
    """Sixty columns would print their words over each other."""
    frame = pd.DataFrame(
        {
            "expected_month": pd.date_range("2021-01-01", periods=60, freq="MS"),
            "opportunities": 1,
            "amount": 1.0,
            "weighted_amount": 1.0,
        }
    )

    figure = weighted_pipeline.by_month(frame, "light")
    assert figure.data[1].text is None
    assert len(figure.layout.xaxis.tickvals) <= 13


def test_the_rate_stands_between_the_bars_with_interval_and_n() -> None:
    """And says why there is none where nobody arrived."""
    words = [note.text for note in stage_conversion.funnel(STAGES, "light").layout.annotations]

    assert words[0] == "↓ <b>70.0\u00a0%</b> went on (40.0–89.0\u00a0%, n 10)"
    assert words[2] == "↓ – nobody reached this stage"


def test_won_is_green_and_lost_red_and_said_in_words_too() -> None:
    """Colour is never the only signal."""
    figure = win_rate.reasons(REASONS, "dark")

    assert figure.data[0].marker.color == (palette("dark").lost, palette("dark").won)
    assert list(figure.layout.yaxis.ticktext) == ["Lost: Too expensive", "Won: No reason given"]


def test_a_rate_without_a_denominator_has_a_dash_and_no_point() -> None:
    """Nothing was decided in OLD."""
    figure = win_rate.by_part(PARTS, "light")

    assert pd.isna(figure.data[0].x[1])
    assert figure.layout.annotations[1].text == "<b>–</b> · n 0"


def test_months_run_from_left_to_right() -> None:
    """Time is read that way; years of it still fit on a screen."""
    figure = win_rate.by_part(CLOSED, "light")

    assert list(figure.data[0].x) == ["Jan 2025", "Feb 2025"]
    assert figure.layout.height == 320
