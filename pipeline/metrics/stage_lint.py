"""Stage lint: stages that tell nothing, are mostly skipped, or mean another thing to each owner.

Each check is a test with its n and its effect, so that neither chance nor a large number alone
makes a finding: what is too small to be judged is called that.
"""

import numpy as np
import pandas as pd
from scipy import stats

from pipeline.metrics.journeys import WON
from pipeline.metrics.proportions import rate, wilson
from pipeline.metrics.stage_conversion import with_high_water
from pipeline.metrics.stages import KEY

NOTHING = "predicts nothing"
SKIPPED = "mostly skipped"
OWNERS = "differs by owner"
YES, NO, TOO_FEW = "yes", "no", "too few to tell"

SAME_RATE = 0.05
"""Win rates that lie closer than this, with their interval, are the same for all purposes."""
FEWEST = 20
SURE = 0.01
SMALL_EFFECT = 0.1
"""Cramér's V below this is a difference that only a large n can see."""
SMALL_CELL = 5
"""With fewer expected in a cell, the chi-square distribution is no guide: tables are drawn."""
DRAWS = 999
SEED = 20_250_331
JOURNEY = ["cycle_code", "path", "status"]
USES = ["skipped", "went_on", "lost_there"]
TABLE = [
    *KEY,
    "position",
    "stage_description",
    "check",
    "verdict",
    "effect",
    "effect_low",
    "effect_high",
    "tested",
    "test",
    "p_value",
]


