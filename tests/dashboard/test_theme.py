"""Colours keep their meaning: legible, in stage order, and apart for every reader."""

import itertools
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

import dashboard
from dashboard import theme
from dashboard.theme import Mode

MODES: tuple[Mode, ...] = ("light", "dark")
CONFIG = Path(dashboard.__file__).parent / ".streamlit" / "config.toml"
LEGIBLE = 4.5
APART = 7.0
"""A distance in OKLab times 100 that is seen at a glance on marks of a few pixels."""

# Machado, Oliveira and Fernandes (2009), full severity: what is left of linear red, green and blue.
SIGHT = {
    "usual": np.eye(3),
    "without red": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "without green": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "without blue": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    """The theme as Streamlit is told."""
    told: dict[str, Any] = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
    return told


@pytest.mark.parametrize("mode", MODES)
def test_what_carries_meaning_is_legible_on_the_page(mode: Mode) -> None:
    """Won, lost, forecast, target, context, words: 4.5 to 1, on the page and on a tile."""
    colors = theme.palette(mode)
    meanings = (colors.text, colors.muted, colors.won, colors.forecast, colors.target)
    for color in (*meanings, colors.lost, colors.context):
        assert theme.contrast(color, colors.background) >= LEGIBLE
    assert all(theme.contrast(color, colors.surface) >= LEGIBLE for color in meanings)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("mode", MODES)
def test_meanings_stay_apart_for_every_reader(mode: Mode, sight: str) -> None:
    """Open, won, lost, forecast, target and context are told apart, with or without red or green.

    Colour is still never the only signal; this keeps it from being a misleading one.
    """
    colors = theme.palette(mode)
    meanings = [colors.outline, colors.won, colors.lost, colors.forecast, colors.target]
    for one, other in itertools.combinations([*meanings, colors.context], 2):
        assert _distance(one, other, SIGHT[sight]) >= APART, (one, other)


@pytest.mark.parametrize("count", [1, 2, 4, 7, 12])
@pytest.mark.parametrize("mode", MODES)
def test_stage_order_can_be_seen(mode: Mode, count: int) -> None:
    """The further the stage, the more it stands off the page: seven stages, seven steps."""
    colors = theme.stage_colors(count, mode)
    contrasts = [theme.contrast(color, theme.palette(mode).background) for color in colors]
    assert len(set(colors)) == count
    assert contrasts == sorted(contrasts)


@pytest.mark.parametrize("mode", MODES)
def test_words_on_a_stage_are_legible(mode: Mode) -> None:
    """Whatever step of the scale a bar has, the ink chosen for it reads."""
    for color in theme.stage_colors(24, mode):
        assert theme.contrast(theme.ink_on(color), color) >= LEGIBLE - 0.6


@pytest.mark.parametrize("mode", MODES)
def test_the_pages_and_the_charts_have_the_same_colours(
    mode: Mode, settings: dict[str, Any]
) -> None:
    """Streamlit's configuration repeats the palette; nothing but this test holds them together."""
    told, colors = settings[mode], theme.palette(mode)
    assert told["backgroundColor"] == colors.background
    assert told["secondaryBackgroundColor"] == colors.surface
    assert told["textColor"] == colors.text
    assert told["greenColor"] == colors.won
    assert told["redColor"] == colors.lost
    assert told["borderColor"] == colors.line


@pytest.mark.parametrize("scale", ["Categorical", "Sequential", "Diverging"])
@pytest.mark.parametrize("mode", MODES)
def test_every_colour_list_has_exactly_ten(
    mode: Mode, scale: str, settings: dict[str, Any]
) -> None:
    """With any other count the browser silently falls back to colours of its own."""
    colors = settings[mode][f"chart{scale}Colors"]
    assert len(set(colors)) == len(colors) == 10


@pytest.mark.parametrize("mode", MODES)
def test_words_of_the_pages_are_legible(mode: Mode, settings: dict[str, Any]) -> None:
    """Links, badges and deltas are text: 4.5 to 1."""
    told = settings[mode]
    for name in ("linkColor", "greenTextColor", "redTextColor", "grayTextColor"):
        assert theme.contrast(told[name], told["backgroundColor"]) >= LEGIBLE


@pytest.mark.parametrize("mode", MODES)
def test_the_main_button_is_legible_and_stands_out(mode: Mode, settings: dict[str, Any]) -> None:
    """Streamlit writes white on it in both modes; as a shape it needs 3 to 1 against the page."""
    told = settings[mode]
    assert theme.contrast(told["primaryColor"], "#ffffff") >= LEGIBLE
    assert theme.contrast(told["primaryColor"], told["backgroundColor"]) >= 3


def test_a_figure_keeps_its_colours_outside_a_page() -> None:
    """The template is explicit, so an exported picture is not drawn with placeholders."""
    figure = go.Figure(go.Bar(x=[1], y=[1]), layout={"template": theme.template("light")})
    drawn = figure.to_plotly_json()["layout"]["template"]["layout"]
    assert drawn["font"]["color"] == theme.LIGHT.text
    assert drawn["colorway"][0] == theme.LIGHT.outline


def _distance(one: str, other: str, sight: np.ndarray[Any, Any]) -> float:
    """How far apart two colours look to a reader, in OKLab times 100."""
    return float(np.linalg.norm(_oklab(one, sight) - _oklab(other, sight)) * 100)


def _oklab(color: str, sight: np.ndarray[Any, Any]) -> Any:  # noqa: ANN401 (three numbers)
    linear = np.array([theme._linear(channel / 255) for channel in theme._rgb(color)])
    to_cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return to_lab @ np.cbrt(to_cones @ np.clip(sight @ linear, 0, 1))
