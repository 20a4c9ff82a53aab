"""The weighted pipeline: how much is open at each stage or month, and how much of it is expected."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import (
    bar_height,
    colors_by_stage,
    framed,
    room_for_labels,
    stage_labels,
    tooltip,
)
from dashboard.theme import Mode, palette

OPEN = "Open: what the opportunities would bring together."
WEIGHTED = "Weighted: each amount times its probability."


def by_stage(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A bar per stage: the whole is open, the filled part weighted.

    Takes `cycle_code, stage, stage_description, opportunities, amount, weighted_amount`, in the
    order of the stages; the row number of a mark is its `customdata`.
    """
    labels = stage_labels(frame)
    figure = go.Figure(
        [
            _open(frame, labels, mode),
            _weighted(frame, labels, colors_by_stage(frame, mode), mode),
        ]
    )
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(
        range=room_for_labels(frame["amount"]), tickformat="~s", title="Amount", nticks=5
    )
    figure.update_yaxes(type="category", autorange="reversed", zeroline=False, ticks="")
    return framed(figure, mode, height=bar_height(len(frame)))


def by_month(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A column per month of expected close: the whole is open, the filled part weighted.

    Takes `expected_month, opportunities, amount, weighted_amount`; a missing month is last and
    says so.
    """
    labels = [_month_label(month) for month in frame["expected_month"]]
    colors = palette(mode)
    hover = _hover(frame, labels)
    figure = go.Figure(
        [
            go.Bar(
                x=labels,
                y=frame["amount"],
                customdata=list(range(len(frame))),
                marker={"color": colors.stages[0], "line": {"width": 0}},
                hovertext=hover,
                hovertemplate="%{hovertext}<extra></extra>",
            ),
            go.Bar(
                x=labels,
                y=frame["weighted_amount"],
                customdata=list(range(len(frame))),
                marker={"color": colors.outline},
                text=[formats.money_short(value) for value in frame["weighted_amount"]],
                textposition="outside",
                cliponaxis=False,
                hovertext=hover,
                hovertemplate="%{hovertext}<extra></extra>",
            ),
        ]
    )
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(type="category", title="Month of expected close", ticks="", tickangle=0)
    figure.update_yaxes(tickformat="~s", title="Amount", nticks=5, rangemode="tozero")
    return framed(figure, mode, height=360)


def _open(frame: pd.DataFrame, labels: list[str], mode: Mode) -> go.Bar:
    colors = palette(mode)
    return go.Bar(
        orientation="h",
        y=labels,
        x=frame["amount"],
        customdata=list(range(len(frame))),
        marker={"color": colors.surface, "line": {"color": colors.line, "width": 1}},
        text=[_row_text(row) for row in frame.itertuples()],
        textposition="outside",
        textfont={"color": colors.text},
        cliponaxis=False,
        hovertext=_hover(frame, labels),
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _weighted(frame: pd.DataFrame, labels: list[str], fill: list[str], mode: Mode) -> go.Bar:
    return go.Bar(
        orientation="h",
        y=labels,
        x=frame["weighted_amount"],
        customdata=list(range(len(frame))),
        marker={"color": fill, "line": {"color": palette(mode).outline, "width": 1}},
        hovertext=_hover(frame, labels),
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _row_text(row: object) -> str:
    """What stands behind a bar: weighted of open, and how many."""
    weighted = formats.money_short(getattr(row, "weighted_amount", None))
    amount = formats.money_short(getattr(row, "amount", None))
    number = formats.count(getattr(row, "opportunities", None))
    return f"<b>{weighted}</b> of {amount} · {number}"


def _hover(frame: pd.DataFrame, labels: list[str]) -> list[str]:
    return [
        tooltip(
            [
                f"<b>{label}</b>",
                f"{formats.money(amount)} open in {formats.opportunities(number)}",
                f"{formats.money(weighted)} weighted",
                OPEN,
                WEIGHTED,
            ]
        ).removesuffix("<extra></extra>")
        for label, amount, weighted, number in zip(
            labels,
            frame["amount"],
            frame["weighted_amount"],
            frame["opportunities"],
            strict=True,
        )
    ]


def _month_label(month: object) -> str:
    return "No date" if formats.is_missing(month) else formats.month(month)
