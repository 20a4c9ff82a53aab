"""Then and now: what was known at a moment beside what is known now, for the same day."""

import pandas as pd

STATUSES = ["in progress", "won", "lost"]
SIDES = ["then", "now"]
DIFFERENCES = [
    "opportunity_no",
    "description",
    "reason",
    "recorded_at",
    "recorded_by",
    "then_state",
    "now_state",
    "then_amount",
    "now_amount",
    "then_owner_name",
    "now_owner_name",
    "then_expected_close_on",
    "now_expected_close_on",
]


def differences(found: pd.DataFrame) -> pd.DataFrame:
    """The opportunities that are known otherwise now, each with what made the difference.

    `then_state` and `now_state` are the stage, won or lost, and blank where it did not stand in the
    scope. The amounts are what the sale would bring, of a won one what it was won for.

    | opportunity_no | reason       | then_state | now_state | then_amount | now_amount | ... |
    |----------------|--------------|------------|-----------|-------------|------------|-----|
    | D04            | entered late | Propose    | won       | 15,000      | 15,000     |     |
    """
    sides = {f"{side}_{name}": of(found, side) for name, of in _OF_A_SIDE.items() for side in SIDES}
    return found.assign(**sides)[DIFFERENCES]


def figures(now: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Number and amount by status, as known then and as known now, and the difference between.

    What was known then is what is known now without the differences of the single opportunities,
    so the differences explain all of it.

    | status      | then_opportunities | now_opportunities | then_amount | now_amount | ... |
    |-------------|--------------------|-------------------|-------------|------------|-----|
    | in progress | 9                  | 5                 | 175,000     | 87,000     |     |

    and `more_opportunities | difference_amount`: now less then.
    """
    current = now.set_index("status")[["opportunities", "amount"]].reindex(STATUSES).fillna(0)
    then, since = (_by_status(found, side) for side in SIDES)
    change = since - then
    return pd.DataFrame(
        {
            "then_opportunities": (current - change)["opportunities"].astype("int64"),
            "now_opportunities": current["opportunities"].astype("int64"),
            "more_opportunities": change["opportunities"].astype("int64"),
            "then_amount": (current - change)["amount"].round(2),
            "now_amount": current["amount"].round(2),
            "difference_amount": change["amount"].round(2),
        }
    ).reset_index()


def _by_status(found: pd.DataFrame, side: str) -> pd.DataFrame:
    rows = pd.DataFrame({"status": _status(found, side), "amount": _amount(found, side)})
    sums = rows.groupby("status").agg(opportunities=("status", "size"), amount=("amount", "sum"))
    return sums.reindex(STATUSES).fillna(0)


def _status(found: pd.DataFrame, side: str) -> pd.Series:
    closed = found[f"{side}_chances"].map({True: "won", False: "lost"})
    status = closed.mask(found[f"{side}_stage"] > 0, "in progress")
    return status.where(found[f"{side}_stage"].notna())


def _state(found: pd.DataFrame, side: str) -> pd.Series:
    status = _status(found, side)
    number = found[f"{side}_stage"].astype("Int64").astype("str")
    named = found[f"{side}_stage_description"].astype("object")
    stage = named.where(named.notna() & (named != ""), "Stage " + number)
    return status.mask(status == "in progress", stage).fillna("")


def _amount(found: pd.DataFrame, side: str) -> pd.Series:
    won = _status(found, side) == "won"
    return found[f"{side}_amount"].mask(won, found[f"{side}_weighted_amount"])


_OF_A_SIDE = {"state": _state, "amount": _amount}
