"""What changed: the way from one day's pipeline to another's, and where the rest of it flowed."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import bar_height, framed, stage_labels
from dashboard.theme import Mode, Palette, ink_on, palette
from pipeline.glossary import COLUMNS

ENDS = ("starting", "ending")
_NODE_WIDTH = 14


def waterfall(frame: pd.DataFrame, mode: Mode, *, compared: bool = False) -> go.Figure:
    """A bar per kind of change from where the one before it ended; what is nought is left out.

    Takes `bucket, transitions, change_amount, compared, compared_amount`; `compared` draws what
    two snapshots show. The row number of a mark in the frame is its `customdata`.
    """
    amount, number = (
        ("compared_amount", "compared") if compared else ("change_amount", "transitions")
    )
    rows = frame[(frame[amount] != 0) | frame["bucket"].isin(ENDS)]
    changes = rows[amount].where(~rows["bucket"].isin(ENDS), 0)
    after = (rows[amount].iloc[0] + changes.cumsum()).round(2)
    base = (after - changes).where(~rows["bucket"].isin(ENDS), 0)
    colors = palette(mode)
    labels = [str(bucket).capitalize() for bucket in rows["bucket"]]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=labels,
            x=rows[amount],
            base=base,
            customdata=list(rows.index),
            marker={"color": [_color(str(bucket), colors) for bucket in rows["bucket"]]},
            hovertext=_hover(rows, amount, number),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    most = float(max(after.max(), base.max(), 1))
    figure.update_layout(
        annotations=_words(rows, amount, after, base, colors),
        shapes=_steps(list(after), colors),
    )
    figure.update_xaxes(range=[0, most * 1.42], tickformat="~s", nticks=6, title="Amount")
    figure.update_yaxes(type="category", range=[len(rows) - 0.5, -0.5], ticks="", zeroline=False)
    return framed(figure, mode, height=bar_height(len(rows), 38))


def _color(bucket: str, colors: Palette) -> str:
    """Won and lost have their own; what adds has that of open stages, what takes away is grey."""
    if bucket in ENDS:
        return colors.outline
    if bucket in ("won", "lost"):
        return str(getattr(colors, bucket))
    adds = ("new", "reopened", "increased", "pulled in", "pushed in", "transferred in", "restored")
    return colors.stages[2] if bucket in adds else colors.context


def _words(
    rows: pd.DataFrame, amount: str, after: pd.Series, base: pd.Series, colors: Palette
) -> list[dict[str, object]]:
    """Behind each bar its step with its sign, and the pipeline after it."""
    return [
        {
            "x": max(total, start),
            "y": place,
            "xanchor": "left",
            "xshift": 6,
            "showarrow": False,
            "text": _step_in_words(str(bucket), change, total),
            "font": {"size": 12, "color": colors.text},
        }
        for place, (bucket, change, total, start) in enumerate(
            zip(rows["bucket"], rows[amount], after, base, strict=True)
        )
    ]


def _step_in_words(bucket: str, change: float, total: float) -> str:
    if bucket in ENDS:
        return f"<b>{formats.money_short(total)}</b>"
    return f"<b>{formats.signed_money_short(change)}</b> → {formats.money_short(total)}"


def _steps(after: list[float], colors: Palette) -> list[dict[str, object]]:
    """The thin lines that lead from the end of one bar to the beginning of the next."""
    return [
        {
            "type": "line",
            "x0": total,
            "x1": total,
            "y0": place - 0.36,
            "y1": place + 1.36,
            "line": {"color": colors.line, "width": 1},
            "layer": "below",
        }
        for place, total in enumerate(after[:-1])
    ]


def _hover(rows: pd.DataFrame, amount: str, number: str) -> list[str]:
    return [
        "<br>".join(
            [
                f"<b>{str(bucket).capitalize()}</b>: {formats.money(change)}",
                _counted(str(bucket), int(how_many), number),
                COLUMNS[amount].definition,
            ]
        )
        for bucket, change, how_many in zip(rows["bucket"], rows[amount], rows[number], strict=True)
    ]


def _counted(bucket: str, how_many: int, number: str) -> str:
    if bucket in ENDS or number == "compared":
        return formats.opportunities(how_many)
    return formats.counted(how_many, "transition")


def category_flow(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """From the categories at the start, on the left, to those at the end, on the right.

    Takes `came_from, went_to, opportunities, amount`.
    """
    colors = palette(mode)
    sources, targets = list(frame["came_from"].unique()), list(frame["went_to"].unique())
    places = {name: place for place, name in enumerate(targets, start=len(sources))}
    held = [
        *frame.groupby("came_from", sort=False)["amount"].sum(),
        *frame.groupby("went_to", sort=False)["amount"].sum(),
    ]
    names = [*sources, *targets]
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [
                    f"{formats.escape_html(formats.shortened(name, 20)).capitalize()} "
                    f"{formats.money_short(amount)}"
                    for name, amount in zip(names, held, strict=True)
                ],
                "color": [_flow_color(name, colors) for name in names],
                "pad": 18,
                "thickness": _NODE_WIDTH,
                "line": {"width": 0},
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [sources.index(name) for name in frame["came_from"]],
                "target": [places[name] for name in frame["went_to"]],
                "value": frame["amount"],
                "color": [_link_color(name, colors) for name in frame["went_to"]],
                "customdata": _links(frame),
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            textfont={"color": colors.text, "size": 13},
        )
    )
    height = max(280, 46 * max(len(sources), len(targets)) + 60)
    return framed(figure, mode, height=height).update_layout(margin_t=14, margin_b=14)


def _flow_color(name: str, colors: Palette) -> str:
    if name in ("won", "lost"):
        return str(getattr(colors, name))
    causes = ("new", "increased", "decreased", "pushed out", "pulled in", "removed", "reopened")
    return colors.context if name in causes else colors.outline


def _link_color(name: str, colors: Palette) -> str:
    """The colour of where it goes, pale enough to be seen through."""
    solid = _flow_color(name, colors).lstrip("#")
    red, green, blue = (int(solid[at : at + 2], 16) for at in (0, 2, 4))
    return f"rgba({red}, {green}, {blue}, 0.28)"


def _links(frame: pd.DataFrame) -> list[str]:
    return [
        f"<b>{formats.escape_html(came_from)} → {formats.escape_html(went_to)}</b><br>"
        f"{formats.money(amount)} in {formats.opportunities(int(number))}"
        for came_from, went_to, amount, number in zip(
            frame["came_from"],
            frame["went_to"],
            frame["amount"],
            frame["opportunities"],
            strict=True,
        )
    ]


def stage_flow(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """A bar per stage: all that stood in it or entered it in the period, by where it is now.

    Takes `cycle_code, stage, stage_description, moved_on, moved_back, left_won, left_lost,
    left_scope, left_removed, at_end`.
    """
    colors = palette(mode)
    parts = {
        "moved_on": colors.stages[3],
        "moved_back": colors.stages[1],
        "left_won": colors.won,
        "left_lost": colors.lost,
        "left_scope": colors.context,
        "left_removed": colors.context,
        "at_end": colors.surface,
    }
    widest = frame[list(parts)].sum(axis=1).max() or 1
    figure = go.Figure([_part(frame, name, fill, widest, colors) for name, fill in parts.items()])
    figure.update_layout(barmode="stack")
    figure.update_xaxes(title="Opportunities that stood in the stage or entered it", nticks=6)
    figure.update_yaxes(type="category", autorange="reversed", zeroline=False, ticks="")
    return framed(figure, mode, height=bar_height(len(frame)))


def _part(frame: pd.DataFrame, name: str, fill: str, widest: float, colors: Palette) -> go.Bar:
    """One way out of the stages; its number and name stand inside where there is room."""
    label = COLUMNS[name].label
    return go.Bar(
        orientation="h",
        name=label,
        y=stage_labels(frame),
        x=frame[name],
        customdata=list(frame.index),
        marker={"color": fill, "line": {"color": colors.line, "width": 1}},
        text=[
            f"{formats.count(value)} {label.lower()}" if value / widest > _ROOM else ""
            for value in frame[name]
        ],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": ink_on(fill) if name != "at_end" else colors.text, "size": 12},
        hovertext=[
            f"<b>{stage}</b><br>{label}: {formats.count(value)}<br>{COLUMNS[name].definition}"
            for stage, value in zip(stage_labels(frame), frame[name], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


_ROOM = 0.13
"""The share of the widest bar that a number with its name needs."""
