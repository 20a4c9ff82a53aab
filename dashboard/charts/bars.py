"""What the figures share: names on an axis, words behind bars and in tooltips, sizes."""

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.theme import Mode, palette, stage_colors, template

ROW_HEIGHT = 44
"""Pixels a horizontal bar takes with the space around it."""
LEAST_ROW_HEIGHT = 24
"""Pixels a row must have so that its name can be read."""
_LETTER = 7
"""Pixels of a letter of the words beside a bar."""
_COMFORTABLE = 380
_AXIS_HEIGHT = 56


def bar_height(rows: int, row_height: int = ROW_HEIGHT) -> int:
    """The height of a figure with that many horizontal bars; many bars are set closer."""
    closer = max(min(row_height, LEAST_ROW_HEIGHT), min(row_height, _COMFORTABLE // max(rows, 1)))
    return max(140, rows * closer + _AXIS_HEIGHT)


def some_of(labels: list[str], at_most: int = 13) -> list[str]:
    """Every label of an axis, or evenly spaced ones where all of them would run together."""
    return labels[:: max(1, -(-len(labels) // at_most))]


def framed(figure: go.Figure, mode: Mode, *, height: int) -> go.Figure:
    """The figure in the look every figure shares; it stays where it is when it is dragged."""
    figure.update_traces(constraintext="none", selector={"type": "bar"})
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(fixedrange=True, ticklabelstandoff=8)
    return figure.update_layout(template=template(mode), height=height, hovermode="closest")


def with_words_beside(figure: go.Figure, words: Iterable[str]) -> go.Figure:
    """Give the words at the right end a margin as wide as they are; a phone would cut them."""
    return figure.update_layout(margin_r=max(map(len, words), default=0) * _LETTER)


def stage_labels(frame: pd.DataFrame) -> list[str]:
    """The name of each row's stage, with its cycle where there is more than one cycle."""
    several = len(frame["cycle_code"].unique()) > 1
    return [
        formats.escape_html(_stage_label(cycle, name, several=several))
        for cycle, name in zip(frame["cycle_code"], stage_names(frame), strict=True)
    ]


def stage_names(frame: pd.DataFrame) -> list[str]:
    """The description of each row's stage, else its number."""
    return [
        formats.shortened(name, 24) if not formats.is_missing(name) and name else f"Stage {stage}"
        for stage, name in zip(frame["stage"], frame["stage_description"], strict=True)
    ]


def colors_by_stage(frame: pd.DataFrame, mode: Mode) -> list[str]:
    """Pale to deep along the stages of each cycle, so that their order can be seen."""
    stages = frame.groupby("cycle_code", sort=False)["stage"]
    counts, places = stages.transform("size"), stages.cumcount()
    return [
        stage_colors(int(count), mode)[int(place)]
        for count, place in zip(counts, places, strict=True)
    ]


def tooltip(lines: Iterable[str]) -> str:
    """The lines of a tooltip and nothing else."""
    return "<br>".join(lines) + "<extra></extra>"


def room_for_labels(values: pd.Series, share: float = 0.42) -> list[float]:
    """A range from nought that leaves a share of the width for the words behind the bars."""
    most = float(values.max()) if len(values) and values.max() > 0 else 1.0
    return [0, most / (1 - share)]


def muted(mode: Mode) -> str:
    """The colour of words that step back."""
    return palette(mode).muted


def _stage_label(cycle: str, name: str, *, several: bool) -> str:
    return f"{cycle} · {name}" if several else name
