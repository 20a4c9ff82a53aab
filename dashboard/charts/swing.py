"""How far each opportunity moves the chance to reach the quota: from lost to won."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import LEAST_ROW_HEIGHT, bar_height, framed, tooltip
from dashboard.theme import TARGET_WIDTH, Mode, palette

MOST = 12
_POINT = 11


def swings(frame: pd.DataFrame, chance: float, mode: Mode) -> go.Figure:
    """A line for each opportunity: the chance if it is lost, if it is won; and as it is now.

    Takes the frame of the report `swing-list`, the first rows of it, and the chance as it is. The
    row number of a mark is its `customdata`.
    """
    rows = formats.rows(frame.head(MOST))
    labels = [_label(row) for row in rows]
    lost = [row.chance_if_lost_rate for row in rows]
    won = [row.chance_if_won_rate for row in rows]
    figure = go.Figure(
        [
            _span(labels, lost, won, mode),
            _ends(labels, lost, palette(mode).lost, "line-ns", "if it is lost"),
            _ends(labels, won, palette(mode).won, "circle", "if it is won"),
            _words(labels, won, [row.swing_rate for row in rows], mode),
        ]
    )
    figure.update_xaxes(range=[0, 1.12], tickformat=".0%", title="Chance to get there", nticks=6)
    figure.update_yaxes(type="category", autorange="reversed", zeroline=False, ticks="")
    figure.add_vline(x=chance, line={"color": palette(mode).target, "width": TARGET_WIDTH})
    figure.add_annotation(
        x=chance,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=f"now {formats.escape_html(formats.chance_short(chance))}",
        showarrow=False,
        font={"color": palette(mode).text, "size": 12},
    )
    figure.update_layout(margin_t=24)
    return framed(figure, mode, height=bar_height(len(rows), LEAST_ROW_HEIGHT + 4) + 20)


def _label(row: formats.Row) -> str:
    name = formats.shortened(row.description or row.opportunity_no, 24)
    return formats.escape_html(f"{name} · {row.opportunity_no}")


def _span(labels: list[str], lost: list[float], won: list[float], mode: Mode) -> go.Scatter:
    xs = [x for low, high in zip(lost, won, strict=True) for x in (low, high, None)]
    ys = [y for label in labels for y in (label, label, None)]
    return go.Scatter(
        x=xs,
        y=ys,
        mode="lines",
        line={"color": palette(mode).forecast, "width": 5},
        hoverinfo="skip",
    )


def _ends(labels: list[str], xs: list[float], color: str, symbol: str, words: str) -> go.Scatter:
    return go.Scatter(
        x=xs,
        y=labels,
        mode="markers",
        customdata=list(range(len(labels))),
        marker={
            "symbol": symbol,
            "size": _POINT,
            "color": color,
            "line": {"color": color, "width": 3},
        },
        hovertext=[f"{formats.chance(x)} {words}" for x in xs],
        hovertemplate=tooltip(["%{hovertext}"]),
    )


def _words(labels: list[str], won: list[float], swing: list[float], mode: Mode) -> go.Scatter:
    return go.Scatter(
        x=won,
        y=labels,
        mode="text",
        text=[f"\u2003 +{formats.rate(each, 0)}" for each in swing],
        textposition="middle right",
        textfont={"color": palette(mode).text},
        cliponaxis=False,
        hoverinfo="skip",
    )
