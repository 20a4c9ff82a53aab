"""Health as bars: what rots in each stage, what a lack is worth, who is pushed again."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import (
    bar_height,
    colors_by_stage,
    framed,
    muted,
    room_for_labels,
    stage_labels,
    tooltip,
)
from dashboard.theme import Mode, palette

ROTTING = "Longer in the stage than three quarters of those that advanced from there."
_ROW = 40


def rotting(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A bar per stage: all that is in it as an outline, what rots as the filled part.

    Takes `cycle_code, stage, stage_description, opportunities, rotting, limit_days`.
    """
    colors = palette(mode)
    places = list(range(len(frame)))
    hover = [
        f"<b>{name}</b><br>{_rotting_words(row)}<br>{ROTTING}"
        for name, row in zip(stage_labels(frame), frame.itertuples(), strict=True)
    ]
    figure = go.Figure(
        [
            _bar(frame["opportunities"], "rgba(0, 0, 0, 0)", colors.outline, hover),
            _bar(frame["rotting"], colors_by_stage(frame, mode), colors.outline, hover),
        ]
    )
    figure.update_layout(
        barmode="overlay",
        annotations=[
            _words(float(number), place, _rotting_words(row), mode)
            for place, (number, row) in enumerate(
                zip(frame["opportunities"], frame.itertuples(), strict=True)
            )
        ],
    )
    figure.update_xaxes(
        range=room_for_labels(frame["opportunities"], 0.45), title="Opportunities in the stage"
    )
    return _with_rows(figure, stage_labels(frame), places, mode)


def _rotting_words(row: object) -> str:
    limit, number = getattr(row, "limit_days", None), getattr(row, "rotting", 0)
    if formats.is_missing(limit):
        return "no limit: too few advanced to learn one"
    whole = formats.count(getattr(row, "opportunities", 0))
    return f"<b>{formats.count(number)}</b> of {whole} longer than {formats.days(limit)}"


def missing(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A bar per lack, as long as the weighted amount that hangs on it.

    Takes `lack_description, opportunities, worth_amount, worth_weighted_amount, is_estimated`.
    """
    colors = palette(mode)
    places = list(range(len(frame)))
    names = [formats.escape_html(name) for name in frame["lack_description"]]
    words = [_lack_words(row) for row in frame.to_dict("records")]
    hover = [f"<b>{name}</b><br>{word}" for name, word in zip(names, words, strict=True)]
    figure = go.Figure(_bar(frame["worth_weighted_amount"], colors.context, colors.context, hover))
    figure.update_layout(
        annotations=[
            _words(float(value), place, word, mode)
            for place, (value, word) in enumerate(
                zip(frame["worth_weighted_amount"], words, strict=True)
            )
        ]
    )
    figure.update_xaxes(
        range=room_for_labels(frame["worth_weighted_amount"], 0.45),
        title="Weighted amount at stake, company currency",
        tickformat="~s",
    )
    return _with_rows(figure, names, places, mode)


def _lack_words(row: Mapping[Hashable, Any]) -> str:
    number = int(row["opportunities"])
    estimated = " (estimated)" if row["is_estimated"] and number else ""
    worth = formats.money_short(row["worth_weighted_amount"])
    return f"{worth} in {formats.opportunities(number)}{estimated}"


def push_again(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A bar per number of pushes so far: the share that was pushed again, with its interval.

    Takes `pushes, pushed_so_often, again_rate, rate_low, rate_high`.
    """
    colors = palette(mode)
    last = frame["pushes"].max()
    names = [_times(int(pushes), last) for pushes in frame["pushes"]]
    known = frame["again_rate"].fillna(0)
    bars = go.Bar(
        x=names,
        y=frame["again_rate"],
        customdata=list(range(len(frame))),
        marker={"color": colors.context},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (frame["rate_high"] - known).clip(lower=0),
            "arrayminus": (known - frame["rate_low"]).clip(lower=0),
            "color": colors.text,
            "thickness": 1.5,
            "width": 0,
        },
        hovertext=[
            f"{formats.rate(row['again_rate'])} "
            f"({formats.interval(row['rate_low'], row['rate_high'])}) of "
            f"{formats.opportunities(int(row['pushed_so_often']))}"
            for row in frame.to_dict("records")
        ],
        hovertemplate=tooltip(["<b>%{x}</b>", "%{hovertext} were pushed again"]),
    )
    figure = go.Figure(bars)
    figure.update_xaxes(title="Pushed so far")
    figure.update_yaxes(rangemode="tozero", tickformat=".0%", title="Pushed again")
    return framed(figure, mode, height=250)


def _times(pushes: int, last: int) -> str:
    more = " or more" if pushes == last else ""
    return "Never" if pushes == 0 else "Once" if pushes == 1 else f"{pushes} times{more}"


def _bar(values: pd.Series, color: str | list[str], edge: str, hover: list[str]) -> go.Bar:
    places = list(range(len(values)))
    return go.Bar(
        orientation="h",
        y=places,
        x=values,
        customdata=places,
        marker={"color": color, "line": {"color": edge, "width": 1}},
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _words(value: float, place: int, words: str, mode: Mode) -> dict[str, object]:
    """Words behind the end of a bar."""
    return {
        "x": value,
        "y": place,
        "text": words,
        "showarrow": False,
        "xanchor": "left",
        "xshift": 6,
        "font": {"size": 12, "color": muted(mode)},
    }


def _with_rows(figure: go.Figure, names: list[str], places: list[int], mode: Mode) -> go.Figure:
    figure.update_yaxes(
        range=[len(names) - 0.5, -0.5], tickvals=places, ticktext=names, zeroline=False, ticks=""
    )
    return framed(figure, mode, height=bar_height(len(names), _ROW))
