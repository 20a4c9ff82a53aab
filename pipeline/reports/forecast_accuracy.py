"""Reports: how far kept forecasts were off, which method erred least, and where ranges held."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pandas as pd

from pipeline.domain.errors.accuracy import HorizonError, MethodNotKeptError
from pipeline.domain.scope import Scope, Selection
from pipeline.metrics.forecast import accuracy as metric
from pipeline.metrics.forecast import ranking, scores
from pipeline.reports.forecast_default import default_method
from pipeline.reports.forecast_kept import cases, scored, title
from pipeline.reports.forecast_walk import ALL_METHODS, HORIZONS
from pipeline.reports.report import Drill, Report, Row, number
from pipeline.store import Session

ACCURACY = (
    "How far each method was off in the quarters that are over: forecasts as they would have been "
    "made so many weeks before the end, from what had been recorded by then, against what stands "
    "as won. WAPE is the sum of the errors over the sum of what came, bias the same with signs: "
    "above nought too much was promised. Skill is the share of a benchmark's error that a method "
    "avoids, on the quarters both have. A range runs from P10 to P90 and should hold four times in "
    "five; within the band the number of hits is no surprise. Its ends come of 2,000 draws and are "
    "off by at most 3 percent of its width, nineteen times in twenty. Brier, log loss and "
    "calibration error are about opportunities open at the cut, and whether they were won by the "
    "end of the quarter."
)
RANKING = (
    "Every method against the one with the lowest WAPE, on the quarters and horizons both have. "
    "The difference is clear when its 95 percent interval leaves out nought: quarters are drawn "
    "anew ten thousand times, each with all its horizons. With fewer than six quarters nobody is "
    "ranked."
)
RELIABILITY = (
    "Of opportunities open at the cut, the chance that was stated beside the share that was won by "
    "the end of the quarter, in ten bins of about equally many; bins below twenty are joined. Each "
    "counts once for each quarter and horizon. The interval is Wilson's, 95 percent."
)
TRACK_RECORD = (
    "What one method said of each quarter so many weeks before its end, and what stands as won in "
    "it. The range from P10 to P90 should hold four times in five."
)
KEYS = ["method", "weeks_before"]
_TYPES = {"method": "str", "weeks_before": "int64"}
_SKILLS = {name: f"skill_{name.replace('-', '_')}_rate" for name in metric.BENCHMARKS}


BRIEF = [
    "method_title",
    "weeks_before",
    "periods",
    "wape_rate",
    "bias_rate",
    "skill_stage_weighted_rate",
    "ranges",
    "held_ranges",
    "sharpness_rate",
    "pinball_rate",
    "brier",
    "ece_rate",
]
"""The columns that are read first."""


def forecast_accuracy(session: Session, scope: Scope, *, brief: bool = False) -> Report:
    """Error, lean, skill, ranges and chances of every method at every horizon; or the first few.

    Frame: `method, method_title, weeks_before` and the columns of `metrics.forecast`'s `accuracy`,
    `skills` (one each), `ranges`, and `brier, brier_skill_rate, log_loss, ece_rate`.
    """
    rows = scored(session, scope)
    parts = [_skills(rows), _ranges(rows), _of_chances(cases(session, scope))]
    table = metric.accuracy(rows)
    for part in parts:
        table = table.merge(part, on=KEYS, how="left")
    table.insert(1, "method_title", table["method"].map(title).astype("str"))
    ordered = table.sort_values(
        ["weeks_before", "wape_rate"], ascending=[False, True], ignore_index=True
    )
    return Report(
        name="forecast-accuracy",
        definition=ACCURACY,
        frame=ordered[BRIEF] if brief else ordered,
        scope=scope,
    )


def forecast_ranking(session: Session, scope: Scope) -> Report:
    """Every method against the best one, with what may be said; `metrics.forecast.ranking`."""
    table = ranking.ranking(scored(session, scope))
    table.insert(1, "method_title", table["method"].map(title).astype("str"))
    return Report(name="forecast-ranking", definition=RANKING, frame=table, scope=scope)


def forecast_reliability(
    session: Session, scope: Scope, *, method: str | None = None, weeks_before: int | None = None
) -> Report:
    """What one method stated beside what happened; the default method at all horizons unless said.

    Frame: `metrics.forecast.scores.reliability_curve`; totals: `cases, happened, brier,
    brier_skill_rate, log_loss, ece_rate, reliability, resolution, uncertainty`. Raises
    `MethodNotKeptError`, `HorizonError`.
    """
    name = _method(session, scope, method)
    _check_horizon(weeks_before)
    given = cases(session, scope)
    given = given[given["method"] == name]
    if weeks_before is not None:
        given = given[given["weeks_before"] == weeks_before]
    curve = scores.reliability_curve(given)
    return Report(
        name="forecast-reliability",
        definition=f"{title(name)}. {RELIABILITY}",
        frame=curve,
        scope=scope,
        totals=_known(
            {"cases": given["cases"].sum(), "happened": given["happened"].sum()}
            | _chance_scores(given)
            | {key: value for key, value in scores.decomposition(given).items() if key != "brier"}
        ),
    )


def forecast_track_record(
    session: Session, scope: Scope, *, method: str | None = None, weeks_before: int = 4
) -> Report:
    """Forecast, range and outcome of each quarter, of the default method unless another is named.

    Frame: `period_from, period_to, period_label, cut_on, forecast_amount, p10_amount, p50_amount,
    p90_amount, won, actual_amount, error_amount, error_rate, held, versions`; totals: `periods,
    held_ranges, ranges, band_low, band_high, wape_rate, bias_rate`.
    """
    name = _method(session, scope, method)
    _check_horizon(weeks_before)
    rows = scored(session, scope)
    rows = rows[(rows["method"] == name) & (rows["weeks_before"] == weeks_before)]
    table = rows.assign(
        error_amount=rows["forecast_amount"] - rows["actual_amount"],
        error_rate=metric.absolute_percentage_errors(
            rows["forecast_amount"], rows["actual_amount"]
        ),
        held=scores.held(rows),
    )
    return Report(
        name="forecast-track-record",
        definition=f"{title(name)}, {weeks_before} weeks before the end. {TRACK_RECORD}",
        frame=table[_TRACK].reset_index(drop=True),
        scope=scope,
        totals=_known(_track_totals(rows)),
        opens=("won",),
        leads_to=partial(_won_in, scope),
    )


_TRACK = [
    "period_label",
    "period_from",
    "period_to",
    "cut_on",
    "forecast_amount",
    "p10_amount",
    "p50_amount",
    "p90_amount",
    "won",
    "actual_amount",
    "error_amount",
    "error_rate",
    "held",
    "versions",
]


def _method(session: Session, scope: Scope, given: str | None) -> str:
    """Give a method that there is, the default one where none is named."""
    if given is None:
        return default_method(session, scope).name
    if given not in ALL_METHODS:
        raise MethodNotKeptError(given, ALL_METHODS)
    return given


def _check_horizon(weeks: int | None) -> None:
    if weeks is not None and weeks not in HORIZONS:
        raise HorizonError(weeks, HORIZONS)


def _track_totals(rows: pd.DataFrame) -> dict[str, float]:
    known = scores.held(rows).dropna()
    low, high = scores.hit_band(len(known))
    return {
        "periods": len(rows),
        "ranges": len(known),
        "held_ranges": int(known.sum()),
        "band_low": low,
        "band_high": high,
        "wape_rate": metric.wape(rows["forecast_amount"], rows["actual_amount"]),
        "bias_rate": metric.bias(rows["forecast_amount"], rows["actual_amount"]),
    }


def _won_in(scope: Scope, row: Row, _column: str) -> Drill:
    """The opportunities that stand as won in the period of a row."""
    anytime = replace(scope, from_on=None, to_on=None)
    first, last = (pd.Timestamp(row[name]).date() for name in ("period_from", "period_to"))
    return anytime, Selection(statuses=("won",), closed_from=first, closed_to=last)


def _skills(rows: pd.DataFrame) -> pd.DataFrame:
    """A column for each benchmark; missing where the two have no quarter in common."""
    wide = metric.skills(rows).pivot_table(
        index=KEYS, columns="benchmark", values="skill_rate", dropna=False
    )
    named = wide.reindex(columns=list(_SKILLS)).rename(columns=_SKILLS)
    return named.reset_index().astype(_TYPES)


def _ranges(rows: pd.DataFrame) -> pd.DataFrame:
    """The figures of the ranges; whole numbers stay whole where a method has none."""
    counts = dict.fromkeys(("ranges", "held_ranges", "band_low", "band_high"), "Int64")
    return scores.ranges(rows).astype(_TYPES | counts)


def _of_chances(given: pd.DataFrame) -> pd.DataFrame:
    """The scores of the chances each method gave at each horizon."""
    rows = [
        dict(zip(KEYS, names, strict=True)) | _chance_scores(part)
        for names, part in given.groupby(KEYS)
    ]
    columns = [*KEYS, "brier", "brier_skill_rate", "log_loss", "ece_rate"]
    return pd.DataFrame(rows, columns=columns).astype(_TYPES)


def _chance_scores(given: pd.DataFrame) -> dict[str, float]:
    return {
        "brier": scores.brier(given),
        "brier_skill_rate": scores.brier_skill(given),
        "log_loss": scores.log_loss(given),
        "ece_rate": scores.expected_calibration_error(scores.reliability_curve(given)),
    }


def _known(figures: Mapping[str, object]) -> dict[str, float | None]:
    """Missing figures are None; whole ones stay whole."""
    return {name: number(value) for name, value in figures.items()}
