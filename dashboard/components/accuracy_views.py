"""The views of the page on accuracy: track record, methods, chances, calls, categories."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import formats, scope, session
from dashboard.charts import accuracy as charts
from dashboard.components import furniture
from dashboard.components.drill import opens
from dashboard.components.furniture import Tile
from pipeline.reports.forecast_accuracy import (
    BRIEF,
    forecast_accuracy,
    forecast_ranking,
    forecast_reliability,
    forecast_track_record,
)
from pipeline.reports.forecast_default import DefaultMethod
from pipeline.reports.forecast_walk import HORIZONS
from pipeline.reports.overrides import (
    By,
    category_overrides,
    forecast_weights,
    override_scoreboard,
)

RANKING = ["method_title", "compared_periods", "wape_rate", "difference_rate", "difference_low"]
RANKING += ["difference_high", "ranking_verdict"]
TRACK = ["period_label", "cut_on", "forecast_amount", "p10_amount", "p90_amount"]
TRACK += ["actual_amount", "won", "error_amount", "error_rate", "held", "versions"]
SPLITS: dict[str, By] = {
    "By level": "level",
    "By person": "person",
    "By direction": "direction",
    "By size": "size",
    "Each call": "call",
}
_SCROLLS = 420
MEASURES = {"Error (WAPE)": "wape_rate", "Bias": "bias_rate"}


def answer(chosen: DefaultMethod) -> str:
    """The sentence of the page: which method, why, and how often its range held."""
    words = [chosen.track_record, chosen.reason] if chosen.track_record else [chosen.reason]
    return formats.escape_markdown(" ".join(words))


def track_record(top: DeltaGenerator, chosen: DefaultMethod) -> None:
    """Forecast, range and outcome of each quarter at one horizon."""
    method, weeks = _method_and_weeks(chosen)
    with session.read() as reading:
        report = forecast_track_record(reading, scope.current(), method=method, weeks_before=weeks)
    with top:
        furniture.tiles(_tiles(report.totals))
    if report.frame.empty:
        furniture.empty(
            "This method has no forecast at this distance from the end.",
            "Choose another one, or run the bake-off.",
        )
        return
    furniture.chart(
        charts.track_record(report.frame, session.mode()),
        key="track-record",
        alt="Range, forecast and outcome of each quarter; the table below holds the same figures.",
        on_select=opens(report, "track-record"),
    )
    furniture.report_table(report, key="table-track-record", columns=TRACK)


def _tiles(totals: dict[str, float | None]) -> list[Tile]:
    ranges = int(totals["ranges"] or 0)
    low, high = int(totals["band_low"] or 0), int(totals["band_high"] or 0)
    return [
        Tile(label="Quarters", value=formats.count(totals["periods"])),
        Tile(
            label="Range held",
            value=f"{formats.count(totals['held_ranges'])} of {ranges}" if ranges else "–",
            note=f"{low} to {high} are no surprise" if ranges else "no range",
        ),
        Tile(label="Error (WAPE)", value=formats.rate(totals["wape_rate"]), note="of what came"),
        Tile(
            label="Bias",
            value=formats.rate(totals["bias_rate"]),
            note=_lean(totals["bias_rate"]),
        ),
    ]


def _lean(bias: float | None) -> str:
    if bias is None:
        return ""
    return "promised too much" if bias > 0 else "promised too little"


def methods(_top: DeltaGenerator, _chosen: DefaultMethod) -> None:
    """Every method at every horizon, and whether the differences are clear."""
    with session.read() as reading:
        report = forecast_accuracy(reading, scope.current())
        ranks = forecast_ranking(reading, scope.current())
    measure = furniture.switch("measure", list(MEASURES))
    furniture.chart(
        charts.by_horizon(report.frame, session.mode(), measure=MEASURES[measure]),
        key=f"horizon-{MEASURES[measure]}",
        alt=f"{measure} of the methods by weeks before the end; the table holds the figures.",
    )
    st.subheader("What may be said", anchor=False)
    furniture.report_table(ranks, key="table-ranking", columns=RANKING)
    st.subheader("By weeks before the end", anchor=False)
    furniture.table(report.frame, key="table-accuracy", columns=BRIEF, height=_SCROLLS)
    furniture.footing(report, key="table-accuracy")
    with st.expander("Every measure"):
        whole = report.frame.drop(columns="method")
        furniture.table(whole, key="table-every-measure", height=_SCROLLS)


def chances(top: DeltaGenerator, chosen: DefaultMethod) -> None:
    """What was stated of single opportunities beside what happened."""
    method, weeks = _method_and_weeks(chosen)
    with session.read() as reading:
        report = forecast_reliability(reading, scope.current(), method=method, weeks_before=weeks)
    totals = report.totals
    with top:
        furniture.tiles(
            [
                Tile(label="Cases", value=formats.count(totals["cases"])),
                Tile(
                    label="Calibration error",
                    value=formats.rate(totals["ece_rate"]),
                    note="mean gap; below 3\u00a0% is good",
                ),
                Tile(label="Brier", value=formats.fixed(totals["brier"], 3)),
                Tile(label="Brier skill", value=formats.rate(totals["brier_skill_rate"])),
            ]
        )
    if report.frame.empty:
        furniture.empty(
            "This method states no chance of single opportunities.", "Choose another method."
        )
        return
    furniture.chart(
        charts.reliability(report.frame, session.mode()),
        key="reliability",
        alt="Stated chance against the share that was won; the table holds the same figures.",
    )
    furniture.report_table(report, key="table-reliability")


def calls(_top: DeltaGenerator, _chosen: DefaultMethod) -> None:
    """What people's own calls gained or cost."""
    split = furniture.switch("split", list(SPLITS))
    with session.read() as reading:
        report = override_scoreboard(reading, scope.current(), by=SPLITS[split])
        weights = forecast_weights(reading, scope.current())
    if report.frame.empty:
        furniture.empty(
            "No call of a quarter that is over can be judged yet.",
            "Calls are submitted on the forecast page; the bake-off then computes what the model "
            "said on the same day.",
        )
        st.caption(report.definition)
        return
    if SPLITS[split] != "call":
        furniture.chart(
            charts.value_added(report.frame, _names(report.frame), session.mode()),
            key=f"value-added-{SPLITS[split]}",
            alt="Value added by the calls; the table below holds the same figures.",
        )
    furniture.report_table(report, key=f"table-calls-{SPLITS[split]}")
    if not weights.frame.empty:
        st.subheader("How far each is to be trusted", anchor=False)
        furniture.report_table(weights, key="table-weights")


