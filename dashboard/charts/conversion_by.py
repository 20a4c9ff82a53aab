"""Conversion by part: each rate as it is and as it is believed, beside that of all."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import bar_height, framed, muted
from dashboard.theme import TARGET_WIDTH, Mode, palette

AT_MOST = 20
"""Parts that are drawn, the largest ones; the table has all."""
SHRUNKEN = "Filled: drawn towards the rate of all, as far as its number asks for it (90\u00a0%)."
OWN = "Hollow: its own rate."


def conversion_by(frame: pd.DataFrame, whole: float | None, mode: Mode) -> go.Figure:
    """A row per part: its shrunken rate with the interval, its own rate hollow, all as a line.

    Takes `part_name, counted, advanced, advance_rate, shrunken_rate, shrunken_low, shrunken_high,
    apart, is_rest`; the row that holds the small parts together is left to the table.
    """
    rows = frame[~frame["is_rest"].astype("bool")].head(AT_MOST)
    colors, places = palette(mode), list(range(len(rows)))
    figure = go.Figure(
        [
            go.Scatter(
                mode="markers",
                x=rows["advance_rate"],
                y=places,
                customdata=list(rows.index),
                marker={"symbol": "circle-open", "size": 9, "color": colors.context},
                hovertext=_hover(rows),
                hovertemplate="%{hovertext}<extra></extra>",
            ),
            go.Scatter(
                mode="markers",
                x=rows["shrunken_rate"],
                y=places,
                customdata=list(rows.index),
                error_x=_interval(rows, colors.outline),
                marker={"size": 9, "color": colors.outline},
                hovertext=_hover(rows),
                hovertemplate="%{hovertext}<extra></extra>",
            ),
        ]
    )
    figure.update_layout(annotations=_words(rows, mode), shapes=_all(whole, mode))
    figure.update_xaxes(range=[0, 1.45], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1])
    figure.update_xaxes(title="Went on; the line is the rate of all")
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.5],
        tickvals=places,
        ticktext=[formats.escape_html(formats.shortened(name)) for name in rows["part_name"]],
        zeroline=False,
        ticks="",
    )
    return framed(figure, mode, height=bar_height(len(rows), 30))


def _interval(rows: pd.DataFrame, color: str) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": rows["shrunken_high"] - rows["shrunken_rate"],
        "arrayminus": rows["shrunken_rate"] - rows["shrunken_low"],
        "color": color,
        "thickness": 2,
        "width": 0,
    }


def _words(rows: pd.DataFrame, mode: Mode) -> list[dict[str, object]]:
    return [
        {
            "x": 1.04,
            "y": place,
            "xanchor": "left",
            "showarrow": False,
            "text": f"<b>{formats.rate(row.shrunken_rate)}</b> · n {formats.count(row.counted)}"
            + _side(row.apart),
            "font": {"size": 12, "color": muted(mode)},
        }
        for place, row in enumerate(formats.rows(rows))
    ]


def _side(apart: str) -> str:
    """On which side of the rest it lies; nothing where there are too few to tell."""
    return {"above the rest": " ▲", "below the rest": " ▼"}.get(apart, "")


def _all(whole: float | None, mode: Mode) -> list[dict[str, object]]:
    if whole is None:
        return []
    line = {"color": palette(mode).target, "width": TARGET_WIDTH}
    return [
        {"type": "line", "x0": whole, "x1": whole, "yref": "paper", "y0": 0, "y1": 1}
        | {
            "line": line,
            "layer": "below",
        }
    ]


def _believed(row: formats.Row) -> str:
    interval = formats.interval(row.shrunken_low, row.shrunken_high)
    return f"shrunken {formats.rate(row.shrunken_rate)} ({interval})"


def _hover(rows: pd.DataFrame) -> list[str]:
    return [
        "<br>".join(
            [
                f"<b>{formats.escape_html(row.part_name)}</b>",
                f"{formats.count(row.advanced)} of {formats.count(row.counted)} went on",
                f"own rate {formats.rate(row.advance_rate)}",
                _believed(row),
                str(row.apart).capitalize(),
                SHRUNKEN,
                OWN,
            ]
        )
        for row in formats.rows(rows)
    ]
