"""Time as curves of steps: who is still in each stage, and who is won, lost or open by age."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import framed, muted, stage_names
from dashboard.theme import Mode, palette, stage_colors

MOST_STEPS = 120
"""Steps of one curve; more than the eye can tell apart are left out."""
HEIGHT = 330
_FEW_LEFT = 0.01
_BAND = 0.16
STILL_THERE = "The share that stays longer, those that are still there counted so far as known."
BY_AGE = "The shares that are won, lost and still open at that age; they add up to all."


def curves(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A falling curve per stage of one cycle, with its interval as a shaded band.

    Takes `stage, stage_description, days, at_risk, survival_rate, survival_low, survival_high`,
    the stages in order.
    """
    figure = go.Figure()
    stages = frame["stage"].unique()
    for stage, color in zip(stages, stage_colors(len(stages), mode), strict=True):
        rows = _thinned(frame[frame["stage"] == stage])
        figure.add_trace(_band(rows, color))
        figure.add_trace(_curve(rows, color))
    figure.update_layout(annotations=_names_in_order(frame, mode))
    figure.update_xaxes(range=[0, _last_day(frame)], title="Days since entering the stage")
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%", title="Still in the stage")
    return framed(figure, mode, height=HEIGHT)


def _curve(rows: pd.DataFrame, color: str) -> go.Scatter:
    name = formats.escape_html(stage_names(rows)[0])
    return go.Scatter(
        x=[0, *rows["days"]],
        y=[1, *rows["survival_rate"]],
        mode="lines",
        line={"shape": "hv", "color": color, "width": 2.5},
        name=name,
        hovertext=["", *_curve_words(name, rows)],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _curve_words(name: str, rows: pd.DataFrame) -> list[str]:
    return [
        "<br>".join(
            [
                f"<b>{name}</b>, {formats.days(row.days)}",
                _still_there(row),
                f"{formats.count(row.at_risk)} lasted so long",
                STILL_THERE,
            ]
        )
        for row in rows.itertuples()
    ]


def _still_there(row: object) -> str:
    rate, low, high = (getattr(row, f"survival_{end}") for end in ("rate", "low", "high"))
    return f"{formats.rate(rate)} still there ({formats.interval(low, high)})"


def _band(rows: pd.DataFrame, color: str) -> go.Scatter:
    """The interval: along the upper ends and back along the lower ones, in steps."""
    days = [0, *rows["days"]]
    high, low = [1, *rows["survival_high"]], [1, *rows["survival_low"]]
    there_x, there_y = _stepped(days, high)
    back_x, back_y = _stepped(days, low)
    return go.Scatter(
        x=there_x + back_x[::-1],
        y=there_y + back_y[::-1],
        fill="toself",
        fillcolor=_faint(color),
        line={"width": 0},
        hoverinfo="skip",
        mode="lines",
    )


def _stepped(days: list[float], values: list[float]) -> tuple[list[float], list[float]]:
    """The corners of a curve that keeps its height until the next day."""
    across = [day for day in days for _ in range(2)][1:]
    heights = [value for value in values for _ in range(2)][:-1]
    return across, heights


def _faint(color: str) -> str:
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {_BAND})"


def _thinned(rows: pd.DataFrame) -> pd.DataFrame:
    """As many evenly spaced steps as can be seen; the last stays."""
    every = max(1, -(-len(rows) // MOST_STEPS))
    kept = pd.concat([rows.iloc[::every], rows.iloc[-1:]])
    return kept[~kept["days"].duplicated()]


def _last_day(frame: pd.DataFrame) -> float:
    """Where every curve has come down, or the longest that was seen."""
    fallen = frame[frame["survival_rate"] <= _FEW_LEFT].groupby("stage")["days"].min()
    longest = frame.groupby("stage")["days"].max()
    return max(1.0, float(fallen.reindex(longest.index).fillna(longest).max()))


def _names_in_order(frame: pd.DataFrame, mode: Mode) -> list[dict[str, object]]:
    """Each stage's name with its colour, one under the other where falling curves leave room.

    Names at the curves would lie on each other: stages often take about as long.
    """
    first_rows = frame.drop_duplicates("stage")
    colors = stage_colors(len(first_rows), mode)
    return [
        {
            "x": 1,
            "y": 1,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "right",
            "yanchor": "top",
            "yshift": -18 * place,
            "text": f"{formats.escape_html(name)} <span style='color:{color}'><b>━━</b></span>",
            "showarrow": False,
            "font": {"size": 12, "color": muted(mode)},
        }
        for place, (name, color) in enumerate(zip(stage_names(first_rows), colors, strict=True))
    ]


def win_curve(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """Won from below, lost from above, open between them, by age.

    Takes `days, at_risk, won_by_age_rate, lost_by_age_rate, open_at_age_rate`.
    """
    colors = palette(mode)
    rows = _thinned(frame)
    layers = [
        ("Won", "won_by_age_rate", colors.won),
        ("Open", "open_at_age_rate", stage_colors(1, mode)[0]),
        ("Lost", "lost_by_age_rate", colors.lost),
    ]
    figure = go.Figure([_layer(rows, *layer) for layer in layers])
    figure.update_layout(annotations=_names_of_layers(rows, layers))
    figure.update_xaxes(
        range=[0, float(rows["days"].max()) * 1.16], title="Days since the opportunity was created"
    )
    figure.update_yaxes(range=[0, 1], tickformat=".0%", title="Of all opportunities")
    return framed(figure, mode, height=HEIGHT)


def _layer(rows: pd.DataFrame, name: str, column: str, color: str) -> go.Scatter:
    begins = 1.0 if name == "Open" else 0.0
    return go.Scatter(
        x=[0, *rows["days"]],
        y=[begins, *rows[column]],
        mode="lines",
        stackgroup="all",
        line={"shape": "hv", "width": 0},
        fillcolor=color,
        name=name,
        hovertext=["", *_layer_words(rows)],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _layer_words(rows: pd.DataFrame) -> list[str]:
    return [
        "<br>".join(
            [
                f"<b>{formats.days(row.days)} old</b>",
                f"{formats.rate(row.won_by_age_rate)} won",
                f"{formats.rate(row.open_at_age_rate)} still open",
                f"{formats.rate(row.lost_by_age_rate)} lost",
                f"{formats.count(row.at_risk)} came to this age",
                BY_AGE,
            ]
        )
        for row in rows.itertuples()
    ]


def _names_of_layers(
    rows: pd.DataFrame, layers: list[tuple[str, str, str]]
) -> list[dict[str, object]]:
    """Each layer's name and last share behind its end, in the middle of what is left of it."""
    last = rows.iloc[-1]
    heights = [float(last[column]) for _, column, _ in layers]
    middles = [sum(heights[:place]) + height / 2 for place, height in enumerate(heights)]
    return [
        {
            "x": float(last["days"]),
            "y": min(0.96, max(0.04, middle)),
            "text": f"<b>{name}</b> {formats.rate(height, 0)}",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 8,
            "font": {"size": 12},
        }
        for (name, _, _), height, middle in zip(layers, heights, middles, strict=True)
    ]
