"""Where the period lands by each way of looking at it, against the quota."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import bar_height, framed, with_words_beside
from dashboard.theme import TARGET_WIDTH, Mode, palette

_ROOM = 1.02
"""The axis is so much longer than the longest bar."""
_RANGE_WIDTH = 3
_APART = {False: "  ", True: "\u2003 "}
"""What stands between the end of a bar and its words; a diamond needs more."""


def ways(
    frame: pd.DataFrame,
    spread: tuple[float, float],
    target: float | None,
    mode: Mode,
) -> go.Figure:
    """A bar for each way: won, what remains, what has not begun; the range of the expected.

    Takes the frame of the report `landing`, P10 and P90, and the quota. The row number of a mark
    is its `customdata`. A call is a diamond: it is a total, and nothing is added up in it.
    """
    bars = frame[frame["basis"] != "call"]
    calls = frame[frame["basis"] == "call"]
    figure = go.Figure(
        [
            _bar(bars, "won_so_far_amount", [palette(mode).won] * len(bars)),
            _bar(bars, "remaining_amount", _open_colors(bars, mode)),
            _bar(bars, "new_amount", [palette(mode).forecast_band] * len(bars)),
            _range(bars, spread, mode),
            _calls(calls, mode),
            _words(frame, spread, mode),
        ]
    )
    longest = max([float(frame["landing_amount"].max()), spread[1], target or 0.0, 1.0])
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, longest * _ROOM], tickformat="~s", title="Amount", nticks=6)
    figure.update_yaxes(
        type="category",
        autorange="reversed",
        zeroline=False,
        ticks="",
        categoryorder="array",
        categoryarray=_labels(frame),
    )
    if target:
        _quota_line(figure, target, mode)
    framed(figure, mode, height=bar_height(len(frame)) + 20)
    return with_words_beside(figure, [f"{_APART[True]}{words}" for words in _said(frame)])


def _labels(frame: pd.DataFrame) -> list[str]:
    return [formats.escape_html(words) for words in frame["basis_words"]]


def _open_colors(bars: pd.DataFrame, mode: Mode) -> list[str]:
    colors = palette(mode)
    return [colors.forecast if basis == "expected" else colors.stages[2] for basis in bars["basis"]]


_PARTS = {
    "won_so_far_amount": "won so far",
    "remaining_amount": "still to come of what is open",
    "new_amount": "of opportunities that have not begun",
}


def _bar(bars: pd.DataFrame, column: str, fill: list[str]) -> go.Bar:
    labels = _labels(bars)
    return go.Bar(
        orientation="h",
        y=labels,
        x=bars[column],
        customdata=list(range(len(bars))),
        marker={"color": fill},
        hovertext=[
            f"<b>{label}</b><br>{formats.money(amount)} {_PARTS[column]}"
            f"<br>lands at {formats.money(total)}"
            for label, amount, total in zip(
                labels, bars[column], bars["landing_amount"], strict=True
            )
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _range(bars: pd.DataFrame, spread: tuple[float, float], mode: Mode) -> go.Scatter:
    """From P10 to P90, on the bar of the expected."""
    rows = bars[bars["basis"] == "expected"]
    color = palette(mode).text
    low, high = (formats.money_short(end) for end in spread)
    return go.Scatter(
        x=list(spread) if len(rows) else [],
        y=_labels(rows) * 2,
        mode="lines+markers",
        line={"color": color, "width": _RANGE_WIDTH},
        marker={"symbol": "line-ns", "size": 14, "line": {"color": color, "width": _RANGE_WIDTH}},
        hovertemplate=f"In 8 of 10 cases {low} to {high}<extra></extra>",
    )


def _calls(calls: pd.DataFrame, mode: Mode) -> go.Scatter:
    return go.Scatter(
        x=calls["landing_amount"],
        y=_labels(calls),
        mode="markers",
        marker={"symbol": "diamond", "size": 13, "color": palette(mode).context},
        hovertemplate="A call is a total: won so far is in it<extra></extra>",
    )


def _words(frame: pd.DataFrame, spread: tuple[float, float], mode: Mode) -> go.Scatter:
    """What stands behind each bar: where it lands; behind the expected its range comes first."""
    rows = formats.rows(frame)
    return go.Scatter(
        x=[max(row.landing_amount, spread[1] if row.basis == "expected" else 0) for row in rows],
        y=_labels(frame),
        mode="text",
        text=[
            f"{_APART[row.basis == 'call']}<b>{amount}</b>"
            for row, amount in zip(rows, _said(frame), strict=True)
        ],
        textposition="middle right",
        textfont={"color": palette(mode).text},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _said(frame: pd.DataFrame) -> list[str]:
    return [formats.money_short(amount) for amount in frame["landing_amount"]]


def _quota_line(figure: go.Figure, target: float, mode: Mode) -> None:
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
