"""The pipeline over time: a band of steps for each stage, one upon the other."""

from itertools import accumulate

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import colors_by_stage, framed, stage_labels
from dashboard.theme import Mode, palette
from pipeline.glossary import COLUMNS

_LEAST_LABELLED = 0.05
"""A band thinner than this share of the whole has no room for its name."""
_HEIGHT = 400
_WIDEST_NAMES = 210
"""Pixels the names may take on the right, however long they are."""


def by_stage(frame: pd.DataFrame, mode: Mode, *, of: str = "weighted_amount") -> go.Figure:
    """What stood in each stage at the end of each month or week, stacked, the first stage below.

    Takes `counted_on, cycle_code, stage, stage_description` and the column `of`: `amount`,
    `weighted_amount` or `opportunities`.
    """
    bands = [rows for _, rows in frame.groupby(["cycle_code", "stage"], sort=False)]
    stages = frame.drop_duplicates(["cycle_code", "stage"])
    labels, colors = stage_labels(stages), colors_by_stage(stages, mode)
    figure = go.Figure(
        [
            _band(rows, label, color, of, mode)
            for rows, label, color in zip(bands, labels, colors, strict=True)
        ]
    )
    newest = [float(rows[of].iloc[-1]) for rows in bands]
    figure.update_layout(annotations=_names(labels, newest, of, mode))
    figure.update_xaxes(title="At the end of", nticks=8, zeroline=False, ticks="")
    figure.update_yaxes(tickformat="~s", title=COLUMNS[of].label, nticks=5, rangemode="tozero")
    room = min(_WIDEST_NAMES, 60 + 7 * max(map(len, labels)))
    return framed(figure, mode, height=_HEIGHT).update_layout(margin_r=room)


def _band(rows: pd.DataFrame, label: str, color: str, of: str, mode: Mode) -> go.Scatter:
    """One stage: each step is as wide as the month or week at whose end it is counted."""
    return go.Scatter(
        x=rows["counted_on"],
        y=rows[of],
        name=label,
        mode="lines",
        stackgroup="stages",
        fillcolor=color,
        line={"shape": "vh", "width": 0.75, "color": palette(mode).outline},
        hovertext=[
            f"<b>{label}</b>, {formats.day(day)}<br>{_written(value, of)}"
            f"<br>{COLUMNS[of].definition}"
            for day, value in zip(rows["counted_on"], rows[of], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _names(labels: list[str], newest: list[float], of: str, mode: Mode) -> list[dict[str, object]]:
    """The name of each band, and what it holds now, behind its end; thin bands go without."""
    tops = list(accumulate(newest))
    return [
        {
            "x": 1,
            "xref": "paper",
            "y": top - value / 2,
            "xanchor": "left",
            "xshift": 6,
            "showarrow": False,
            "text": f"{label} <b>{_short(value, of)}</b>",
            "font": {"size": 12, "color": palette(mode).text},
        }
        for label, value, top in zip(labels, newest, tops, strict=True)
        if value >= _LEAST_LABELLED * tops[-1] > 0
    ]


def _written(value: float, of: str) -> str:
    return formats.opportunities(int(value)) if of == "opportunities" else formats.money(value)


def _short(value: float, of: str) -> str:
    return formats.count(value) if of == "opportunities" else formats.money_short(value)
