"""The funnel: how many reached each stage, and between the bars the share that went on."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import colors_by_stage, framed, muted, room_for_labels, stage_names
from dashboard.formats import Row
from dashboard.theme import Mode, palette

_ROW = 62
"""Pixels from one bar to the next: the bar and, under it, the line with the rate."""
_BAR = 0.42
REACHED = "Reached: was ever at this stage or beyond it."
ADVANCED = "Advanced: went on to a later stage or was won."


def funnel(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A bar per stage of one cycle, the rate printed under it on the way to the next.

    Takes `cycle_code, stage, stage_description, reached, advanced, advance_rate,
    rate_low, rate_high` in the order of the stages; a mark's
    `customdata` is the row's label in the frame of the report.
    """
    colors = palette(mode)
    places = list(range(len(frame)))
    rows = list(frame.index)
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=places,
            x=frame["reached"],
            width=_BAR,
            customdata=rows,
            marker={
                "color": colors_by_stage(frame, mode),
                "line": {"color": colors.outline, "width": 1},
            },
            text=[formats.count(number) for number in frame["reached"]],
            textposition="outside",
            textfont={"color": colors.text},
            cliponaxis=False,
            hovertext=_hover(frame),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.update_layout(annotations=_rates(frame, mode))
    figure.update_xaxes(
        range=room_for_labels(frame["reached"], 0.14), title="Opportunities that reached the stage"
    )
    figure.update_yaxes(
        range=[len(frame) - 0.2, -0.5],
        tickvals=places,
        ticktext=[formats.escape_html(name) for name in stage_names(frame)],
        zeroline=False,
        ticks="",
    )
    return framed(figure, mode, height=max(180, len(frame) * _ROW + 56))


def _rates(frame: pd.DataFrame, mode: Mode) -> list[dict[str, object]]:
    """The words under each bar: the rate, its interval and what it is measured on."""
    return [
        {
            "x": 0,
            "y": place + 0.5,
            "xanchor": "left",
            "xshift": 6,
            "showarrow": False,
            "text": rate_in_words(row),
            "font": {"size": 12, "color": muted(mode)},
        }
        for place, row in enumerate(formats.rows(frame))
    ]


def rate_in_words(row: Row) -> str:
    """The rate of a stage with its interval and n, or why there is none."""
    if formats.is_missing(row.advance_rate):
        return "↓ – nobody reached this stage"
    return (
        f"↓ <b>{formats.rate(row.advance_rate)}</b> went on "
        f"({formats.interval(row.rate_low, row.rate_high)}, n {formats.count(row.reached)})"
    )


def _hover(frame: pd.DataFrame) -> list[str]:
    return [
        "<br>".join(
            [
                f"<b>{formats.escape_html(name)}</b>",
                f"{formats.count(row.reached)} reached it",
                f"{formats.count(row.advanced)} went on",
                REACHED,
                ADVANCED,
            ]
        )
        for name, row in zip(stage_names(frame), formats.rows(frame), strict=True)
    ]
