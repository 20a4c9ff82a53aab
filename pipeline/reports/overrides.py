"""Reports: what people's own calls and categories gained or cost, and what to trust how far."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.categories import ForecastCategory
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast import overrides as metric
from pipeline.reports.forecast_beside_calls import Held, model, standing_calls
from pipeline.reports.forecast_kept import actuals, title
from pipeline.reports.forecast_walk import cuts, whose
from pipeline.reports.report import Report
from pipeline.store import Session, targets

By: TypeAlias = Literal["level", "person", "direction", "size", "call"]

DEFINITION = (
    "What people's calls gained or cost: the error (WAPE) of what stood before a call less that of "
    "the call, on the same quarters; above nought the calls helped. A seller's call is held "
    "against what {model} said of the seller's opportunities at the end of the same day, a "
    "manager's call against the same with the changes the sellers had made. Of each quarter the "
    "last call in time counts."
)
CATEGORIES = (
    "Opportunities that somebody had put into a category four weeks before the end of the quarter "
    "they were expected in, against the category their stage suggests. A category stands for the "
    "middle of its band of chances; the gap is the squared difference to what happened, and value "
    "was added where the category that was set is nearer."
)
WEIGHTS = (
    "How far each forecast is to be trusted when they are combined: weights from past inverse "
    "squared errors, drawn to equal ones as long as few quarters are known (with n quarters the "
    "earned weights count n / (n + 8))."
)
_COLUMNS: dict[str, list[str]] = {
    "level": ["level"],
    "person": ["level", "person_code"],
    "direction": ["level", "direction"],
    "size": ["level", "direction", "size"],
}
_FOUR_WEEKS = (4,)
_WORDS = {"seller": "Seller", "manager": "Manager"}


def override_scoreboard(session: Session, scope: Scope, *, by: By = "level") -> Report:
    """Forecast value added of calls, by whose they are, by person, direction or size; or each call.

    The frame is that of `metrics.forecast.overrides.value_added`. By call: `level, person_code,
    person_name, holder, code, period_label, cut_on, before_amount, after_amount, actual_amount,
    direction, size, helped_call`.
    """
    calls, lacking = steps(session, scope)
    said_by = title(model(session, scope))
    frame = _each(calls) if by == "call" else metric.value_added(calls, _COLUMNS[by])
    if "person_code" in frame:
        names = session.frame("salespeople", scope).set_index("owner_code")["name"]
        place = list(frame.columns).index("person_code") + 1
        frame.insert(place, "person_name", frame["person_code"].map(names).astype("str"))
    return Report(
        name="override-scoreboard",
        definition=DEFINITION.format(model=said_by) + _lacking(lacking),
        frame=frame,
        scope=scope,
        totals=_totals(calls),
    )


def _lacking(number: int) -> str:
    if not number:
        return ""
    calls = "1 call is" if number == 1 else f"{number} calls are"
    return f" {calls} left out: what the model said that day is not computed; run the bake-off."


def category_overrides(session: Session, scope: Scope) -> Report:
    """What setting another category than the suggested one was worth, by pair of categories.

    Frame: `suggested_category, stated_category, opportunities, won, category_won_rate,
    before_brier, after_brier, brier_added`.
    """
    found = cuts(session, scope, horizons=_FOUR_WEEKS)
    rows = session.frame(
        "category_overrides",
        scope,
        cuts=[cut.on for cut in found],
        starts=[cut.period.first for cut in found],
        ends=[cut.period.last for cut in found],
    )
    return Report(
        name="category-overrides",
        definition=CATEGORIES,
        frame=metric.category_value_added(_of_categories(session, rows)),
        scope=scope,
    )


def forecast_weights(session: Session, scope: Scope) -> Report:
    """How far model, sellers' calls and manager's call are to be trusted when they are combined.

    Frame: `forecast_source, periods, past_error_amount, weight`.
    """
    errors = past_errors(session, scope)
    weights = metric.weights(errors)
    frame = pd.DataFrame(
        {
            "forecast_source": weights.index.astype("str"),
            "periods": len(errors.dropna()),
            "past_error_amount": [_root(errors.dropna()[name]) for name in weights.index],
            "weight": weights.to_numpy(),
        }
    )
    return Report(name="forecast-weights", definition=WEIGHTS, frame=frame, scope=scope)


def combined(session: Session, scope: Scope, amounts: Mapping[str, float]) -> float:
    """Combine what `model`, `seller` and `manager` say of a period, as far as each earned trust.

    One that says nothing is missing from `amounts`; its weight goes to the others.
    """
    return metric.combined(amounts, metric.weights(past_errors(session, scope)))


def steps(session: Session, scope: Scope) -> tuple[pd.DataFrame, int]:
    """Give each standing call beside what stood before it and what came, and how many lack that.

    `level` (seller, manager), `holder_level, code, person_code, period_from, period_to,
    period_label, cut_on, model_amount, before_amount, after_amount, actual_amount`.
    """
    calls = standing_calls(session, scope)
    if calls.empty:
        return calls.rename(columns={"level": "holder_level"}).assign(**_NOTHING), 0
    method = model(session, scope)
    parts = [
        _beside(session, scope, Held(level=str(level), code=str(code)), part, method)
        for (level, code), part in calls.groupby(["level", "code"])
    ]
    told = pd.concat(parts, ignore_index=True).rename(
        columns={"level": "holder_level", "caller": "level", "called_on": "cut_on"}
    )
    known = told[told["model_amount"].notna()].reset_index(drop=True)
    before = known["model_amount"] + _sellers_changes(session, known)
    is_manager = known["level"] == "manager"
    return (
        known.assign(before_amount=before.where(is_manager, known["model_amount"])),
        len(told) - len(known),
    )


_NOTHING = {
    name: pd.Series(dtype=kind)
    for name, kind in {
        "level": "str",
        "cut_on": "datetime64[s]",
        "period_label": "str",
        "model_amount": "float64",
        "before_amount": "float64",
        "actual_amount": "float64",
    }.items()
}


def past_errors(session: Session, scope: Scope) -> pd.DataFrame:
    """Give a column for each of model, seller and manager, a row for each period: what it was off.

    Of the scope's own holder: an owner, a team or the company. `seller` is the model with the
    changes the sellers had made by the manager's call, or the seller's own call.
    """
    calls, _ = steps(session, scope)
    level = "owner" if scope.owners else "team" if scope.teams else "company"
    own = calls[calls["holder_level"] == level]
    off = {
        "model": own["model_amount"] - own["actual_amount"],
        "seller": own["after_amount"].where(own["level"] == "seller", own["before_amount"])
        - own["actual_amount"],
        "manager": (own["after_amount"] - own["actual_amount"]).where(own["level"] == "manager"),
    }
    errors = pd.DataFrame(off).groupby(own["period_from"]).mean()
    return errors.dropna(axis="columns", how="all") if len(errors) else errors


def _beside(
    session: Session, scope: Scope, held: Held, calls: pd.DataFrame, method: str
) -> pd.DataFrame:
    """The calls of one holder with what the model said that day, and what came."""
    own = held.scope(scope)
    kept = session.frame("forecasts_kept", own, whose=whose(own))
    said = kept.loc[kept["method"] == method].rename(
        columns={"cut_on": "called_on", "forecast_amount": "model_amount"}
    )
    keys = ["period_from", "period_to"]
    came = actuals(session, own, _dated(calls, keys))
    return (
        _dated(calls, [*keys, "called_on"])
        .merge(
            _dated(said, [*keys, "called_on"])[[*keys, "called_on", "model_amount"]],
            on=[*keys, "called_on"],
            how="left",
        )
        .merge(came, on=keys)
    )


def _dated(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    return rows.assign(**{name: pd.to_datetime(rows[name]).dt.as_unit("s") for name in names})


def _sellers_changes(session: Session, known: pd.DataFrame) -> pd.Series:
    """What the sellers' calls had changed by the day of each manager's call, of what it covers."""
    teams = session.frame("salespeople", Scope(as_of=pd.Timestamp.max.date()))
    team_of = teams.set_index("owner_code")["team_code"]
    sellers = known[known["level"] == "seller"]
    own = sellers.assign(
        seller=sellers["code"],
        team=sellers["code"].map(team_of),
        change=sellers["after_amount"] - sellers["model_amount"],
    )[["seller", "team", "period_from", "period_to", "cut_on", "change"]]
    pairs = known.reset_index().merge(
        own, on=["period_from", "period_to"], suffixes=("", "_of_seller")
    )
    covers = (
        (pairs["holder_level"] == "company")
        | ((pairs["holder_level"] == "team") & (pairs["team"] == pairs["code"]))
        | ((pairs["holder_level"] == "owner") & (pairs["seller"] == pairs["code"]))
    )
    in_time = pairs["cut_on_of_seller"] <= pairs["cut_on"]
    sums = pairs[covers & in_time].groupby("index")["change"].sum()
    return sums.reindex(known.index).fillna(0.0)


def _each(calls: pd.DataFrame) -> pd.DataFrame:
    """A row for each call, the newest quarter first."""
    told = metric.steps(calls).sort_values(
        ["period_from", "level", "code"], ascending=[False, False, True], ignore_index=True
    )
    return told.rename(columns={"helped": "helped_call", "holder_level": "holder"})[
        [
            "period_label",
            "level",
            "person_code",
            "holder",
            "code",
            "cut_on",
            "before_amount",
            "after_amount",
            "actual_amount",
            "direction",
            "size",
            "helped_call",
        ]
    ]


def _totals(calls: pd.DataFrame) -> dict[str, float | None]:
    """The value added of sellers and of managers, each over all their calls."""
    table = metric.value_added(calls, ["level"]).set_index("level")
    found: dict[str, float | None] = {"calls": len(calls)}
    for level in ("seller", "manager"):
        value = table["value_added_rate"].get(level)
        found[f"{level}_value_added_rate"] = (
            None if value is None or pd.isna(value) else float(value)
        )
    return found


def _of_categories(session: Session, rows: pd.DataFrame) -> pd.DataFrame:
    """Pair what was set with what the stage suggests, and sum the gaps of both."""
    bands = targets.thresholds(session)
    commit, likely, best = (
        float(each) / 100 for each in (bands.commit, bands.most_likely, bands.best_case)
    )
    stands_for = {
        ForecastCategory.COMMIT.value: (commit + 1) / 2,
        ForecastCategory.MOST_LIKELY.value: (likely + commit) / 2,
        ForecastCategory.BEST_CASE.value: (best + likely) / 2,
        ForecastCategory.PIPELINE.value: best / 2,
        ForecastCategory.OMITTED.value: 0.0,
    }
    by_chances = rows["chances_percent"].map(lambda percent: bands.category(percent).value)
    suggested = rows["stage_category"].fillna(by_chances).astype("str")
    moved = rows.assign(suggested_category=suggested)[suggested != rows["stated_category"]]
    gaps = {
        name: _gaps(moved[column].map(stands_for).astype("float64"), moved)
        for name, column in {
            "suggested_brier_sum": "suggested_category",
            "stated_brier_sum": "stated_category",
        }.items()
    }
    sums = ["opportunities", "won", *gaps]
    return (
        moved.assign(**gaps)
        .groupby(["suggested_category", "stated_category"], as_index=False)[sums]
        .sum()
    )


def _gaps(chance: pd.Series, moved: pd.DataFrame) -> pd.Series:
    lost = moved["opportunities"] - moved["won"]
    return moved["won"] * (1 - chance) ** 2 + lost * chance**2


def _root(errors: pd.Series) -> float | None:
    return float((errors**2).mean() ** 0.5) if len(errors) else None
