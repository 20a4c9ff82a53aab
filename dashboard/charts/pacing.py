"""What is won so far beside the fan of past periods."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import framed
from dashboard.theme import TARGET_WIDTH, Mode, palette

_HEIGHT = 360


def fan(frame: pd.DataFrame, target: float | None, mode: Mode) -> go.Figure:
    """The fan of past periods week by week, the mean in it, and what is won as steps.

    Takes the frame of the report `pacing`. With a quota the fan is share × quota, and the quota a
    thin line; without one it is the share itself, and what is won stands nowhere beside it.
    """
    money = target is not None
    low, mean, high = (
        ("expected_low", "expected_amount", "expected_high")
        if money
        else ("share_low", "share_mean", "share_high")
    )
    figure = go.Figure([*_band(frame, low, high, mode), _mean(frame, mean, mode, money=money)])
    if money or frame[mean].isna().all():
        figure.add_trace(_won(frame, mode))
    if target is not None:
        _quota(figure, target, mode)
    figure.update_xaxes(title="Week of the period", dtick=1 if len(frame) <= 14 else 4, ticks="")  # noqa: PLR2004  a quarter
    figure.update_yaxes(
        tickformat="~s" if money else ".0%",
        title="Won amount" if money else "Share of the final won amount",
        nticks=5,
        rangemode="tozero",
    )
    return framed(figure, mode, height=_HEIGHT).update_layout(margin_r=110)


def _band(frame: pd.DataFrame, low: str, high: str, mode: Mode) -> list[go.Scatter]:
    """From the tenth to the ninetieth percent of past periods."""
    edge = {"width": 0}
    words = [f"Week {week}: in 8 of 10 past periods between these" for week in frame["week"]]
    return [
        go.Scatter(x=frame["week"], y=frame[low], mode="lines", line=edge, hoverinfo="skip"),
        go.Scatter(
            x=frame["week"],
            y=frame[high],
            mode="lines",
            line=edge,
            fill="tonexty",
            fillcolor=palette(mode).forecast_band,
            hovertext=words,
            hovertemplate="%{hovertext}<extra></extra>",
        ),
    ]


def _mean(frame: pd.DataFrame, column: str, mode: Mode, *, money: bool) -> go.Scatter:
    write = formats.money if money else formats.rate
    at = len(frame) * 2 // 3
    texts = ["past periods" if place == at else "" for place in range(len(frame))]
    return go.Scatter(
        x=frame["week"],
        y=frame[column],
        mode="lines+text",
        text=texts if frame[column].notna().any() else None,
        textposition="bottom right",
        textfont={"color": palette(mode).forecast},
        cliponaxis=False,
        line={"color": palette(mode).forecast, "width": 1.5, "dash": "dot"},
        hovertext=[
            f"Week {week}: {write(value)} expected by then, as past periods had it"
            for week, value in zip(frame["week"], frame[column], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _won(frame: pd.DataFrame, mode: Mode) -> go.Scatter:
    begun = frame.dropna(subset=["won_to_date_amount"])
    words = ["" for _ in range(len(begun))]
    if words:
        words[-1] = f"  <b>{formats.money_short(begun['won_to_date_amount'].iloc[-1])}</b> won"
    return go.Scatter(
        x=begun["week"],
        y=begun["won_to_date_amount"],
        mode="lines+markers+text",
        text=words,
        textposition="middle right",
        textfont={"color": palette(mode).won},
        cliponaxis=False,
        line={"color": palette(mode).won, "width": 3},
        marker={"size": 5},
        hovertext=[
            f"Week {week}: {formats.money(value)} won by then"
            for week, value in zip(begun["week"], begun["won_to_date_amount"], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _quota(figure: go.Figure, target: float, mode: Mode) -> None:
    color = palette(mode).target
    figure.add_hline(y=target, line={"color": color, "width": TARGET_WIDTH})
    figure.add_annotation(
        x=0,
        xref="paper",
        xanchor="left",
        y=target,
        yanchor="bottom",
        text=f"quota {formats.money_short(target)}",
        showarrow=False,
        font={"color": color, "size": 12},
    )
