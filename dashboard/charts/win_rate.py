"""Win rates as points with the range they may well lie in; a small n shows by a long line."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import bar_height, framed, muted, room_for_labels, some_of
from dashboard.formats import Row
from dashboard.theme import Mode, palette

DEFINITION = "Won among won and lost; open ones are left out."


def by_part(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A point per part with its interval; months run from left to right, all else stands in rows.

    Takes `won, lost, win_rate, rate_low, rate_high` and what names the part: `closed_month`,
    `owner_name`, or `cycle_code`.
    """
    names = [formats.escape_html(formats.shortened(label)) for label in _names(frame)]
    if "closed_month" in frame:
        return _in_time(frame, names, mode)
    return _in_rows(frame, names, mode)


def _in_rows(frame: pd.DataFrame, names: list[str], mode: Mode) -> go.Figure:
    places = list(range(len(frame)))
    figure = go.Figure(
        _points(frame, names, mode).update(
            x=frame["win_rate"], y=places, error_x=_interval(frame, mode)
        )
    )
    figure.update_layout(annotations=_words(frame, mode))
    figure.update_xaxes(range=[0, 1.3], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1])
    figure.update_xaxes(title="Win rate, with its 95 % interval")
    figure.update_yaxes(
        range=[len(frame) - 0.5, -0.5], tickvals=places, ticktext=names, zeroline=False, ticks=""
    )
    return framed(figure, mode, height=bar_height(len(frame), 30))


def _in_time(frame: pd.DataFrame, names: list[str], mode: Mode) -> go.Figure:
    figure = go.Figure(
        _points(frame, names, mode).update(
            x=names, y=frame["win_rate"], error_y=_interval(frame, mode)
        )
    )
    figure.update_xaxes(type="category", title="Closed in", ticks="", tickvals=some_of(names))
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%", title="Win rate, 95 % interval")
    return framed(figure, mode, height=320)


def _points(frame: pd.DataFrame, names: list[str], mode: Mode) -> go.Scatter:
    return go.Scatter(
        mode="markers",
        customdata=list(range(len(frame))),
        marker={"color": palette(mode).won, "size": 9},
        hovertext=_hover(frame, names),
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _interval(frame: pd.DataFrame, mode: Mode) -> dict[str, object]:
    """The range around each point; a long line is a small n."""
    known = frame["win_rate"].fillna(0)
    return {
        "type": "data",
        "symmetric": False,
        "array": (frame["rate_high"] - known).clip(lower=0),
        "arrayminus": (known - frame["rate_low"]).clip(lower=0),
        "color": palette(mode).won,
        "thickness": 2,
        "width": 0,
    }


def _words(frame: pd.DataFrame, mode: Mode) -> list[dict[str, object]]:
    return [
        {
            "x": 1.04,
            "y": place,
            "xanchor": "left",
            "showarrow": False,
            "text": f"<b>{formats.rate(row.win_rate)}</b> · n {formats.count(row.won + row.lost)}",
            "font": {"size": 12, "color": muted(mode)},
        }
        for place, row in enumerate(formats.rows(frame))
    ]


def _hover(frame: pd.DataFrame, names: list[str]) -> list[str]:
    return [
        "<br>".join(
            [
                f"<b>{name}</b>",
                f"{formats.count(row.won)} won, {formats.count(row.lost)} lost",
                f"{formats.rate(row.win_rate)} ({formats.interval(row.rate_low, row.rate_high)})",
                DEFINITION,
            ]
        )
        for name, row in zip(names, formats.rows(frame), strict=True)
    ]


def reasons(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A bar per close reason: green where it won, red where it lost.

    Takes `outcome, close_reason_code, close_reason_description, opportunities, outcome_rate`.
    """
    colors = palette(mode)
    places = list(range(len(frame)))
    names = [formats.escape_html(_reason(row)) for row in formats.rows(frame)]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=places,
            x=frame["opportunities"],
            customdata=places,
            marker={"color": [getattr(colors, outcome) for outcome in frame["outcome"]]},
            text=[
                f"{formats.count(number)} · {formats.rate(share, 0)} of {outcome}"
                for number, share, outcome in zip(
                    frame["opportunities"], frame["outcome_rate"], frame["outcome"], strict=True
                )
            ],
            textposition="outside",
            textfont={"color": colors.text},
            cliponaxis=False,
            hovertext=names,
            hovertemplate="<b>%{hovertext}</b><br>%{text}<extra></extra>",
        )
    )
    figure.update_xaxes(range=room_for_labels(frame["opportunities"], 0.25), title="Opportunities")
    figure.update_yaxes(
        range=[len(frame) - 0.5, -0.5], tickvals=places, ticktext=names, zeroline=False, ticks=""
    )
    return framed(figure, mode, height=bar_height(len(frame), 36))


def _names(frame: pd.DataFrame) -> list[str]:
    if "closed_month" in frame:
        return [formats.month(month) for month in frame["closed_month"]]
    if "owner_name" in frame:
        named = frame["owner_name"].where(frame["owner_name"].notna(), frame["owner_code"])
        return ["No owner" if formats.is_missing(name) else str(name) for name in named]
    return [formats.text(code) for code in frame["cycle_code"]]


def _reason(row: Row) -> str:
    code, words = row.close_reason_code, row.close_reason_description
    name = words or ("No reason given" if formats.is_missing(code) else code)
    return f"{str(row.outcome).capitalize()}: {formats.shortened(name, 24)}"
