"""Heat maps of rates: deep where more went on, every cell with its rate and its number."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.charts.bars import framed
from dashboard.theme import Mode, ink_on, palette, stage_colors

ROW = 36
"""Pixels of a row: two short lines of words."""
_STEPS = 21
_AXIS = 40


def heat(
    rates: Sequence[Sequence[float | None]],
    words: Sequence[Sequence[str]],
    hovers: Sequence[Sequence[str]],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    mode: Mode,
    grey: Sequence[Sequence[bool]] | None = None,
) -> go.Figure:
    """A cell per rate, null ones left empty; `grey` ones are drawn without the hue."""
    aside = grey or [[False] * len(columns) for _ in rows]
    figure = go.Figure(
        [
            _cells(rates, hovers, aside, mode, young=False),
            _cells(rates, hovers, aside, mode, young=True),
        ]
    )
    figure.update_layout(annotations=_words(rates, words, aside, mode))
    figure.update_xaxes(
        tickvals=list(range(len(columns))), ticktext=list(columns), side="top", ticks=""
    )
    figure.update_xaxes(zeroline=False, range=[-0.5, len(columns) - 0.5])
    figure.update_yaxes(
        tickvals=list(range(len(rows))),
        ticktext=list(rows),
        range=[len(rows) - 0.5, -0.5],
        zeroline=False,
        ticks="",
    )
    return framed(figure, mode, height=max(140, len(rows) * ROW + _AXIS))


def _cells(
    rates: Sequence[Sequence[float | None]],
    hovers: Sequence[Sequence[str]],
    grey: Sequence[Sequence[bool]],
    mode: Mode,
    *,
    young: bool,
) -> go.Heatmap:
    shown = [
        [rate if aside is young else None for rate, aside in zip(line, asides, strict=True)]
        for line, asides in zip(rates, grey, strict=True)
    ]
    colors = [palette(mode).surface] * 2 if young else stage_colors(_STEPS, mode)
    scale = [[place / (len(colors) - 1), color] for place, color in enumerate(colors)]
    return go.Heatmap(
        z=shown,
        zmin=0,
        zmax=1,
        colorscale=scale,
        showscale=False,
        xgap=2,
        ygap=2,
        hoverongaps=False,
        hovertext=hovers,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _words(
    rates: Sequence[Sequence[float | None]],
    words: Sequence[Sequence[str]],
    grey: Sequence[Sequence[bool]],
    mode: Mode,
) -> list[dict[str, Any]]:
    """The words of every cell, dark or white, whichever reads better on it."""
    colors = stage_colors(_STEPS, mode)
    return [
        {
            "x": place,
            "y": row,
            "showarrow": False,
            "text": text,
            "font": {"size": 12, "color": _ink(rates[row][place], grey[row][place], colors, mode)},
        }
        for row, line in enumerate(words)
        for place, text in enumerate(line)
        if text
    ]


def _ink(rate: float | None, aside: bool, colors: list[str], mode: Mode) -> str:  # noqa: FBT001
    if rate is None or aside:
        return palette(mode).muted
    return ink_on(colors[round(rate * (len(colors) - 1))])
