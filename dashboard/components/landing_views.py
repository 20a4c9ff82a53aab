"""The parts of the forecast page: its answer, its figures, its views."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.charts import landing as landing_charts
from dashboard.charts import pacing as pacing_charts
from dashboard.components import furniture
from dashboard.components.drill import GO_TO, chosen_row, opens
from dashboard.components.furniture import Tile
from dashboard.session import Session
from pipeline.domain.scope import Scope
from pipeline.reports.coverage import coverage
from pipeline.reports.forecast_rollup import forecast_rollup
from pipeline.reports.landing import DEFINITION, Landing, closers, land, report_of, said, version
from pipeline.reports.pacing import pacing
from pipeline.reports.report import Report

SINGLE, CUMULATIVE = "One by one", "Added up"
_HEAD = ["name", "target", "won_amount"]
_SINGLE = [*_HEAD, "commit_amount", "most_likely_amount", "best_case_amount", "pipeline_amount"]
_SINGLE += ["open_amount", "omitted_amount", "attainment_rate"]
_CUMULATIVE = [*_HEAD, "commit_total", "most_likely_total", "best_case_total", "pipeline_total"]
_CUMULATIVE += ["open_amount", "arithmetic"]
_ROLL_UP = {
    "name": 150,
    "target": 94,
    "won_amount": 94,
    "commit_amount": 90,
    "most_likely_amount": 90,
    "best_case_amount": 92,
    "pipeline_amount": 92,
    "open_amount": 98,
    "omitted_amount": 84,
    "attainment_rate": 84,
    "arithmetic": 460,
}
"""The pixels of the roll-up: one by one, a whole row is seen at once on a desk."""
_INDENT = {"company": "", "team": "\u2003", "owner": "\u2003\u2003"}
_LINES = {
    "basis_words": 172,
    "opportunities": 98,
    "standing_amount": 104,
    "won_so_far_amount": 100,
    "remaining_amount": 98,
    "new_amount": 112,
    "landing_amount": 104,
    "gap_amount": 108,
    "attainment_rate": 76,
}
"""The columns of the ways and their pixels: a whole row is seen at once on a desk."""
_CLOSERS = {
    "opportunity_no": 96,
    "description": 176,
    "contact_name": 112,
    "owner_name": 112,
    "amount": 98,
    "expected_close_on": 98,
    "win_chance_rate": 80,
    "gain_amount": 98,
    "gain_so_far_amount": 98,
}
_LEAST_YIELD = 0.005
_MANY = 99


def landing(reading: Session, scope: Scope, method: str | None) -> Landing:
    """The landing of a scope, computed anew only when something was recorded since."""
    found: Landing = _computed(
        reading, scope, (reading.address, repr(scope), method, version(reading))
    )
    return found


@st.cache_resource(max_entries=16, show_spinner=False)
def _computed(_reading: Session, _scope: Scope, key: tuple[str, str, str | None, int]) -> Landing:
    return land(_reading, _scope, method=key[2])


# --- the answer and the figures ------------------------------------------------------------------


def answer(found: Landing) -> str:
    """The one sentence: what is expected, what that is to the quota, and how sure."""
    period = found.looked.period
    label = formats.escape_markdown(period.label)
    if found.looked.day >= period.last:
        return f"{label} is over: **{formats.money_short(found.sums.won_amount)} won**{_of(found)}."
    said = f"**{formats.money_short(found.expected)} expected in {label}**"
    return f"{said}{_against(found)}{_record(found)}"


def _of(found: Landing) -> str:
    if found.target.amount is None:
        return ", and no quota was set"
    share = formats.rate(found.sums.won_amount / found.target.amount)
    return f", {share} of the quota of {formats.money_short(found.target.amount)}"


def _against(found: Landing) -> str:
    low, high = (formats.money_short(end) for end in (found.forecast.p10, found.forecast.p90))
    if found.gap is None or found.chance is None:
        return f", in 8 of 10 cases {low} to {high}; no quota is set"
    beside = "short of" if found.gap > 0 else "beyond"
    return (
        f", {formats.money_short(abs(found.gap))} {beside} the quota of "
        f"{formats.money_short(found.target.amount)}, {formats.chance(found.chance)} chance to "
        "reach it"
    )


def _times(coverage: float | None) -> str:
    """A coverage; where hardly anything is missing its digits say nothing."""
    return (
        f"over {_MANY}" if coverage is not None and coverage > _MANY else formats.fixed(coverage, 2)
    )


def _record(found: Landing) -> str:
    record = found.track_record
    return (
        f"; {record[0].lower()}{record[1:]}"
        if record
        else ". How often such ranges held has not been tried yet."
    )


def tiles(found: Landing) -> list[Tile]:
    """Won so far, commit, the range, coverage beside what is needed, and the pace."""
    return [
        Tile(
            label="Won so far",
            value=formats.money_short(found.sums.won_amount),
            note=f"{formats.rate(_attained(found), 0)} of quota"
            if found.target.amount
            else formats.opportunities(found.sums.won),
            help=f"In {formats.opportunities(found.sums.won)}, week {found.looked.week} of "
            f"{found.looked.period.weeks}.",
        ),
        Tile(
            label="Commit",
            value=formats.money_short(found.sums.amount("commit")),
            note=f"best case {formats.money_short(_best_case(found))} more",
            help="What stands in commit and, beside it, in most likely and best case, in full.",
        ),
        Tile(
            label="Range",
            value=_between(found.forecast.p10, found.forecast.p90),
            note=f"as likely as not {formats.money_short(found.forecast.p50)}",
            help="P10 to P90: in 8 of 10 cases the period lands between.",
        ),
        _coverage(found),
        _pace(found),
    ]


def _between(low: float, high: float) -> str:
    """A range whose unit is written once: 12.5–14.9 M."""
    first, last = formats.money_short(low), formats.money_short(high)
    unit = last[-2:] if last[-1:].isalpha() else ""
    return f"{first.removesuffix(unit) if unit else first}–{last}"


def _attained(found: Landing) -> float | None:
    return found.sums.won_amount / found.target.amount if found.target.amount else None


def _best_case(found: Landing) -> float:
    return found.sums.amount("most likely", "best case")


def _coverage(found: Landing) -> Tile:
    stands = found.covered
    value = _times(stands.coverage)
    needed = f"{_times(stands.needed)} needed" if stands.needed else ""
    return Tile(
        label="Coverage",
        value="met" if stands.is_met else value,
        note=f"{needed}: {stands.status}" if needed and stands.coverage else stands.status,
        help="Open in the window, at full amount, over what remains to "
        f"{formats.escape_markdown(stands.target.basis)}. Needed: what past periods had to have on "
        f"the same day, week {found.looked.week}, from {stands.yields.periods} of them.",
    )


def _pace(found: Landing) -> Tile:
    pace = found.pace
    return Tile(
        label="Pace",
        value=formats.signed_money_short(pace.gap),
        note=f"{formats.money_short(pace.expected_to_date)} expected by now"
        if pace.expected_to_date is not None
        else "no past to compare with"
        if pace.share is None
        else "no quota",
        help="Won so far less what past periods had won by this day of theirs, as a share of the "
        f"quota; from {pace.periods} past periods.",
    )


# --- the views -----------------------------------------------------------------------------------


def ways(reading: Session, found: Landing) -> None:
    """Where it lands by each way, what is missing, and what would close it."""
    report = report_of(reading, found)
    furniture.chart(
        landing_charts.ways(
            report.frame,
            (found.forecast.p10, found.forecast.p90),
            found.target.amount,
            session.mode(),
        ),
        key="landing",
        alt="Where the period lands by each way, against the quota; the table holds the same.",
        on_select=opens(report, "landing"),
    )
    furniture.table(
        report.frame,
        key="table-landing",
        columns=list(_LINES),
        on_select=opens(report, "table-landing"),
        widths=_LINES,
    )
    _evidence(found)
    _gap(reading, found)
    plain = replace(report, definition=f"{DEFINITION} {found.method.definition}")
    furniture.footing(plain, key="table-landing")


def _gap(reading: Session, found: Landing) -> None:
    if found.gap is None or found.gap <= 0 or found.looked.day >= found.looked.period.last:
        return
    st.subheader("What would close the gap", anchor=False)
    wins = found.gap_opportunities
    usual = f", or {formats.fixed(wins, 1)} wins of the usual size" if wins else ""
    report = closers(reading, found)
    few = f" Winning {_these(found, len(report.frame))}." if len(report.frame) else ""
    st.markdown(f"{formats.money_short(found.gap)} are missing{usual}.{few}{_create(found)}")
    if len(report.frame):
        furniture.table(
            report.frame,
            key="table-closers",
            columns=list(_CLOSERS),
            on_select=lambda: _open(report),
            widths=_CLOSERS,
        )


def _these(found: Landing, number: int) -> str:
    """Whether the few close the gap, or only the largest part of it."""
    which = "this one" if number == 1 else f"these {number}"
    closes = bool(found.closers["closes"].iloc[-1])
    added = formats.money_short(found.closers["gain_so_far_amount"].iloc[-1])
    return f"{which} would close it" if closes else f"{which} would add {added}, not all of it"


def _create(found: Landing) -> str:
    rate = found.covered.yields.begun_rate
    if rate is None or found.gap is None:
        return ""
    if rate < _LEAST_YIELD:
        return " What has not begun yet does not help: so late, hardly any of it was won in time."
    return (
        f" From what has not begun it would take {formats.money_short(found.gap / rate)} of new "
        f"opportunities: of what began so late in past periods, {formats.rate(rate)} was won in "
        "time."
    )


def _open(report: Report) -> None:
    row = chosen_row(st.session_state["table-closers"])
    if row is not None and row < len(report.frame):
        st.session_state[GO_TO] = ("opportunity", {"no": report.frame["opportunity_no"].iloc[row]})


def _evidence(found: Landing) -> None:
    """How much of it is evidence and how much prior, in words."""
    st.caption(formats.escape_markdown(" ".join(filter(None, said(found)))))


def paced(reading: Session, scope: Scope, found: Landing) -> None:
    """The fan of past periods and, beside it, coverage with its basis."""
    covered = coverage(reading, scope)
    st.markdown(_covered(found))
    report = pacing(reading, scope)
    furniture.chart(
        pacing_charts.fan(report.frame, report.totals["target"], session.mode()),
        key="pacing",
        alt="Won so far beside the fan of past periods; the table holds the same.",
    )
    furniture.table(report.frame, key="table-pacing", height=300)
    furniture.footing(report, key="table-pacing")
    st.subheader("Coverage", anchor=False)
    furniture.table(
        covered.frame,
        key="table-coverage",
        columns=_COVERAGE,
        on_select=opens(covered, "table-coverage", "open_in_window"),
    )
    furniture.footing(covered, key="table-coverage")


def _covered(found: Landing) -> str:
    """Coverage in words, with what it is made of and what it would have to be."""
    stands = found.covered
    if stands.coverage is None:
        return f"Coverage: {stands.status}."
    needed = (
        f"past periods had to have {_times(stands.needed)} on this day of theirs: "
        f"**{stands.status}**"
        if stands.needed
        else "there is no past to say how much is needed"
    )
    return (
        f"{formats.money_short(stands.sums.open_amount)} open in the window over "
        f"{formats.money_short(stands.remaining)} missing is **{_times(stands.coverage)} "
        f"times**; {needed}."
    )


_COVERAGE = ["target_basis", "target", "won_amount", "remaining_amount", "open_in_window"]
_COVERAGE += ["open_in_window_amount", "coverage_ratio", "needed_coverage", "coverage_status"]
_COVERAGE += ["yield_rate", "yield_low", "yield_high", "past_periods", "to_create_amount"]


def rolled_up(reading: Session, scope: Scope) -> None:
    """Company, teams and owners, the categories one by one or added up, the arithmetic said."""
    chosen = furniture.switch("rollup", [SINGLE, CUMULATIVE])
    report = forecast_rollup(
        reading, scope, rollup="cumulative" if chosen == CUMULATIVE else "single"
    )
    added = forecast_rollup(reading, scope, rollup="cumulative")
    st.caption(f"Together: {formats.escape_markdown(added.frame['arithmetic'].iloc[0])}.")
    furniture.table(
        indented(report.frame),
        key="table-rollup",
        columns=_CUMULATIVE if chosen == CUMULATIVE else _SINGLE,
        on_select=opens(report, "table-rollup", "won") if report.opens else None,
        widths=_ROLL_UP,
    )
    furniture.footing(report, key="table-rollup")


def indented(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of company, teams and owners with their names set in, level by level."""
    names = zip(frame["holder"], frame["name"], strict=True)
    return frame.assign(name=[_INDENT[holder] + str(name) for holder, name in names])
