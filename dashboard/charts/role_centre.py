"""The funnel and the opportunities by owner, as Business Central's role centre shows them."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import (
    bar_height,
    colors_by_stage,
    framed,
    room_for_labels,
    stage_labels,
)
from dashboard.theme import Mode, palette
from pipeline.glossary import COLUMNS

_ROW = 46


def funnel(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """Two bars per stage: what stands there now and, in grey, Business Central's entries ever.

    Takes `cycle_code, stage, stage_description, funnel_entries, opportunities`.
    """
    colors = palette(mode)
    bars = [("funnel_entries", "ever entered", [colors.context] * len(frame))]
    bars += [("opportunities", "now", colors_by_stage(frame, mode))]
    figure = go.Figure([_bar(frame, column, word, fill, mode) for column, word, fill in bars])
    most = frame[["funnel_entries", "opportunities"]].max(axis=1)
    figure.update_xaxes(range=room_for_labels(most), title="Number")
    figure.update_yaxes(type="category", autorange="reversed", zeroline=False, ticks="")
    figure.update_layout(barmode="group", bargap=0.3, bargroupgap=0.1)
    return framed(figure, mode, height=max(140, len(frame) * _ROW + 56))


def by_owner(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """One bar per owner, the most first; takes `owner_code, owner_name, opportunities`."""
    labels = [
        formats.escape_html(formats.shortened(_owner(name, code), 28))
        for name, code in zip(frame["owner_name"], frame["owner_code"], strict=True)
    ]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=labels,
            x=frame["opportunities"],
            customdata=list(range(len(frame))),
            marker={"color": palette(mode).outline},
            text=[formats.count(number) for number in frame["opportunities"]],
            textposition="outside",
            textfont={"color": palette(mode).text, "size": 12},
            cliponaxis=False,
            hovertemplate="%{y}: %{x}<extra></extra>",
        )
    )
    figure.update_xaxes(range=room_for_labels(frame["opportunities"], 0.2), title="Opportunities")
    figure.update_yaxes(type="category", autorange="reversed", zeroline=False, ticks="")
    return framed(figure, mode, height=bar_height(len(frame), 34))


def _owner(name: object, code: object) -> str:
    """The name of an owner with the code that tells two of one name apart."""
    if formats.is_missing(code):
        return "No owner"
    return f"{name} ({code})" if not formats.is_missing(name) else str(code)


def _bar(frame: pd.DataFrame, column: str, word: str, fill: list[str], mode: Mode) -> go.Bar:
    labels = stage_labels(frame)
    return go.Bar(
        orientation="h",
        y=labels,
        x=frame[column],
        customdata=list(range(len(frame))),
        marker={"color": fill},
        text=[f"{formats.count(number)} {word}" for number in frame[column]],
        textposition="outside",
        textfont={"color": palette(mode).text, "size": 12},
        cliponaxis=False,
        hovertext=[
            f"<b>{label}</b><br>{formats.count(number)}<br>{COLUMNS[column].definition}"
            for label, number in zip(labels, frame[column], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