def stage_lint(journeys: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Three checks of every stage, what is found first.

    *Predicts nothing*: among the decided, those that came beyond the stage against those that came
    no further; `effect` is the difference of their win rates with Newcombe's interval, the test
    Fisher's. Found when the whole interval lies within 5 points: then going on says nothing about
    winning.

    *Mostly skipped*: of those that reached the stage or passed it, the share that never was in it,
    with Wilson's interval, against one half (binomial). Found when the interval lies above half.

    *Differs by owner*: skipped it, went on from it, was lost there, by owner. `effect` is Cramér's
    V, corrected for what chance adds with many owners; the test is chi-square, or 999 tables
    drawn with the same margins where a cell is small.
    Found when p is below 0.01 and V is 0.1 or more.

    | stage | check            | verdict | effect | effect_low | effect_high | tested | p_value |
    |-------|------------------|---------|--------|------------|-------------|--------|---------|
    | 2     | mostly skipped   | yes     | 0.81   | 0.78       | 0.84        | 640    | 0.000   |
    | 3     | predicts nothing | no      | 0.42   | 0.37       | 0.47        | 900    | 0.000   |

    behind `cycle_code`, with `position | stage_description` and `test`. Takes `cycle_code,
    owner_code, path, status, opportunities`.
    """
    whole = journeys.groupby(JOURNEY)["opportunities"].sum().reset_index()
    seen = _seen(whole, stages)
    found = pd.concat(
        [_predicts_nothing(seen), _mostly_skipped(seen), _differs_by_owner(seen, journeys)],
        ignore_index=True,
    )
    order = found["verdict"].map({YES: 0, NO: 1, TOO_FEW: 2})
    return (
        found.assign(order=order)
        .merge(stages[[*KEY, "position", "stage_description"]], on=KEY)
        .sort_values(["order", "cycle_code", "position", "check"], ignore_index=True)[TABLE]
    )


def _seen(journeys: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Each journey beside each stage of its cycle: was in it, reached it, went beyond it."""
    placed = with_high_water(journeys.reset_index(drop=True), stages)
    placed = placed.assign(journey=range(len(placed))).dropna(subset="high_position")
    visits = (
        placed[["journey", "cycle_code", "path"]]
        .assign(stage=placed["path"].str.split())
        .explode("stage")[["journey", "stage"]]
        .astype("int64")
        .drop_duplicates()
        .assign(visited=True)
    )
    rows = placed.merge(stages[[*KEY, "position"]], on="cycle_code").merge(
        visits, on=["journey", "stage"], how="left"
    )
    visited = rows["visited"].eq(other=True).fillna(value=False).astype("bool")
    won = rows["status"] == WON
    return rows.assign(
        visited=visited,
        won=won,
        lost=rows["status"] == "lost",
        here=(rows["high_position"] == rows["position"]).astype("bool"),
        beyond=(rows["high_position"] > rows["position"]).astype("bool"),
        reached=((rows["high_position"] >= rows["position"]).astype("bool") | won),
    )


def _sums(seen: pd.DataFrame, **conditions: pd.Series) -> pd.DataFrame:
    """How many opportunities meet each condition, by stage."""
    counted = {name: seen["opportunities"].where(held, 0) for name, held in conditions.items()}
    return seen.assign(**counted).groupby(KEY)[list(conditions)].sum().reset_index()


def _predicts_nothing(seen: pd.DataFrame) -> pd.DataFrame:
    sums = _sums(
        seen,
        here_won=seen["here"] & seen["won"],
        here_lost=seen["here"] & seen["lost"],
        beyond_won=seen["beyond"] & seen["won"],
        beyond_lost=seen["beyond"] & seen["lost"],
    )
    # From the last stage nothing goes beyond: there is no going on to judge.
    ends = seen.groupby("cycle_code")["position"].max().rename("last").reset_index()
    places = seen[[*KEY, "position"]].drop_duplicates().merge(ends, on="cycle_code")
    sums = sums.merge(places[places["position"] < places["last"]], on=KEY)
    here, beyond = sums["here_won"] + sums["here_lost"], sums["beyond_won"] + sums["beyond_lost"]
    effect = _difference(sums["beyond_won"], beyond, sums["here_won"], here)
    same = (effect["effect_low"] > -SAME_RATE) & (effect["effect_high"] < SAME_RATE)
    apart = (effect["effect_low"] > 0) | (effect["effect_high"] < 0)
    enough = (here >= FEWEST) & (beyond >= FEWEST)
    tables = sums[["beyond_won", "beyond_lost", "here_won", "here_lost"]].to_numpy()
    return sums[KEY].assign(
        check=NOTHING,
        verdict=np.select([enough & same, enough & apart], [YES, NO], TOO_FEW),
        **effect,
        tested=here + beyond,
        test="Fisher",
        p_value=[_fisher(table.reshape(2, 2)) for table in tables],
    )


def _difference(
    part: pd.Series, whole: pd.Series, other_part: pd.Series, other_whole: pd.Series
) -> pd.DataFrame:
    """The difference of two shares with Newcombe's interval, made of the Wilson limits of both."""
    one, other = wilson(part, whole), wilson(other_part, other_whole)
    p, q = rate(part, whole), rate(other_part, other_whole)
    below = np.hypot(p - one["rate_low"], other["rate_high"] - q)
    above = np.hypot(one["rate_high"] - p, q - other["rate_low"])
    return pd.DataFrame(
        {"effect": p - q, "effect_low": p - q - below, "effect_high": p - q + above}
    )


def _fisher(table: np.ndarray) -> float:
    """Fisher's exact test; missing where a row or a column is empty."""
    if not (table.sum(axis=0).all() and table.sum(axis=1).all()):
        return float("nan")
    return float(stats.fisher_exact(table).pvalue)


def _mostly_skipped(seen: pd.DataFrame) -> pd.DataFrame:
    sums = _sums(seen, reached=seen["reached"], skipped=seen["reached"] & ~seen["visited"])
    interval = wilson(sums["skipped"], sums["reached"])
    low, high = interval["rate_low"], interval["rate_high"]
    return sums[KEY].assign(
        check=SKIPPED,
        verdict=np.select([low > 1 / 2, high < 1 / 2], [YES, NO], TOO_FEW),
        effect=rate(sums["skipped"], sums["reached"]),
        effect_low=low,
        effect_high=high,
        tested=sums["reached"],
        test="binomial",
        p_value=stats.binom.sf(sums["skipped"] - 1, sums["reached"], 1 / 2),
    )


def _differs_by_owner(seen: pd.DataFrame, journeys: pd.DataFrame) -> pd.DataFrame:
    uses = seen.assign(
        use=np.select(
            [
                seen["reached"] & ~seen["visited"],
                seen["visited"] & (seen["beyond"] | seen["won"]),
                seen["visited"] & seen["lost"],
            ],
            USES,
            "",
        )
    )
    owned = journeys.merge(uses.loc[uses["use"] != "", [*JOURNEY, "stage", "use"]], on=JOURNEY)
    tables = owned.pivot_table(
        index=[*KEY, "owner_code"],
        columns="use",
        values="opportunities",
        aggfunc="sum",
        fill_value=0,
    )
    rows = [
        dict(zip(KEY, stage, strict=True)) | _homogeneous(table.to_numpy())
        for stage, table in tables.groupby(level=KEY)
    ]
    columns = [*KEY, "verdict", "effect", "tested", "test", "p_value"]
    return pd.DataFrame(rows, columns=columns).assign(
        check=OWNERS, effect_low=float("nan"), effect_high=float("nan")
    )


def _homogeneous(table: np.ndarray) -> dict[str, object]:
    """Do all rows of a table have the same shares? Cramér's V and the p of the test."""
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0].astype("int64")
    tested = int(table.sum())
    if min(table.shape) < 2 or tested < FEWEST:  # noqa: PLR2004  one row or column cannot differ
        nothing = {"verdict": TOO_FEW, "effect": float("nan"), "p_value": float("nan")}
        return nothing | {"tested": tested, "test": "chi-square"}
    found = stats.chi2_contingency(table, correction=False)
    drawn = bool((found.expected_freq < SMALL_CELL).any())
    p_value = _drawn(table, float(found.statistic)) if drawn else float(found.pvalue)
    effect = _cramers_v(float(found.statistic), table.shape, tested)
    return {
        "verdict": YES if p_value < SURE and effect >= SMALL_EFFECT else NO,
        "effect": effect,
        "tested": tested,
        "test": "permutation" if drawn else "chi-square",
        "p_value": p_value,
    }


def _cramers_v(statistic: float, shape: tuple[int, ...], tested: int) -> float:
    """Cramér's V without what chance alone adds to it where there are many rows (Bergsma)."""
    rows, columns = shape
    by_chance = (rows - 1) * (columns - 1) / (tested - 1)
    phi = max(0.0, statistic / tested - by_chance)
    least = min(side - (side - 1) ** 2 / (tested - 1) for side in (rows, columns))
    return float(np.sqrt(phi / (least - 1)))


def _drawn(table: np.ndarray, statistic: float) -> float:
    """The share of tables with the same margins, drawn at random, that differ as much or more."""
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    expected = np.outer(rows, columns) / table.sum()
    drawn = stats.random_table(rows, columns, seed=SEED).rvs(DRAWS)
    chi = ((drawn - expected) ** 2 / expected).sum(axis=(1, 2))
    return float((1 + (chi >= statistic - 1e-9).sum()) / (1 + DRAWS))
