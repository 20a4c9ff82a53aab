"""Days in a stage: Business Central's average of entries beside the true length of a stay."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import framed, room_for_labels, stage_labels
from dashboard.theme import Mode, palette
from pipeline.glossary import COLUMNS

_ROW = 46
"""Pixels for the two bars of a stage, so that the words behind each can be read."""


def days_in_stage(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """Two bars per stage: the mean stay, and under it, in grey, the mean entry.

    Takes `cycle_code, stage, stage_description, average_days, average_stay_days`.
    """
    colors = palette(mode)
    figure = go.Figure(
        [
            _bar(frame, "average_days", "entry", colors.context, colors.text),
            _bar(frame, "average_stay_days", "stay", colors.outline, colors.text),
        ]
    )
    most = frame[["average_days", "average_stay_days"]].max(axis=1)
    figure.update_xaxes(range=room_for_labels(most, 0.34), title="Days")
    figure.update_yaxes(type="category", autorange="reversed", zeroline=False, ticks="")
    figure.update_layout(barmode="group", bargap=0.3, bargroupgap=0.1)
    return framed(figure, mode, height=max(140, len(frame) * _ROW + 56))


def _bar(frame: pd.DataFrame, column: str, word: str, color: str, ink: str) -> go.Bar:
    words = [
        f"{formats.fixed(value, 1)} {word}" if not formats.is_missing(value) else ""
        for value in frame[column]
    ]
    labels = stage_labels(frame)
    return go.Bar(
        orientation="h",
        y=labels,
        x=frame[column],
        customdata=list(range(len(frame))),
        marker={"color": color},
        text=words,
        textposition="outside",
        textfont={"color": ink, "size": 12},
        cliponaxis=False,
        hovertext=[
            f"<b>{label}</b><br>{formats.days(value)}<br>{COLUMNS[column].definition}"
            for label, value in zip(labels, frame[column], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
