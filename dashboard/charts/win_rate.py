"""Win rates as points with the range they may well lie in; a small n shows itself by a long line."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import bar_height, framed, muted
from dashboard.theme import Mode, palette

DEFINITION = "Won among won and lost; open ones are left out."


def by_group(frame: pd.DataFrame, labels: list[str], mode: Mode) -> go.Figure:
    """A point per group with its interval, and the rate with its n behind it.

    Takes `won, lost, win_rate, rate_low, rate_high`; `labels` names the rows.
    """
    names = [formats.escape_html(formats.shortened(label)) for label in labels]
    colors = palette(mode)
    known = frame["win_rate"].fillna(0)
    figure = go.Figure(
        go.Scatter(
            x=frame["win_rate"],
            y=list(range(len(frame))),
            mode="markers",
            customdata=list(range(len(frame))),
            marker={"color": colors.won, "size": 10},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (frame["rate_high"] - known).clip(lower=0),
                "arrayminus": (known - frame["rate_low"]).clip(lower=0),
                "color": colors.won,
                "thickness": 2,
                "width": 0,
            },
            hovertext=_hover(frame, names),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    figure.update_layout(annotations=_words(frame, mode))
    figure.update_xaxes(range=[0, 1.3], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1])
    figure.update_xaxes(title="Win rate, with its 95 % interval")
    figure.update_yaxes(
        range=[len(frame) - 0.5, -0.5],
        tickvals=list(range(len(frame))),
        ticktext=names,
        zeroline=False,
        ticks="",
    )
    return framed(figure, mode, height=bar_height(len(frame), 30))


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
        for place, row in enumerate(frame.itertuples())
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
        for name, row in zip(names, frame.itertuples(), strict=True)
    ]
