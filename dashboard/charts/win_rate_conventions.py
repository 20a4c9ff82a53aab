"""The win rate in its conventions, and what was lost where and why."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import bar_height, framed, muted, room_for_labels
from dashboard.theme import Mode, palette

AT_MOST = 14
"""Reasons that are drawn, those that cost most; the table has all."""


def conventions(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A point per convention with its interval, the rate by amount as a hollow one.

    Takes `convention_name, won, counted, win_rate, rate_low, rate_high, amount_win_rate, bias`.
    """
    colors, places = palette(mode), list(range(len(frame)))
    hover = {"hovertext": _hover(frame), "hovertemplate": "%{hovertext}<extra></extra>"}
    known = frame["win_rate"].fillna(0)
    interval = {
        "type": "data",
        "symmetric": False,
        "array": (frame["rate_high"] - known).clip(lower=0),
        "arrayminus": (known - frame["rate_low"]).clip(lower=0),
        "color": colors.won,
        "thickness": 2,
        "width": 0,
    }
    marks = {"mode": "markers", "y": places, "customdata": places, **hover}
    figure = go.Figure(
        [
            go.Scatter(
                x=frame["amount_win_rate"],
                marker={"symbol": "diamond-open", "size": 9, "color": colors.context},
                **marks,
            ),
            go.Scatter(
                x=frame["win_rate"],
                error_x=interval,
                marker={"size": 9, "color": colors.won},
                **marks,
            ),
        ]
    )
    figure.update_layout(annotations=_words(frame, mode))
    figure.update_xaxes(range=[0, 1.3], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1])
    figure.update_xaxes(title="Win rate, with its 95 % interval; hollow: by amount")
    figure.update_yaxes(
        range=[len(frame) - 0.5, -0.5],
        tickvals=places,
        ticktext=[formats.shortened(name, 44) for name in frame["convention_name"]],
        zeroline=False,
        ticks="",
    )
    return framed(figure, mode, height=bar_height(len(frame), 36))


def _words(frame: pd.DataFrame, mode: Mode) -> list[dict[str, object]]:
    return [
        {
            "x": 1.04,
            "y": place,
            "xanchor": "left",
            "showarrow": False,
            "text": f"<b>{formats.rate(row.win_rate)}</b> · "
            f"{formats.count(row.won)} of {formats.count(row.counted)}",
            "font": {"size": 12, "color": muted(mode)},
        }
        for place, row in enumerate(formats.rows(frame))
    ]


def _hover(frame: pd.DataFrame) -> list[str]:
    return [
        "<br>".join(
            [
                f"<b>{row.convention_name}</b>",
                f"{formats.count(row.won)} won of {formats.count(row.counted)}",
                f"{formats.rate(row.win_rate)} ({formats.interval(row.rate_low, row.rate_high)})",
                f"by amount {formats.rate(row.amount_win_rate)}",
                str(row.bias),
            ]
        )
        for row in formats.rows(frame)
    ]


def losses(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A bar per stage and reason, the costliest first; no decision is grey.

    Takes `cycle_code, stage, stage_description, close_reason_code, close_reason_description,
    is_no_decision, opportunities, amount`; a mark's `customdata` is its row in the report.
    """
    colors = palette(mode)
    order = ["amount", "opportunities"]
    rows = frame.sort_values(order, ascending=False).head(AT_MOST)
    places = list(range(len(rows)))
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=places,
            x=rows["amount"].fillna(0),
            customdata=list(rows.index),
            marker={
                "color": [
                    colors.context if undecided else colors.lost
                    for undecided in rows["is_no_decision"]
                ]
            },
            text=[
                f"{formats.money_short(row.amount)} · {formats.count(row.opportunities)}"
                for row in formats.rows(rows)
            ],
            textposition="outside",
            textfont={"color": colors.text},
            cliponaxis=False,
            hovertext=[_loss(row) for row in formats.rows(rows)],
            hovertemplate="<b>%{hovertext}</b><br>%{text}<extra></extra>",
        )
    )
    figure.update_xaxes(
        range=room_for_labels(rows["amount"].fillna(0), 0.25),
        title="Last open amount; behind it, how many",
        tickformat="~s",
        nticks=6,
    )
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        tickvals=places,
        ticktext=[_loss(row) for row in formats.rows(rows)],
        zeroline=False,
        ticks="",
    )
    return framed(figure, mode, height=bar_height(len(rows), 30))


def _loss(row: formats.Row) -> str:
    code = row.close_reason_code
    reason = row.close_reason_description or (
        "No reason given" if formats.is_missing(code) else code
    )
    words = f"{formats.shortened(row.stage_description, 16)}: {formats.shortened(reason, 24)}"
    return formats.escape_html(words)
