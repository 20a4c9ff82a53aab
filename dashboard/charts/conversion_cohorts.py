"""Cohorts: a heat map of their rates by stage, or one stage's rate as it went through time."""

from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import framed, some_of
from dashboard.charts.counting_rules import in_short
from dashboard.charts.heat import heat
from dashboard.theme import Mode, palette

AT_MOST = 14
"""Cohorts in a heat map, the newest ones; the table has all."""
Weigh = Literal["opportunities", "amount"]


def cohorts(
    frame: pd.DataFrame, mode: Mode, *, by: str = "month", weigh: Weigh = "opportunities"
) -> go.Figure:
    """A row per cohort, the newest last; a column per stage of one cycle; young cells are grey.

    Takes `cohort_on, stage, position, stage_description, counted, advanced, advance_rate,
    rate_low, rate_high`, `is_young` where cohorts ripen, `amount_advance_rate` by amount.
    """
    began = sorted(frame["cohort_on"].unique())[-AT_MOST:]
    stages = frame[["position", "stage", "stage_description"]].drop_duplicates("position")
    stages = stages.sort_values("position")
    cells = {(row.cohort_on, row.position): row for row in formats.rows(frame)}
    grid = [[cells.get((day, place)) for place in stages["position"]] for day in began]
    return heat(
        [[_rate(cell, weigh) for cell in line] for line in grid],
        [[_cell(cell, weigh) for cell in line] for line in grid],
        [[_hover(cell) for cell in line] for line in grid],
        rows=[cohort_name(day, by) for day in began],
        columns=[formats.escape_html(_stage(row)) for row in formats.rows(stages)],
        mode=mode,
        grey=[[bool(getattr(cell, "is_young", False)) for cell in line] for line in grid],
    )


def cohort_name(day: object, by: str) -> str:
    """The name of a cohort: Jan 2026, or Q1 2026."""
    stamp = pd.Timestamp(str(day))
    return f"Q{stamp.quarter} {stamp.year}" if by == "quarter" else formats.month(stamp)


def _stage(row: formats.Row) -> str:
    name = row.stage_description
    return formats.shortened(name, 18) if name else f"Stage {row.stage}"


def _rate(cell: formats.Row, weigh: Weigh) -> float | None:
    if cell is None:
        return None
    rate = cell.amount_advance_rate if weigh == "amount" else cell.advance_rate
    return None if formats.is_missing(rate) else float(rate)


def _cell(cell: formats.Row, weigh: Weigh) -> str:
    if cell is None:
        return ""
    return f"{formats.rate(_rate(cell, weigh), 0)}<br>{in_short(cell.counted)}"


def _hover(cell: formats.Row) -> str:
    if cell is None:
        return ""
    lines = [
        f"{formats.count(cell.advanced)} of {formats.count(cell.counted)} went on",
        f"{formats.rate(cell.advance_rate)} ({formats.interval(cell.rate_low, cell.rate_high)})",
    ]
    if getattr(cell, "is_young", False):
        lines.append("Young: the rate still changes.")
    return "<br>".join(lines)


def through_time(
    frame: pd.DataFrame, mode: Mode, *, by: str = "month", weigh: Weigh = "opportunities"
) -> go.Figure:
    """The rate of one stage, cohort after cohort, with its interval; young ones are grey.

    Takes what `cohorts` takes, of one stage; a mark's `customdata` is its row in the report.
    """
    colors = palette(mode)
    names = [cohort_name(day, by) for day in frame["cohort_on"]]
    young = frame["is_young"] if "is_young" in frame else pd.Series(data=False, index=frame.index)
    rate = frame["amount_advance_rate"] if weigh == "amount" else frame["advance_rate"]
    figure = go.Figure(
        go.Scatter(
            mode="markers",
            x=names,
            y=rate,
            error_y=_interval(frame, mode) if weigh == "opportunities" else None,
            customdata=list(frame.index),
            marker={
                "size": 9,
                "color": [colors.context if is_young else colors.outline for is_young in young],
                "symbol": ["circle-open" if is_young else "circle" for is_young in young],
            },
            hovertext=[_hover(row) for row in formats.rows(frame)],
            hovertemplate="<b>%{x}</b><br>%{hovertext}<extra></extra>",
        )
    )
    figure.update_xaxes(type="category", title="Began in", ticks="", tickvals=some_of(names))
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%", title="Went on, 95 % interval")
    return framed(figure, mode, height=300)


def _interval(frame: pd.DataFrame, mode: Mode) -> dict[str, object]:
    known = frame["advance_rate"].fillna(0)
    return {
        "type": "data",
        "symmetric": False,
        "array": (frame["rate_high"] - known).clip(lower=0),
        "arrayminus": (known - frame["rate_low"]).clip(lower=0),
        "color": palette(mode).context,
        "thickness": 2,
        "width": 0,
    }
