"""Stage conversion by cohort: of those that began together, how many went on; how ripe it is."""

import pandas as pd

from pipeline.metrics.journeys import WON
from pipeline.metrics.proportions import rate, wilson
from pipeline.metrics.stages import KEY
from pipeline.metrics.survival import kaplan_meier, lifetimes, quartiles

CELL = ["cohort_on", *KEY]
COUNTS = ["counted", "advanced"]
AMOUNTS = ["counted_amount", "advanced_amount", "without_amount"]
NAMES = ["cohort_on", *KEY, "position", "stage_description", "next_stage_description"]
RIPENESS = ["cohort_age_days", "is_young"]
TABLE = [*NAMES, *COUNTS, "advance_rate", "rate_low", "rate_high"]
BY_AMOUNT = ["counted_amount", "advanced_amount", "amount_advance_rate", "without_amount"]


def by_count(placed: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Of each cohort that reached a stage, how many went on from it; the rule is high water.

    Takes journeys with their high water and `cohort_on`, the first day of the month or quarter.
    A cohort of F10 by month of creation, January: D01, D02, D03

    | cohort_on  | stage | counted | advanced | advance_rate | rate_low | rate_high |
    |------------|-------|---------|----------|--------------|----------|-----------|
    | 2025-01-01 | 1     | 3       | 3        | 1.000        | 0.438    | 1.000     |
    | 2025-01-01 | 2     | 3       | 2        | 0.667        | 0.208    | 0.939     |
    | 2025-01-01 | 3     | 2       | 2        | 1.000        | 0.342    | 1.000     |

    behind `cohort_on | cycle_code`, with the names of the stages.
    """
    keys = ["cohort_on", "cycle_code", "high_position", "status"]
    sums = placed.dropna(subset="high_position").groupby(keys)[["opportunities"]].sum()
    beside = _beside_stages(sums.reset_index(), stages)
    reached = (beside["high_position"] >= beside["position"]) | (beside["status"] == WON)
    return _named(_cells(beside[reached.astype("bool")], {"opportunities": "counted"}), stages)


def by_amount(crossings: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """The same, each opportunity with the amount it had on the day it reached the stage.

    Takes how often opportunities came from one furthest place to a further one, with their amounts
    on that day; a null `to_high` came to all places that were left, by being won. The rate is
    null where no amount is known; `without_amount` counts those that have none.

    | stage | counted | advanced | counted_amount | advanced_amount | amount_advance_rate |
    |-------|---------|----------|----------------|-----------------|---------------------|
    | 2     | 3       | 2        | 60,000         | 40,000          | 0.667               |

    and the columns of `by_count`.
    """
    beside = _beside_stages(crossings, stages)
    # A null to_high lies behind every place.
    ends_before = (beside["to_high"] < beside["position"]).fillna(value=False).astype("bool")
    reached = (beside["from_high"] < beside["position"]) & ~ends_before
    return weighed(beside[reached.astype("bool")], stages)


def weighed(reached: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Sum the cells of rows that have reached their stage, by count and by amount."""
    cells = _cells(
        reached,
        {
            "opportunities": "counted",
            "amount": "counted_amount",
            "without_amount": "without_amount",
        },
    )
    return _named(cells, stages)


def beside_stage(placed: pd.DataFrame, stages: pd.DataFrame, stage: int) -> pd.DataFrame:
    """Journeys that all reached one stage, beside it."""
    rows = _beside_stages(placed.dropna(subset="high_position"), stages)
    return rows[rows["stage"] == stage]


def of_exits(exits: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Of the exits from a stage in each month or quarter, those that went forward or were won.

    Takes exits with their way; the columns are those of `by_amount`, the amounts those of the day
    of leaving. A period counts what left in it, whenever it began.
    """
    rows = exits.rename(columns={"exits": "opportunities"}).assign(
        high_position=0, position=0, status=exits["way"].isin(("on", WON)).map({True: WON})
    )
    return weighed(rows, stages)


def _beside_stages(rows: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Every row beside every stage of its cycle."""
    return rows.merge(stages[[*KEY, "position"]], on="cycle_code")


def _cells(reached: pd.DataFrame, sums: dict[str, str]) -> pd.DataFrame:
    """Sum what reached, and what of it went on."""
    on = ((reached["high_position"] > reached["position"]) | (reached["status"] == WON)).astype(
        "bool"
    )
    columns = {sums[name]: reached[name].fillna(0) for name in sums}
    went_on = {
        name.replace("counted", "advanced"): values.where(on, 0)
        for name, values in columns.items()
        if name.startswith("counted")
    }
    whole = reached[CELL].assign(**columns, **went_on)
    cells = whole.groupby(CELL, as_index=False)[[*columns, *went_on]].sum()
    return cells.astype(dict.fromkeys(COUNTS, "int64"))


def _named(cells: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    ordered = stages.sort_values(["cycle_code", "position"])
    behind = ordered.groupby("cycle_code")["stage_description"].shift(-1).fillna("Won")
    names = ordered.assign(next_stage_description=behind)[NAMES[1:]]
    interval = wilson(cells["advanced"], cells["counted"])
    rows = cells.assign(
        advance_rate=rate(cells["advanced"], cells["counted"]),
        rate_low=interval["rate_low"],
        rate_high=interval["rate_high"],
    )
    shown = TABLE
    if "counted_amount" in rows:
        shown = [*TABLE, *BY_AMOUNT]
        rows = rows.assign(
            amount_advance_rate=rate(rows["advanced_amount"], rows["counted_amount"])
        )
    return rows.merge(names, on=KEY).sort_values(
        ["cycle_code", "cohort_on", "position"], ignore_index=True
    )[shown]


def ripening_days(ages: pd.DataFrame) -> pd.DataFrame:
    """By which age three quarters are won or lost, by cycle; the longest seen where it is more.

    Open ones count for as long as they have been open, so a young company does not look ripe.

    | cycle_code | ripe_days |
    |------------|-----------|
    | F10        | 118       |
    """
    keys, kinds = ["cycle_code"], ["won", "lost"]
    found = quartiles(kaplan_meier(lifetimes(ages, keys, kinds), keys, kinds), keys)
    ripe = found["p75_days"].fillna(found["longest_days"])
    return ripe.rename("ripe_days").reset_index()


def with_ripeness(
    rows: pd.DataFrame, ripe: pd.DataFrame, as_of: pd.Timestamp, last_day: pd.Series
) -> pd.DataFrame:
    """Mark the cohorts whose youngest members are younger than the age three quarters take.

    Such a cell still changes: it is shown grey, not hidden.
    """
    age = (as_of - last_day).dt.days.clip(lower=0)
    limits = rows["cycle_code"].map(ripe.set_index("cycle_code")["ripe_days"])
    return rows.assign(cohort_age_days=age, is_young=(age < limits).astype("bool"))
