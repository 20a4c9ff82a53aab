"""One colour per meaning and one Plotly template per mode; no Streamlit, no data.

Open stages are steps of one blue from pale to deep, won is green, lost a muted red, a forecast
violet with a pale band, a target a thin dark line, context grey. The meanings stay apart for
readers who do not see red and green alike, and everything that carries text keeps a contrast of
4.5 to 1. The Streamlit side of the same colours is `.streamlit/config.toml`.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import plotly.graph_objects as go

Mode = Literal["light", "dark"]

FONT = "Inter, sans-serif"
TARGET_WIDTH = 1.5
"""Pixels of a target line: thin, so that it never competes with what it measures."""


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The colours of one mode, named for what they mean."""

    background: str
    """The page."""
    surface: str
    """Tiles, table heads, the tooltip."""
    text: str
    muted: str
    """Axis labels, captions and other words that step back."""
    line: str
    """Zero lines, axis lines, borders."""
    context: str
    """Marks that are there for comparison: the rest, the past, other people."""
    stages: tuple[str, ...]
    """The open stages' hue from pale to deep; `stage_colors` picks the steps."""
    outline: str
    """The edge of a stage's mark, so that the palest one still stands off the page."""
    won: str
    lost: str
    forecast: str
    forecast_band: str
    """The range around a forecast."""
    target: str


LIGHT = Palette(
    background="#ffffff",
    surface="#f3f5f8",
    text="#1b2430",
    muted="#5f6874",
    line="#d9dee5",
    context="#6b7480",
    stages=("#cbdef2", "#95bae2", "#5b91ca", "#2d65a5", "#133a68"),
    outline="#2d65a5",
    won="#045026",
    lost="#b44b47",
    forecast="#63299a",
    forecast_band="rgba(99, 41, 154, 0.16)",
    target="#1b2430",
)
DARK = Palette(
    background="#12171e",
    surface="#1b222c",
    text="#f1f4f8",
    muted="#a3adb9",
    line="#323c49",
    context="#929ca8",
    # On a dark page the deep end is the bright one: later stages stand out in both modes.
    stages=("#233f61", "#326097", "#4b80c4", "#749fd9", "#b0cbee"),
    outline="#5f8bd2",
    won="#54d89f",
    lost="#d7635a",
    forecast="#d79ff8",
    forecast_band="rgba(215, 159, 248, 0.22)",
    target="#f1f4f8",
)


def palette(mode: Mode) -> Palette:
    """The colours of a mode."""
    return DARK if mode == "dark" else LIGHT


def stage_colors(count: int, mode: Mode) -> list[str]:
    """As many steps from pale to deep as there are stages, in stage order.

    One stage takes the middle of the scale, two take its ends.
    """
    stops = palette(mode).stages
    if count == 1:
        return [stops[len(stops) // 2]]
    return [_at(stops, step / (count - 1)) for step in range(count)]


def ink_on(color: str) -> str:
    """The text colour, dark or white, that reads better on a filled mark."""
    dark, white = LIGHT.text, "#ffffff"
    return dark if contrast(dark, color) >= contrast(white, color) else white


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG defines it, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@cache
def template(mode: Mode) -> go.layout.Template:
    """The look every figure shares: type, colours, no margins, no gridline nobody reads.

    Built from nothing, because importing Streamlit replaces Plotly's default template by one whose
    colours only mean something inside a page; an exported picture would come out black.
    """
    colors = palette(mode)
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 13, "color": colors.text},
            "paper_bgcolor": "rgba(0, 0, 0, 0)",
            "plot_bgcolor": "rgba(0, 0, 0, 0)",
            "colorway": [colors.outline, colors.forecast, colors.won, colors.lost, colors.context],
            "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
            "showlegend": False,
            "dragmode": False,
            "bargap": 0.28,
            "xaxis": _axis(colors),
            "yaxis": _axis(colors),
            "hoverlabel": _tooltip(colors),
            "separators": ".,",
        }
    )


def _axis(colors: Palette) -> dict[str, object]:
    """An axis that shows its labels and its zero, and nothing else."""
    return {
        "automargin": True,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": colors.line,
        "zerolinewidth": 1,
        "linecolor": colors.line,
        "tickcolor": colors.line,
        "tickfont": {"color": colors.muted, "size": 12},
        "title": {"font": {"color": colors.muted, "size": 12}, "standoff": 8},
    }


def _tooltip(colors: Palette) -> dict[str, object]:
    """A tooltip that reads like the page: its type, its surface, left-aligned."""
    return {
        "bgcolor": colors.surface,
        "bordercolor": colors.line,
        "font": {"family": FONT, "size": 12, "color": colors.text},
        "align": "left",
    }


def _at(stops: tuple[str, ...], position: float) -> str:
    """The colour at a position from 0 to 1 along evenly spaced stops."""
    place = position * (len(stops) - 1)
    below = min(int(place), len(stops) - 2)
    return _mix(stops[below], stops[below + 1], place - below)


def _mix(one: str, other: str, share: float) -> str:
    """The colour that is `share` of the way from one to the other."""
    mixed = (round(a + (b - a) * share) for a, b in zip(_rgb(one), _rgb(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def _rgb(color: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of a colour written #rrggbb."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    """The relative luminance, 0 to 1, as WCAG defines it."""
    red, green, blue = (_linear(channel / 255) for channel in _rgb(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """A channel of sRGB made linear; the two branches are the standard's."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 -- the standard's own numbers
