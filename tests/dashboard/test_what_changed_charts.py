"""The figures of what changed and of history: steps that meet, colours that mean something."""

import pandas as pd
import pytest

from dashboard.charts import history, what_changed
from dashboard.theme import Mode, palette

BARS = pd.DataFrame(
    {
        "bucket": ["starting", "new", "pulled in", "pushed out", "won", "lost", "ending"],
        "transitions": [3, 5, 0, 2, 3, 3, 2],
        "change_amount": [83.0, 83.0, 0.0, -29.0, -62.0, -22.0, 53.0],
        "compared": [3, 1, 0, 1, 1, 0, 2],
        "compared_amount": [83.0, 8.0, 0.0, -13.0, -25.0, 0.0, 53.0],
    }
)
FLOWS = pd.DataFrame(
    {
        "came_from": ["pipeline", "pipeline", "new", "pipeline"],
        "went_to": ["commit", "won", "pipeline", "<b>best</b>"],
        "opportunities": [3, 1, 2, 1],
        "amount": [41_000.0, 25_000.0, 13_000.0, 500.0],
    }
)
STAGES = pd.DataFrame(
    {
        "cycle_code": ["NEW", "NEW"],
        "stage": [1, 2],
        "stage_description": ["Qualify", "<b>Offer</b>"],
        "moved_on": [5, 0],
        "moved_back": [0, 1],
        "left_won": [0, 3],
        "left_lost": [2, 0],
        "left_scope": [0, 0],
        "left_removed": [0, 0],
        "at_end": [3, 0],
    }
)
DAYS = pd.DataFrame(
    {
        "counted_on": pd.to_datetime(["2025-01-31", "2025-01-31", "2025-02-28", "2025-02-28"]),
        "cycle_code": ["NEW"] * 4,
        "stage": [1, 2, 1, 2],
        "stage_description": ["Qualify", "<b>Offer</b>"] * 2,
        "opportunities": [3, 2, 4, 0],
        "amount": [27_000.0, 60_000.0, 30_000.0, 0.0],
        "weighted_amount": [2_700.0, 24_000.0, 3_000.0, 0.0],
    }
)
MODES: tuple[Mode, ...] = ("light", "dark")


@pytest.mark.parametrize("compared", [False, True])
def test_each_step_begins_where_the_one_before_ended(*, compared: bool) -> None:
    """Start 83, then up and down to 53; what did not happen has no bar."""
    figure = what_changed.waterfall(BARS, "light", compared=compared)
    (bars,) = figure.data
    ends = [base + step for base, step in zip(bars.base, bars.x, strict=True)]
    assert bars.base[0] == bars.base[-1] == 0
    assert list(bars.base[1:-1]) == ends[:-2]
    assert ends[-2] == bars.x[-1] == 53
    assert "Pulled in" not in bars.y


@pytest.mark.parametrize("mode", MODES)
def test_won_is_green_lost_is_red_and_neither_is_anything_else(mode: Mode) -> None:
    """Colours of the theme, in both modes."""
    (bars,) = what_changed.waterfall(BARS, mode).data
    colors = dict(zip(bars.y, bars.marker.color, strict=True))
    assert (colors["Won"], colors["Lost"]) == (palette(mode).won, palette(mode).lost)
    others = {color for name, color in colors.items() if name not in ("Won", "Lost")}
    assert not others & {palette(mode).won, palette(mode).lost}


def test_a_step_has_its_sign_and_the_total_after_it() -> None:
    """The words behind the bars; the ends have their total only."""
    words = [note.text for note in what_changed.waterfall(BARS, "light").layout.annotations]
    assert words[0] == "<b>83</b>"
    assert words[2] == "<b>−29</b> → 137"


def test_a_mark_carries_the_row_it_stands_for() -> None:
    """Rows that are left out do not shift the others: won is the fifth row of the frame."""
    (bars,) = what_changed.waterfall(BARS, "light").data
    assert dict(zip(bars.y, bars.customdata, strict=True))["Won"] == 4


def test_a_category_stands_on_both_sides_with_what_it_held() -> None:
    """Pipeline gave 66,500 and got 13,000; people's words are no markup."""
    (sankey,) = what_changed.category_flow(FLOWS, "light").data
    assert list(sankey.node.label) == [
        "Pipeline 67 k",
        "New 13 k",
        "Commit 41 k",
        "Won 25 k",
        "Pipeline 13 k",
        "&lt;b&gt;best&lt;/b&gt; 500",
    ]
    assert list(sankey.link.source) == [0, 0, 1, 0]
    assert list(sankey.link.target) == [2, 3, 4, 5]


def test_a_stage_is_split_by_where_its_opportunities_are_now() -> None:
    """Ten stood in the first or entered it: five moved on, two were lost, three are there."""
    figure = what_changed.stage_flow(STAGES, "light")
    assert [sum(part.x[stage] for part in figure.data) for stage in (0, 1)] == [10, 4]
    won = next(part for part in figure.data if part.name == "Won")
    assert won.marker.color == palette("light").won
    assert "&lt;b&gt;Offer" in won.y[1]


@pytest.mark.parametrize("of", ["amount", "weighted_amount", "opportunities"])
def test_stages_are_stacked_steps_and_thin_ones_have_no_name(of: str) -> None:
    """The second stage holds nothing any more: its band stays, its name goes."""
    figure = history.by_stage(DAYS, "dark", of=of)
    assert [band.line.shape for band in figure.data] == ["vh", "vh"]
    assert {band.stackgroup for band in figure.data} == {"stages"}
    (name,) = figure.layout.annotations
    assert name.text.startswith("Qualify <b>")
