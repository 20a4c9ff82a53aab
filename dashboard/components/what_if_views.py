"""The parts of the what-if page: before and after, the line of close dates, the table."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.charts import what_if as charts
from dashboard.components import close_dates, furniture, what_if_kept
from dashboard.components.close_dates import Line
from dashboard.components.edit_grid import without_missing
from dashboard.components.furniture import Tile
from dashboard.components.what_if_changes import (
    EDITED,
    Edit,
    Supposed,
    Values,
    edits,
)
from dashboard.session import Session
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
)

PERIOD, EVERYTHING = REACH = ("Of the period", "Everything open")
LINE = "close-dates"
_SHOWN = ["outcome", "opportunity_no", "description", "owner_name", "stage_description"]
_SHOWN += ["amount", "expected_close_on", "win_chance_percent", "category"]
_TABLE = ["supposed", "won_so_far_amount", "from_open_amount", "from_new_amount", "mean_amount"]
_TABLE += ["p10_amount", "p50_amount", "p90_amount", "hit_chance_rate"]
_HEIGHT = 420
_ROWS = 10
_INVITATION = "Drag a close date, change an amount, win or drop one below; nothing is recorded."


def based(reading: Session, scope: Scope, method: str | None) -> Ground:
    """What changes are tried on, computed anew only when something was recorded since."""
    key = (reading.address, repr(scope), method, version(reading))
    found: Ground = _ground(reading, scope, key)
    return found


@st.cache_resource(max_entries=4, show_spinner=False)
def _ground(_reading: Session, _scope: Scope, key: tuple[str, str, str | None, int]) -> Ground:
    return ground(_reading, _scope, method=key[2])


def supposed(report: Report) -> list[Edit]:
    """What is supposed of the opportunities of the table, whichever way it was said."""
    what_if_kept.take_over()
    return edits(_rows(report), what_if_kept.kept())


def elsewhere(report: Report) -> dict[int, Supposed]:
    """What is supposed of opportunities that the table does not show."""
    shown = set(report.frame["opportunity_id"])
    return {one: it for one, it in what_if_kept.kept().items() if one not in shown}


def tried(on: Ground, made: Sequence[Edit]) -> WhatIf:
    """The forecast as if that had been recorded."""
    return compared(on, [edit.supposed() for edit in made])


# --- before and after ----------------------------------------------------------------------------


def answer(found: WhatIf, made: Sequence[Edit], report: Report) -> str:
    """The one sentence: what the changes move."""
    label = formats.escape_markdown(found.ground.landing.looked.period.label)
    if not made:
        now = formats.money_short(found.before.p50)
        head = f"As recorded, {label} lands at {now} as likely as not{_chance_now(found)}."
        return head if report.frame.empty else f"{head} {_INVITATION}"
    by = found.after.p50 - found.before.p50
    moved = formats.signed_money_short(by) if by else "as before"
    changes = formats.counted(len(made), "change")
    return (
        f"With {changes} **{label} lands at {formats.money_short(found.after.p50)}** as likely as "
        f"not, {moved}{_chance_then(found)}. Nothing of it is recorded yet."
    )


def _chance_now(found: WhatIf) -> str:
    chance = found.chance(found.before)
    return "" if chance is None else f", {formats.chance(chance)} chance to reach the quota"


def _chance_then(found: WhatIf) -> str:
    then, now = found.chance(found.after), found.chance(found.before)
    if then is None or now is None:
        return ""
    words, before = formats.chance(then), formats.chance(now)
    was = "as before" if words == before else f"{before} before"
    return f"; **{words} chance** to reach the quota, {was}"


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
        value=formats.chance_short(now),
        note="as recorded" if now == was else f"was {formats.chance_short(was)}",
        help="To reach the quota.",
    )


def side_by_side(report: Report, found: WhatIf) -> None:
    """The two ranges as a figure."""
    furniture.chart(
        charts.before_and_after(report.frame, found.target, session.mode()),
        key="what-if",
        alt="The range before and after the changes, against the quota; the table holds the same.",
    )


def figures(report: Report) -> None:
    """The two ranges as a table, folded away."""
    with st.expander("Before and after in figures"):
        furniture.table(report.frame, key="table-what-if", columns=_TABLE)
        furniture.footing(report, key="table-what-if")


# --- the table -----------------------------------------------------------------------------------


def table(reading: Session, on: Ground, *, everything: bool) -> Report:
    """The opportunities that may be supposed otherwise."""
    return opportunities(reading, on, everything=everything)


def nothing(report: Report) -> None:
    """Nothing to suppose anything of: it is the bar that narrows, not the period of the page."""
    scope = replace(report.scope, from_on=None, to_on=None)
    why = "Nothing is open and forecast in this period"
    furniture.nothing_in_scope(replace(report, scope=scope), why)


def line(report: Report, made: Sequence[Edit], found: WhatIf) -> None:
    """The close dates of the table on a line of days, to be dragged."""
    looked = found.ground.landing.looked
    by_id = {edit.opportunity_id: edit for edit in made}
    lines = [_line(row, by_id.get(row["opportunity_id"])) for row in _rows(report)]
    close_dates.draw(LINE, lines, looked.period, looked.scope.as_of, what_if_kept.move)


def _line(row: Values, edit: Edit | None) -> Line:
    return Line(
        opportunity_id=row["opportunity_id"],
        no=row["opportunity_no"],
        name=row["description"] or "",
        amount=edit.amount if edit else row["amount"],
        outcome=edit.outcome if edit else OUTCOMES[0],
        day=edit.expected_close_on if edit else row["expected_close_on"],
        was=row["expected_close_on"],
    )


def editor(report: Report) -> None:
    """The table to suppose in: outcome, amount and close date are edited in place."""
    key, shown = what_if_kept.set_up(_plain(report))
    st.data_editor(
        shown,
        key=key,
        num_rows="fixed",
        hide_index=True,
        placeholder="",
        height="content" if len(shown) <= _ROWS else _HEIGHT,
        disabled=[name for name in shown.columns if name not in EDITED],
        column_order=_SHOWN,
        column_config=_columns(),
    )
    number = int(report.totals["opportunities"] or 0)
    if number > len(report.frame):
        st.caption(
            f"The {formats.counted(len(report.frame), 'largest', 'largest')} of "
            f"{formats.opportunities(number)}; narrow the bar above to reach the others."
        )


def _rows(report: Report) -> list[Values]:
    """The rows of the table as recorded."""
    return [
        {str(name): value for name, value in row.items()}
        for row in _plain(report).to_dict("records")
    ]


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
            "Chance",
            format="%.1f\u00a0%%",
            width=70,
            help="To be won by the end of the period, now.",
        ),
        "category": config.TextColumn("Forecast", width=88),
    }
