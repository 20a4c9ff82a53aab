"""How good forecasts were: quarter by quarter, by horizon, by stated chance, by whose call."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import bar_height, framed, muted, some_of, with_words_beside
from dashboard.theme import Mode, palette

BAND = "The range should hold four times in five."
_MOST_METHODS = 5


def track_record(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """The range of each quarter as a bar, the forecast as a line in it, what came as a dot.

    Takes `period_label, forecast_amount, p10_amount, p90_amount, actual_amount, held`; a dot is a
    cross where the range did not hold. The row number of a mark is its `customdata`.
    """
    colors = palette(mode)
    places, labels = list(range(len(frame))), list(frame["period_label"])
    figure = go.Figure()
    known = frame[frame["p10_amount"].notna()]
    rows = [places[at] for at in frame.index.get_indexer(known.index)]
    figure.add_bar(
        x=rows,
        y=known["p90_amount"] - known["p10_amount"],
        base=known["p10_amount"],
        width=0.5,
        marker={"color": colors.forecast_band, "line": {"width": 0}},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[at for place in places for at in (place - 0.25, place + 0.25, None)],
        y=[at for said in frame["forecast_amount"] for at in (said, said, None)],
        mode="lines",
        line={"color": colors.forecast, "width": 3},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=places,
        y=frame["actual_amount"],
        mode="markers",
        customdata=places,
        marker={
            "color": colors.won,
            "size": 11,
            "symbol": ["x" if held is False else "circle" for held in _plain(frame["held"])],
            "line": {"width": 0},
        },
        hovertext=_track_hover(frame),
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.update_layout(barmode="overlay", annotations=_track_words(frame, mode))
    few = some_of(labels)
    figure.update_xaxes(
        tickvals=[places[labels.index(each)] for each in few],
        ticktext=[formats.escape_html(each) for each in few],
        range=[-0.6, max(len(frame), 4) + 0.5],
        ticks="",
        zeroline=False,
    )
    figure.update_yaxes(rangemode="tozero", tickformat="~s", nticks=6, title="Amount")
    return framed(figure, mode, height=340)


def _plain(held: pd.Series) -> list[bool | None]:
    return [None if formats.is_missing(value) else bool(value) for value in held]


def _track_words(frame: pd.DataFrame, mode: Mode) -> list[dict[str, object]]:
    """What the marks are, said once beside those of the last quarter."""
    if frame.empty:
        return []
    last = frame.iloc[-1]
    colors = palette(mode)
    words = [
        ("forecast", last["forecast_amount"], colors.forecast),
        ("came", last["actual_amount"], colors.won),
    ]
    apart = abs(float(last["forecast_amount"]) - float(last["actual_amount"]))
    tight = apart < 0.06 * float(max(frame["actual_amount"].max(), 1))
    upper = 0 if last["forecast_amount"] >= last["actual_amount"] else 1
    return [
        {
            "x": len(frame) - 0.75,
            "y": amount,
            "xshift": 4,
            "yshift": (9 if place == upper else -9) if tight else 0,
            "xanchor": "left",
            "showarrow": False,
            "text": text,
            "font": {"color": color, "size": 12},
        }
        for place, (text, amount, color) in enumerate(words)
    ]


def _track_hover(frame: pd.DataFrame) -> list[str]:
    return [
        "<br>".join(
            [
                f"<b>{formats.escape_html(row.period_label)}</b>",
                f"{formats.money(row.actual_amount)} came ({formats.counted(row.won, 'win')})",
                f"{formats.money(row.forecast_amount)} said on {formats.day(row.cut_on)}",
                f"range {formats.money(row.p10_amount)} to {formats.money(row.p90_amount)}",
                BAND,
            ]
        )
        for row in formats.rows(frame)
    ]


def by_horizon(frame: pd.DataFrame, mode: Mode, *, measure: str) -> go.Figure:
    """A line for each method over the weeks before the end: `wape_rate` or `bias_rate`.

    Takes `method, method_title, weeks_before` and the measure; the best five are drawn, the best
    in the colour of forecasts, the rest grey, and each is named where it begins.
    """
    colors = palette(mode)
    figure = go.Figure()
    best = frame.groupby("method")["wape_rate"].mean().sort_values().index[:_MOST_METHODS]
    dashes = ("solid", "dash", "dot", "dashdot", "longdash")
    for place, method in reversed(list(enumerate(best))):
        rows = frame[frame["method"] == method].sort_values("weeks_before", ascending=False)
        title = formats.escape_html(str(rows["method_title"].iloc[0]))
        figure.add_scatter(
            x=_places(rows["weeks_before"]),
            y=rows[measure],
            mode="lines+markers",
            line={
                "color": colors.forecast if place == 0 else colors.context,
                "width": 3 if place == 0 else 1.5,
                "dash": dashes[place],
            },
            marker={"size": 7},
            hovertext=[
                f"<b>{title}</b><br>{formats.counted(int(row.weeks_before), 'week')} before the end"
                f"<br>{formats.rate(getattr(row, measure))} of what came"
                for row in formats.rows(rows)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    figure.update_layout(annotations=_line_names(frame, list(best), measure, mode))
    weeks = sorted(frame["weeks_before"].unique(), reverse=True)
    figure.update_xaxes(
        tickvals=list(range(len(weeks))),
        ticktext=[str(week) for week in weeks],
        range=[-2.0, len(weeks) - 0.7],
        title="Weeks before the end",
        zeroline=False,
    )
    title = {"wape_rate": "WAPE, of what came", "bias_rate": "Bias, of what came"}[measure]
    figure.update_yaxes(tickformat=".0%", title=title, nticks=6, side="right")
    if measure == "wape_rate":
        figure.update_yaxes(rangemode="tozero")
    return framed(figure, mode, height=320)


def _places(weeks: pd.Series) -> list[int]:
    order = sorted(weeks.unique(), reverse=True)
    return [order.index(week) for week in weeks]


def _line_names(
    frame: pd.DataFrame, methods: list[str], measure: str, mode: Mode
) -> list[dict[str, object]]:
    """The name of each line where it begins, pushed apart so that none covers another."""
    first = frame[frame["weeks_before"] == frame["weeks_before"].max()].set_index("method")
    ends = first[first.index.isin(methods)].sort_values(measure)
    values = [float(value) for value in ends[measure]]
    span = max(float(frame[measure].max() - min(0, frame[measure].min())), 0.01)
    spread: list[float] = []
    for value in values:
        spread.append(max(value, spread[-1] + span * 0.075) if spread else value)
    return [
        {
            "x": 0,
            "y": place,
            "xshift": -10,
            "xanchor": "right",
            "showarrow": False,
            "text": formats.escape_html(formats.shortened(row.method_title, 22)),
            "font": {
                "size": 12,
                "color": palette(mode).forecast if row.Index == methods[0] else muted(mode),
            },
        }
        for place, row in zip(spread, formats.rows(ends), strict=True)
    ]


def reliability(frame: pd.DataFrame, mode: Mode) -> go.Figure:
    """What was stated across, what happened up, each bin with its interval; on the line is right.

    Takes `cases, happened, stated_rate, happened_rate, rate_low, rate_high`.
    """
    colors = palette(mode)
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        line={"color": colors.target, "width": 1},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=frame["stated_rate"],
        y=frame["happened_rate"],
        mode="lines+markers",
        line={"color": colors.forecast, "width": 1.5},
        marker={"color": colors.forecast, "size": 9},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": frame["rate_high"] - frame["happened_rate"],
            "arrayminus": frame["happened_rate"] - frame["rate_low"],
            "color": colors.forecast,
            "thickness": 2,
            "width": 0,
        },
        hovertext=[
            f"<b>{formats.rate(row.stated_rate)} stated</b><br>{formats.rate(row.happened_rate)} "
            f"happened ({formats.interval(row.rate_low, row.rate_high)})<br>"
            f"{formats.count(row.happened)} of {formats.count(row.cases)}"
            for row in formats.rows(frame)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.update_layout(
        annotations=[
            {
                "x": 0.62,
                "y": 0.78,
                "xanchor": "right",
                "showarrow": False,
                "text": "on the line it happened as often as stated",
                "font": {"size": 12, "color": muted(mode)},
            }
        ]
    )
    axis = {"range": [-0.02, 1.02], "tickformat": ".0%", "nticks": 6}
    figure.update_xaxes(title="Stated chance to be won by the end", **axis)
    figure.update_yaxes(title="Share that was, 95 % interval", **axis)
    return framed(figure, mode, height=380)


def value_added(frame: pd.DataFrame, names: list[str], mode: Mode) -> go.Figure:
    """A bar for each row from nought: to the right calls helped, to the left they cost.

    Takes `calls, value_added_rate`; `names` says what each row is.
    """
    colors = palette(mode)
    places = list(range(len(frame)))
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=places,
            x=frame["value_added_rate"],
            marker={"color": colors.forecast},
            hoverinfo="skip",
        )
    )
    reach = float(frame["value_added_rate"].abs().max() or 0.01) * 1.05
    words = _gains(frame)
    figure.add_scatter(
        x=[reach] * len(frame),
        y=places,
        mode="text",
        text=words,
        textposition="middle right",
        textfont={"color": colors.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    figure.update_xaxes(
        range=[-reach, reach],
        tickformat=".0%",
        nticks=5,
        title="Cost ← value added, of what came → gained",
    )
    figure.update_yaxes(
        range=[len(frame) - 0.5, -0.5],
        tickvals=places,
        ticktext=[formats.escape_html(formats.shortened(name)) for name in names],
        zeroline=False,
        ticks="",
    )
    framed(figure, mode, height=bar_height(len(frame), 36))
    return with_words_beside(figure, words)


def _gains(frame: pd.DataFrame) -> list[str]:
    return [
        f"{'+' if row.value_added_rate > 0 else ''}{formats.rate(row.value_added_rate)} · "
        f"{formats.counted(int(row.calls), 'call')}"
        for row in formats.rows(frame)
    ]
