"""The roll-up of a forecast by category, one by one and added up, and the arithmetic of it."""

from typing import Any

import pandas as pd

from pipeline.domain.figures import half_up

CATEGORIES = {
    "won": "closed",
    "commit": "commit",
    "most_likely": "most likely",
    "best_case": "best case",
    "pipeline": "pipeline",
    "omitted": "omitted",
}
"""The columns of the categories, the surest first, and what each is called."""
ADDED = ("commit", "most_likely", "best_case", "pipeline")
"""What is added up, one on the other, from what is closed."""


def single(sums: pd.DataFrame) -> pd.DataFrame:
    """What each owner has in each category inside the period, one by one.

    Takes `owner_code, category, place, opportunities, amount`; gives a row an owner with, for each
    of `CATEGORIES`, how many and their amount: `won, won_amount, commit, commit_amount, ...`.
    """
    inside = sums[sums["place"] == "inside"]
    said = inside["owner_code"].astype(object)
    inside = inside.assign(owner_code=said.where(said.notna(), ""))
    owners = pd.Index(inside["owner_code"].unique(), name="owner_code")
    table = pd.DataFrame(index=owners)
    for column, category in CATEGORIES.items():
        of = inside[inside["category"] == category]
        by_owner = of.groupby("owner_code")[["opportunities", "amount"]].sum()
        beside = by_owner.reindex(owners).fillna(0)
        table[column] = beside["opportunities"].astype("int64")
        table[f"{column}_amount"] = beside["amount"].astype("float64")
    return table.reset_index()


def added_up(rows: pd.DataFrame) -> pd.DataFrame:
    """The same with the categories added up, one on the other, and the arithmetic in words.

    Each total is that of the category before it and its own: closed 62, commit 30, best case 20,
    pipeline 40 give 92, 112 and 152; what is open without closed is 90.

    | won_amount | commit_amount | commit_total | best_case_total | pipeline_total | open_amount |
    |------------|---------------|--------------|-----------------|----------------|-------------|
    | 62         | 30            | 92           | 112             | 152            | 90          |

    and `most_likely_total, arithmetic`. Omitted is in none of them.
    """
    running = rows["won_amount"]
    totals = {}
    for name in ADDED:
        running = running + rows[f"{name}_amount"]
        totals[f"{name}_total"] = running
    table = rows.assign(**totals, open_amount=sum(rows[f"{name}_amount"] for name in ADDED))
    words = [_arithmetic(row) for row in table.to_dict("records")]
    return table.assign(arithmetic=pd.Series(words, index=table.index, dtype="str"))


def _arithmetic(row: dict[Any, Any]) -> str:
    """The sum in words: closed 62 + commit 30 = 92, + best case 20 = 112, ….

    >>> _arithmetic({"won_amount": 62, "commit_amount": 30, "commit_total": 92,
    ...     "most_likely_amount": 0, "most_likely_total": 92, "best_case_amount": 20,
    ...     "best_case_total": 112, "pipeline_amount": 40, "pipeline_total": 152})
    'closed 62 + commit 30 = 92; + best case 20 = 112; + pipeline 40 = 152'
    """
    said = [f"closed {_written(row['won_amount'])}"]
    for name in ADDED:
        if name == "most_likely" and not row["most_likely_amount"]:
            continue
        joint = " + " if len(said) == 1 else "; + "
        own, total = row[f"{name}_amount"], row[f"{name}_total"]
        said.append(f"{joint}{CATEGORIES[name]} {_written(own)} = {_written(total)}")
    return "".join(said)


def _written(amount: float) -> str:
    return f"{half_up(amount, 0):,}"


def by_level(owners: pd.DataFrame, holders: pd.DataFrame) -> pd.DataFrame:
    """Company, teams and owners with their categories: what is above is the sum of what is below.

    `owners` is the frame of `single`, `holders` that of `metrics.targets.by_holder`.
    """
    columns = [name for category in CATEGORIES for name in (category, f"{category}_amount")]
    holders = holders.drop(columns="won", errors="ignore")
    of_owner = holders[holders["holder"] == "owner"].merge(
        owners.rename(columns={"owner_code": "code"}), on="code", how="left"
    )
    of_owner = of_owner.fillna(dict.fromkeys(columns, 0.0))
    of_team = of_owner.groupby("team_code", as_index=False)[columns].sum()
    of_team = of_team.rename(columns={"team_code": "code"}).assign(holder="team")
    of_company = of_owner[columns].sum().to_frame().T.assign(holder="company", code="")
    parts = pd.concat([of_company, of_team, of_owner[["holder", "code", *columns]]])
    table = holders.merge(parts, on=["holder", "code"], how="left")
    counts = dict.fromkeys(CATEGORIES, "int64")
    return added_up(table.astype(dict.fromkeys(columns, "float64") | counts))