def _names(frame: pd.DataFrame) -> list[str]:
    """What each row is: level, person, direction and size, as far as there are."""
    parts = [name for name in ("level", "person_name", "direction", "size") if name in frame]
    return [
        f"{said[:1].upper()}{said[1:]}"
        for _, row in frame[parts].iterrows()
        for said in [" · ".join(dict.fromkeys(str(row[name]) for name in parts))]
    ]


def categories(_top: DeltaGenerator, _chosen: DefaultMethod) -> None:
    """What setting another forecast category than the suggested one was worth."""
    with session.read() as reading:
        report = category_overrides(reading, scope.current())
    if report.frame.empty:
        furniture.empty(
            "No opportunity was put into another category four weeks before its quarter ended.",
            "Set a forecast category on an opportunity to keep it apart from what its stage says.",
        )
        st.caption(report.definition)
        return
    furniture.report_table(report, key="table-categories")


def _method_and_weeks(chosen: DefaultMethod) -> tuple[str, int]:
    """Ask for the method and the distance from the end; the default ones to begin with."""
    with session.read() as reading:
        table = forecast_accuracy(reading, scope.current()).frame
    titles = dict(zip(table["method"], table["method_title"], strict=True))
    names = list(titles) or [chosen.name]
    weeks = [week for week in HORIZONS if week in set(table["weeks_before"])] or list(HORIZONS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        method: str = st.selectbox(
            "Method",
            names,
            index=names.index(chosen.name) if chosen.name in names else 0,
            format_func=lambda name: titles.get(name, name),
            key="method",
            bind="query-params",
            width=260,
        )
        before: int = st.segmented_control(
            "Weeks before the end",
            weeks,
            default=chosen.weeks_before if chosen.weeks_before in weeks else weeks[0],
            required=True,
            key="weeks",
            bind="query-params",
        )
    return method, int(before)
