"""The parts of the what-if page: the table to suppose in, before and after, and recording it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.charts import what_if as charts
from dashboard.components import furniture
from dashboard.components.edit_grid import delta, place, without_missing
from dashboard.components.fields import Form
from dashboard.components.furniture import Tile
from dashboard.components.what_if_changes import DROPPED, WON, Edit, edits
from dashboard.session import Session
from pipeline.commands import ChangeSeveral
from pipeline.domain.closing import Outcome
from pipeline.domain.scope import Scope
from pipeline.reports.landing import version
from pipeline.reports.report import Report
from pipeline.reports.what_if import (
    OUTCOMES,
    Ground,
    WhatIf,
    compared,
    ground,
    opportunities,
    report_of,
)

PERIOD, EVERYTHING = REACH = ("Of the period", "Everything open")
FORM = Form("what-if")
_SHOWN = ["outcome", "opportunity_no", "description", "owner_name", "stage_description"]
_SHOWN += ["amount", "expected_close_on", "win_chance_percent", "category"]
_BY = ("opportunity_id",)
_EDITED = ("outcome", "amount", "expected_close_on")
_TABLE = ["supposed", "won_so_far_amount", "from_open_amount", "from_new_amount", "mean_amount"]
_TABLE += ["p10_amount", "p50_amount", "p90_amount", "hit_chance_rate"]
_HEIGHT = 420
_ROWS = 10


def based(reading: Session, scope: Scope, method: str | None) -> Ground:
    """What changes are tried on, computed anew only when something was recorded since."""
    key = (reading.address, repr(scope), method, version(reading))
    found: Ground = _ground(reading, scope, key)
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def _ground(_reading: Session, _scope: Scope, key: tuple[str, str, str | None, int]) -> Ground:
    return ground(_reading, _scope, method=key[2])


def supposed(report: Report) -> list[Edit]:
    """What the table supposes now."""
    plain = _plain(report)
    return edits(delta(plain, FORM.value(place(plain, _BY)) or {}).changed)


def tried(on: Ground, made: Sequence[Edit]) -> WhatIf:
    """The forecast as if that had been recorded."""
    return compared(on, [edit.supposed() for edit in made])


# --- before and after ----------------------------------------------------------------------------


def answer(found: WhatIf, made: Sequence[Edit]) -> str:
    """The one sentence: what the changes move."""
    label = formats.escape_markdown(found.ground.landing.looked.period.label)
    if not made:
        now = formats.money_short(found.before.p50)
        return (
            f"As recorded, {label} lands at {now} as likely as not{_chance_now(found)}. Change an "
            "amount, a close date or an outcome below; nothing is recorded."
        )
    moved = formats.signed_money_short(found.after.p50 - found.before.p50)
    changes = formats.counted(len(made), "change")
    return (
        f"With {changes} **{label} lands at {formats.money_short(found.after.p50)}** as likely as "
        f"not, {moved}{_chance_then(found)}. Nothing of it is recorded yet."
    )


def _chance_now(found: WhatIf) -> str:
    chance = found.chance(found.before)
    return "" if chance is None else f", {formats.rate(chance, 0)} chance to reach the quota"


def _chance_then(found: WhatIf) -> str:
    then, now = found.chance(found.after), found.chance(found.before)
    if then is None or now is None:
        return ""
    return f"; **{formats.rate(then, 0)} chance** to reach the quota, {formats.rate(now, 0)} before"


def tiles(found: WhatIf) -> list[Tile]:
    """The range and the chance with the changes, each against what it was."""
    before, after = found.before, found.after
    money = [
        ("P50", before.p50, after.p50, "As likely as not the period brings more."),
        ("P10", before.p10, after.p10, "With 10 percent chance the period brings no more."),
        ("P90", before.p90, after.p90, "With 90 percent chance the period brings no more."),
        ("Expected", before.mean, after.mean, "The mean of what may come."),
    ]
    figures = [
        Tile(
            label=label,
            value=formats.money_short(now),
            note=_moved(was, now),
            help=words,
        )
        for label, was, now, words in money
    ]
    return [_chance_tile(found), *figures]


def _moved(was: float, now: float) -> str:
    if was == now:
        return "as recorded"
    return f"{formats.signed_money_short(now - was)} from {formats.money_short(was)}"


def _chance_tile(found: WhatIf) -> Tile:
    now, was = found.chance(found.after), found.chance(found.before)
    if now is None:
        return Tile(label="Chance", value=formats.NOTHING, note="no quota is set")
    return Tile(
        label="Chance",
        value=formats.rate(now, 0),
        note="as recorded" if now == was else f"was {formats.rate(was, 0)}",
        help="To reach the quota.",
    )


def side_by_side(reading: Session, found: WhatIf) -> None:
    """The two ranges as a figure and, folded away, as a table."""
    report = report_of(reading, found)
    furniture.chart(
        charts.before_and_after(report.frame, found.target, session.mode()),
        key="what-if",
        alt="The range before and after the changes, against the quota; the table holds the same.",
    )
    with st.expander("Before and after in figures"):
        furniture.table(report.frame, key="table-what-if", columns=_TABLE)
        furniture.footing(report, key="table-what-if")


# --- the table -----------------------------------------------------------------------------------


def table(reading: Session, on: Ground, *, everything: bool) -> Report:
    """The opportunities that may be supposed otherwise."""
    return opportunities(reading, on, everything=everything)


def editor(report: Report) -> None:
    """The table to suppose in: outcome, amount and close date are edited in place."""
    plain = _plain(report)
    st.data_editor(
        plain,
        key=FORM.key(place(plain, _BY)),
        num_rows="fixed",
        hide_index=True,
        height="content" if len(plain) <= _ROWS else _HEIGHT,
        disabled=[name for name in plain.columns if name not in _EDITED],
        column_order=_SHOWN,
        column_config=_columns(),
    )
    number = int(report.totals["opportunities"] or 0)
    if number > len(report.frame):
        st.caption(
            f"The {formats.counted(len(report.frame), 'largest', 'largest')} of "
            f"{formats.opportunities(number)}; narrow the bar above to reach the others."
        )


def _plain(report: Report) -> pd.DataFrame:
    frame = report.frame.assign(
        outcome=OUTCOMES[0], win_chance_percent=report.frame["win_chance_rate"] * 100
    )
    days = [
        None if pd.isna(day) else pd.Timestamp(day).date() for day in frame["expected_close_on"]
    ]
    return without_missing(frame.assign(expected_close_on=pd.Series(days, dtype="object")))[
        [*_SHOWN, "opportunity_id", "version", "quote_amount"]
    ]


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        "outcome": config.SelectboxColumn(
            "What if", options=list(OUTCOMES), width=86, required=True, help="Won or dropped today."
        ),
        "opportunity_no": config.TextColumn("No.", width=92),
        "description": config.TextColumn("Description", width=178),
        "owner_name": config.TextColumn("Owner", width=108),
        "stage_description": config.TextColumn("Stage", width=96),
        "amount": config.NumberColumn("Amount", format="localized", width=98, min_value=0.01),
        "expected_close_on": config.DateColumn("Closes", format="YYYY-MM-DD", width=104),
        "win_chance_percent": config.NumberColumn(
            "Chance", format="%.0f %%", width=66, help="To be won by the end of the period, now."
        ),
        "category": config.TextColumn("Forecast", width=88),
    }


# --- recording -----------------------------------------------------------------------------------


def recording(made: Sequence[Edit], reasons: Mapping[Outcome, Mapping[str, str]]) -> None:
    """What would be recorded, what stands in the way, and the two buttons."""
    if not made:
        return
    for edit in made:
        st.caption(
            formats.escape_markdown(
                f"{edit.no} {formats.shortened(edit.description)}: {edit.words}"
            )
        )
    chosen = _reasons(made, reasons)
    rows = tuple(edit.wishes(chosen) for edit in made)
    lacking = [edit.lacks for edit in made]
    said = [lack or refusal for lack, refusal in zip(lacking, session.rehearse(rows), strict=True)]
    for refusal in filter(None, said):
        st.warning(formats.escape_markdown(refusal), icon=":material/error:")
    FORM.complaint()
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Record these changes",
            type="primary",
            key="record-what-if",
            disabled=any(said),
            on_click=_record,
            args=(rows,),
            help="All of them as one, dated today; it can be undone.",
        )
        st.button("Reset", key="reset-what-if", on_click=_reset)


def _reasons(
    made: Sequence[Edit], reasons: Mapping[Outcome, Mapping[str, str]]
) -> dict[Outcome, str | None]:
    """The close reason of each outcome that is supposed; asked for where there are several."""
    asked = {Outcome.WON: WON, Outcome.LOST: DROPPED}
    chosen: dict[Outcome, str | None] = {}
    for outcome, word in asked.items():
        if any(edit.outcome == word for edit in made):
            known = reasons.get(outcome, {})
            only = next(iter(known)) if len(known) == 1 else None
            FORM.choice(f"reason-{outcome.value}", f"Why {word}", known, value=only, width=260)
            chosen[outcome] = FORM.value(f"reason-{outcome.value}")
    return chosen


def _record(rows: tuple[Any, ...]) -> None:
    def carry_out() -> str:
        session.record(ChangeSeveral(rows=rows))
        return f"{formats.counted(len(rows), 'change')} recorded."

    FORM.attempt(carry_out)


def _reset() -> None:
    FORM.attempt(lambda: "Everything is as recorded again.")
