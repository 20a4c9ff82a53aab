"""Every step between stages as a flow: from where, on the left, to where, on the right."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import framed
from dashboard.theme import Mode, Palette, palette, stage_colors


def transitions(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """The steps of one cycle, each as wide as it was often; back and again are grey.

    Left and right hold the same stages, so that a step back is seen as one. Takes `from_stage,
    from_description, to_stage, to_description, way, steps, opportunities`; the row of a step is
    its `customdata`.
    """
    colors = palette(mode)
    sources, targets = list(frame["from_stage"].unique()), list(frame["to_stage"].unique())
    stages = [str(stage) for stage in sources if stage]
    steps = dict(zip(stages, stage_colors(max(len(stages), 1), mode), strict=False))
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [*_labels(frame, "from"), *_labels(frame, "to")],
                "color": [_node(str(end), steps, colors) for end in (*sources, *targets)],
                "pad": 16,
                "thickness": 14,
                "line": {"width": 0.5, "color": colors.outline},
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [sources.index(stage) for stage in frame["from_stage"]],
                "target": [len(sources) + targets.index(end) for end in frame["to_stage"]],
                "value": frame["steps"],
                "color": [_link(str(way), colors) for way in frame["way"]],
                "customdata": [_hover(row) for row in formats.rows(frame)],
                "hovertemplate": "%{customdata}<extra></extra>",
            },
            textfont={"color": colors.text, "size": 13},
        )
    )
    height = max(280, 50 * max(len(sources), len(targets)) + 40)
    return framed(figure, mode, height=height).update_layout(margin_t=14, margin_b=14)


def _labels(frame: pd.DataFrame, side: str) -> list[str]:
    """The name of every node of a side, with how often it was left or entered."""
    keys = [f"{side}_stage", f"{side}_description"]
    nodes = frame.groupby(keys, sort=False)["steps"].sum().reset_index()
    return [
        f"{formats.escape_html(formats.shortened(name, 20))} {formats.count(number)}"
        for name, number in zip(nodes[keys[1]], nodes["steps"], strict=True)
    ]


def _node(end: str, steps: dict[str, str], colors: Palette) -> str:
    return {"won": colors.won, "lost": colors.lost}.get(end) or steps.get(end, colors.context)


def _link(way: str, colors: Palette) -> str:
    """The colour of the way, pale enough to be seen through."""
    solid = {"won": colors.won, "lost": colors.lost}.get(way)
    if solid is None:
        solid = colors.outline if way in ("start", "on") else colors.context
    red, green, blue = (int(solid.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4))
    return f"rgba({red}, {green}, {blue}, 0.3)"


def _hover(row: formats.Row) -> str:
    return (
        f"<b>{formats.escape_html(row.from_description)} → "
        f"{formats.escape_html(row.to_description)}</b><br>"
        f"{formats.counted(int(row.steps), 'step')} of "
        f"{formats.opportunities(int(row.opportunities))}"
    )
