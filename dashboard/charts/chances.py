"""The chance of each stage as it is set, against the range of what was observed."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import (
    LEAST_ROW_HEIGHT,
    bar_height,
    framed,
    stage_labels,
    tooltip,
    with_words_beside,
)
from dashboard.theme import Mode, palette

_PART = 100.0
_END = 1.08
"""Where the chances end and the words beside them begin."""


def observed(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A bar from the low to the high end of what was observed, and a diamond for what is set.

    Takes the frame of the report `observed-chances`. The row number of a mark is its `customdata`.
    """
    labels = stage_labels(frame)
    colors = palette(mode)
    figure = go.Figure(
        [
            _interval(frame, labels, mode),
            _marks(labels, frame["observed_rate"], "circle", colors.outline, "observed"),
            _marks(
                labels, frame["configured_percent"] / _PART, "diamond-open", colors.text, "as set"
            ),
            _words(frame, labels, mode),
        ]
    )
    figure.update_xaxes(range=[0, _END], tickformat=".0%", tickvals=[0, 0.5, 1], tickangle=0)
    figure.update_xaxes(title="Chance to be won")
    figure.update_yaxes(type="category", autorange="reversed", zeroline=False, ticks="")
    framed(figure, mode, height=bar_height(len(frame), LEAST_ROW_HEIGHT + 6))
    return with_words_beside(figure, _verdicts(frame))


def _interval(frame: pd.DataFrame, labels: list[str], mode: Mode) -> go.Scatter:
    rows = zip(frame["rate_low"], frame["rate_high"], labels, strict=True)
    ends = [(low, high, label) for low, high, label in rows if not pd.isna(low)]
    return go.Scatter(
        x=[x for low, high, _ in ends for x in (low, high, None)],
        y=[y for _, _, label in ends for y in (label, label, None)],
        mode="lines",
        line={"color": palette(mode).outline, "width": 7},
        opacity=0.4,
        hoverinfo="skip",
    )


def _marks(labels: list[str], xs: pd.Series, symbol: str, color: str, words: str) -> go.Scatter:
    return go.Scatter(
        x=xs,
        y=labels,
        mode="markers",
        customdata=list(range(len(labels))),
        marker={"symbol": symbol, "size": 11, "color": color, "line": {"width": 2, "color": color}},
        hovertext=[f"{formats.rate(x)} {words}" for x in xs],
        hovertemplate=tooltip(["%{hovertext}"]),
    )


def _words(frame: pd.DataFrame, labels: list[str], mode: Mode) -> go.Scatter:
    """What history says of each, and of how many it says so."""
    return go.Scatter(
        x=[_END] * len(frame),
        y=labels,
        mode="text",
        text=_verdicts(frame),
        textposition="middle right",
        textfont={"color": palette(mode).text, "size": 12},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _verdicts(frame: pd.DataFrame) -> list[str]:
    return [
        f"{row.chance_verdict}, n {formats.count(row.won + row.lost)}"
        for row in formats.rows(frame)
    ]
