"""What the figures share: names on an axis, words behind bars and in tooltips, sizes."""

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.theme import Mode, palette, stage_colors, template

ROW_HEIGHT = 44
"""Pixels a horizontal bar takes with the space around it."""
AXIS_HEIGHT = 56


def bar_height(rows: int, row_height: int = ROW_HEIGHT) -> int:
    """The height of a figure with that many horizontal bars."""
    return max(140, rows * row_height + AXIS_HEIGHT)


def framed(figure: go.Figure, mode: Mode, *, height: int) -> go.Figure:
    """The figure in the look every figure shares, with room on the right for its labels."""
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(fixedrange=True, ticklabelstandoff=8)
    return figure.update_layout(template=template(mode), height=height, hovermode="closest")


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
