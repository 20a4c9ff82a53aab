"""The weighted pipeline: what is open at each stage or month, and how much of it is expected."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import (
    bar_height,
    colors_by_stage,
    framed,
    room_for_labels,
    some_of,
    stage_labels,
    tooltip,
)
from dashboard.formats import Row
from dashboard.theme import Mode, palette

OPEN = "Open: what the opportunities would bring together."
WEIGHTED = "Weighted: each amount times its probability."
_MONTHS_WITH_WORDS = 14


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
    says so. With many months the words on the columns give way to the tooltip.
    """
    labels = [_month_label(month) for month in frame["expected_month"]]
    colors = palette(mode)
    written = len(frame) <= _MONTHS_WITH_WORDS
    open_bar = _column(frame, labels, "amount", written=written)
    open_bar.update(marker={"color": colors.surface, "line": {"color": colors.line, "width": 1}})
    weighted_bar = _column(frame, labels, "weighted_amount", written=written)
    weighted_bar.update(marker={"color": colors.outline}, textfont={"weight": 700})
    figure = go.Figure([open_bar, weighted_bar])
    figure.update_layout(barmode="overlay", bargap=0.2)
    figure.update_xaxes(
        type="category", title="Month of expected close", ticks="", tickvals=some_of(labels)
    )
    figure.update_yaxes(tickformat="~s", title="Amount", nticks=5, rangemode="tozero")
    return framed(figure, mode, height=340)


def _column(frame: pd.DataFrame, labels: list[str], amount: str, *, written: bool) -> go.Bar:
    words = [formats.money_short(value) for value in frame[amount]]
    return go.Bar(
        x=labels,
        y=frame[amount],
        customdata=list(range(len(frame))),
        text=words if written else None,
        textposition="outside",
        cliponaxis=False,
        hovertext=_hover(frame, labels),
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _open(frame: pd.DataFrame, labels: list[str], mode: Mode) -> go.Bar:
    colors = palette(mode)
    return go.Bar(
        orientation="h",
        y=labels,
        x=frame["amount"],
        customdata=list(range(len(frame))),
        marker={"color": colors.surface, "line": {"color": colors.line, "width": 1}},
        text=[_row_text(row) for row in formats.rows(frame)],
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


def _row_text(row: Row) -> str:
    """What stands behind a bar: weighted of open; nothing where nothing is."""
    if not row.opportunities:
        return ""
    return f"<b>{formats.money_short(row.weighted_amount)}</b> of {formats.money_short(row.amount)}"


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
