"""The range of a forecast before and after supposed changes, against the quota."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import framed, tooltip
from dashboard.theme import TARGET_WIDTH, Mode, palette

_HEIGHT = 164
_ROWS = (1.6, -0.8)
"""The first row is the upper one, with room above it for the quota's name."""
_WIDTH, _WON_WIDTH = 14, 4
_BEFORE, _BEHIND = 0.03, 0.1
"""The axis begins before nought and ends behind the longest by so much: no mark is cut."""
_LABELLED = 0.3
"""What is won is written above it where it is so long a part of the longest."""
_SIDES = ((0.15, "left"), (0.8, "center"))
"""On which side of its line the quota is written, by how far along it stands."""


def before_and_after(frame: pd.DataFrame, target: float | None, mode: Mode) -> go.Figure:
    """Won so far and, in it or behind it, P10 to P90 with the middle; the quota is a thin line.

    Takes the frame of `reports.what_if.report_of`.
    """
    colors = palette(mode)
    rows = formats.rows(frame.head(2))
    figure = go.Figure(
        [
            _range(row, color)
            for row, color in zip(rows, (colors.context, colors.forecast), strict=True)
        ]
        + [_middles(rows, mode)]
        + [_won(row, mode) for row in rows if row.won_so_far_amount]
    )
    longest = max([*frame["p90_amount"].head(2), target or 0.0, 1.0])
    figure.update_xaxes(
        range=[-longest * _BEFORE, longest * (1 + _BEHIND)],
        tickformat="~s",
        title="Amount",
        nticks=6,
    )
    for row in rows:
        if row.won_so_far_amount > longest * _LABELLED:
            _won_words(figure, row, mode)
    figure.update_yaxes(type="category", range=_ROWS, zeroline=False, ticks="")
    if target:
        _quota(figure, target, target / longest, mode)
    return framed(figure, mode, height=_HEIGHT)


def _range(row: formats.Row, color: str) -> go.Scatter:
    return go.Scatter(
        x=[row.p10_amount, row.p90_amount],
        y=[_name(row)] * 2,
        mode="lines",
        line={"color": color, "width": _WIDTH},
        opacity=0.55,
        hovertemplate=tooltip(
            [
                f"<b>{row.supposed}</b>",
                f"P10 {formats.money(row.p10_amount)}",
                f"P90 {formats.money(row.p90_amount)}",
            ]
        ),
    )


def _won(row: formats.Row, mode: Mode) -> go.Scatter:
    return go.Scatter(
        x=[0, row.won_so_far_amount],
        y=[_name(row)] * 2,
        mode="lines",
        line={"color": palette(mode).won, "width": _WON_WIDTH},
        hovertemplate=tooltip([f"Won so far {formats.money(row.won_so_far_amount)}"]),
    )


def _won_words(figure: go.Figure, row: formats.Row, mode: Mode) -> None:
    figure.add_annotation(
        x=0,
        y=_name(row),
        xanchor="left",
        yanchor="bottom",
        yshift=_WON_WIDTH / 2,
        text=f"won {formats.money_short(row.won_so_far_amount)}",
        showarrow=False,
        font={"color": palette(mode).won, "size": 12},
    )


def _name(row: formats.Row) -> str:
    """The name on two lines, so that a phone has room for the bars."""
    return "<br>".join(str(row.supposed).rsplit(" ", 1))


def _middles(rows: list[formats.Row], mode: Mode) -> go.Scatter:
    return go.Scatter(
        x=[row.p50_amount for row in rows],
        y=[_name(row) for row in rows],
        mode="markers+text",
        marker={
            "symbol": "line-ns",
            "size": 20,
            "line": {"color": palette(mode).text, "width": 3},
        },
        text=[f"<b>{formats.money_short(row.p50_amount)}</b>" for row in rows],
        textposition="top center",
        textfont={"color": palette(mode).text},
        cliponaxis=False,
        hovertemplate=tooltip(["P50: %{x:,.0f}"]),
    )


def _quota(figure: go.Figure, target: float, along: float, mode: Mode) -> None:
    color = palette(mode).target
    figure.add_vline(x=target, line={"color": color, "width": TARGET_WIDTH})
    figure.add_annotation(
        x=target,
        y=1,
        yref="paper",
        xanchor=next((side for most, side in _SIDES if along < most), "right"),
        yanchor="bottom",
        text=f"quota {formats.money_short(target)}",
        showarrow=False,
        font={"color": color, "size": 12},
    )
    figure.update_layout(margin_t=24)
