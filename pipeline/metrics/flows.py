"""What flowed in a period: through the stages of a cycle, and between forecast categories."""

from collections.abc import Mapping

import pandas as pd

from pipeline.metrics.stages import KEY, every_stage
from pipeline.metrics.waterfall import BUCKETS

EXITS = ["moved_on", "moved_back", "left_won", "left_lost", "left_scope", "left_removed"]
FLOWS = ["at_start", "entries", *EXITS, "at_end"]
_LEFT = {
    "won": "left_won",
    "lost": "left_lost",
    "transferred out": "left_scope",
    "removed": "left_removed",
    "end": "at_end",
}
_LEADING = {(each.step, each.side): each.name for each in BUCKETS if each.way < 0}
_COMING = {(each.step, each.side): each.name for each in BUCKETS if each.way > 0}


def stage_flow(sums: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Where the opportunities of a period came from and went, by cycle and stage.

    Every stage balances: `at_start + entries` = `moved_on + moved_back + left_won + left_lost +
    left_scope + left_removed + at_end`. An entry is a start, a move in from another stage, a
    reopening, or a transfer into the scope; entering twice counts twice. On and back are as the
    stages stand in their cycle today; a jump over a stage leaves one stage and enters one.

    | stage | at_start | entries | moved_on | moved_back | left_won | left_lost | at_end |
    |-------|----------|---------|----------|------------|----------|-----------|--------|
    | 1     | 2        | 6       | 5        | 0          | 0        | 0         | 3      |
    | 2     | 2        | 6       | 4        | 0          | 0        | 2         | 2      |
    | 3     | 0        | 5       | 0        | 1          | 3        | 1         | 0      |

    and `cycle_code | position | stage_description | left_scope | left_removed`.
    """
    placed = _placed(sums, stages)
    into = placed[placed["stage"] > 0].assign(flow=_into)[
        ["cycle_code", "stage", "flow", "opportunities"]
    ]
    out = (
        placed[placed["left_stage"] > 0].assign(flow=_out_of, stage=lambda rows: rows["left_stage"])
    )[["cycle_code", "stage", "flow", "opportunities"]]
    counts = (
        pd.concat([into, out])
        .pivot_table(index=KEY, columns="flow", values="opportunities", aggfunc="sum", fill_value=0)
        .reindex(columns=FLOWS, fill_value=0)
        .reset_index()
    )
    table = every_stage(stages, counts)
    return table.assign(**{name: table[name].fillna(0).astype("int64") for name in FLOWS})


def _placed(sums: pd.DataFrame, stages: pd.DataFrame) -> pd.DataFrame:
    """Add the places of the stage that was left and of the one that was entered.

    A stage its cycle has no longer stands where its number would.
    """
    places = stages.set_index(KEY)["position"].astype("float64")
    return sums.assign(
        left_place=_places(sums, "left_stage", places), place=_places(sums, "stage", places)
    )


def _places(sums: pd.DataFrame, column: str, places: pd.Series) -> pd.Series:
    keys = pd.MultiIndex.from_frame(sums[["cycle_code", column]])
    known = pd.Series(places.reindex(keys).to_numpy(), index=sums.index)
    return known.fillna(sums[column].astype("float64"))


def _into(rows: pd.DataFrame) -> pd.Series:
    return (rows["kind"] == "start").map({True: "at_start", False: "entries"})


def _out_of(rows: pd.DataFrame) -> pd.Series:
    on = (rows["place"] > rows["left_place"]).map({True: "moved_on", False: "moved_back"})
    return rows["kind"].map(_LEFT).fillna(on)


def category_flow(sums: pd.DataFrame) -> pd.DataFrame:
    """From the forecast categories at the start of a period to those at its end, in amounts.

    Each opportunity flows once, from where it stood to where it stands. The rows that come from a
    category add up to what it held at the start; those that go to one add up to what it holds at
    the end. What was not there before comes from the cause that brought it (new, reopened, pulled
    in); what is not there any more goes to the cause that took it (won, lost, pushed out). Of an
    opportunity that stayed, a difference in amount comes from `increased` or goes to `decreased`.
    What came and went inside the period is not in it.

    | came_from | went_to  | opportunities | amount |
    |-----------|----------|---------------|--------|
    | pipeline  | commit   | 3             | 41,000 |
    | pipeline  | won      | 1             | 25,000 |
    | new       | pipeline | 2             | 13,000 |
    """
    flows = pd.concat([_untouched(sums), _stayed(sums), _left(sums), _came(sums)])
    totals = flows.groupby(["came_from", "went_to"], as_index=False)[
        ["opportunities", "amount"]
    ].sum()
    shown = totals[totals["amount"].round(2) != 0]
    return shown.round({"amount": 2}).astype({"opportunities": "int64"}).reset_index(drop=True)


def _untouched(sums: pd.DataFrame) -> pd.DataFrame:
    """What no transition touched: all that stood at the start, less what did and was."""
    stood = sums[sums["start_category"].notna()]
    sign = (stood["kind"] == "start").map({True: 1, False: -1})
    return _flows(
        stood,
        stood["start_category"],
        stood["start_category"],
        stood["start_amount"] * sign,
        stood["opportunities"] * sign,
    )


def _stayed(sums: pd.DataFrame) -> pd.DataFrame:
    rows = sums[sums["kind"] == "stayed"]
    start, end, kept = rows["start_category"], rows["end_category"], rows["kept_amount"]
    more, less = rows["end_amount"] - kept, rows["start_amount"] - kept
    none = rows["opportunities"] * 0
    return pd.concat(
        [
            _flows(rows, start, end, kept, rows["opportunities"]),
            _flows(rows, "increased", end, more, none),
            _flows(rows, start, "decreased", less, none),
        ]
    )


def _left(sums: pd.DataFrame) -> pd.DataFrame:
    rows = sums[sums["kind"] == "left"]
    return _flows(
        rows,
        rows["start_category"],
        _causes(rows, _LEADING),
        rows["start_amount"],
        rows["opportunities"],
    )


def _came(sums: pd.DataFrame) -> pd.DataFrame:
    rows = sums[sums["kind"] == "came"]
    return _flows(
        rows,
        _causes(rows, _COMING),
        rows["end_category"],
        rows["end_amount"],
        rows["opportunities"],
    )


def _causes(rows: pd.DataFrame, names: Mapping[tuple[str, int], str]) -> pd.Series:
    keys = pd.Series(
        list(zip(rows["step"], rows["side"], strict=True)), index=rows.index, dtype=object
    )
    return keys.map(names)


def _flows(
    rows: pd.DataFrame,
    came_from: pd.Series | str,
    went_to: pd.Series | str,
    amount: pd.Series,
    opportunities: pd.Series,
) -> pd.DataFrame:
    flows = {
        "came_from": came_from,
        "went_to": went_to,
        "opportunities": opportunities.astype("int64"),
        "amount": amount.astype("float64"),
    }
    return pd.DataFrame(flows, index=rows.index)
