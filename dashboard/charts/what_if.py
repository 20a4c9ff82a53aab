"""The range of a forecast before and after supposed changes, against the quota."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import framed, tooltip
from dashboard.theme import TARGET_WIDTH, Mode, palette

_HEIGHT = 150
_WIDTH = 14


def before_and_after(frame: pd.DataFrame, target: float | None, mode: Mode) -> go.Figure:
    """Two bars from P10 to P90, each with its middle; the quota is a thin line.

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
    )
    ends = [*frame["p10_amount"].head(2), *frame["p90_amount"].head(2), target or 0.0]
    low, high = min(filter(None, ends), default=0.0), max([*ends, 1.0])
    room = max(high - low, high * 0.02)
    figure.update_xaxes(
        range=[max(0.0, low - room * 0.1), high + room * 0.25],
        tickformat="~s",
        title="Amount",
        nticks=6,
    )
    figure.update_yaxes(type="category", autorange="reversed", zeroline=False, ticks="")
    if target:
        _quota(figure, target, mode)
    return framed(figure, mode, height=_HEIGHT)


def _range(row: formats.Row, color: str) -> go.Scatter:
    return go.Scatter(
        x=[row.p10_amount, row.p90_amount],
        y=[row.supposed] * 2,
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


def _middles(rows: list[formats.Row], mode: Mode) -> go.Scatter:
    return go.Scatter(
        x=[row.p50_amount for row in rows],
        y=[row.supposed for row in rows],
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


def _quota(figure: go.Figure, target: float, mode: Mode) -> None:
    color = palette(mode).target
    figure.add_vline(x=target, line={"color": color, "width": TARGET_WIDTH})
    figure.add_annotation(
        x=target,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"quota {formats.money_short(target)}",
        showarrow=False,
        font={"color": color, "size": 12},
    )
    figure.update_layout(margin_t=24)
