"""The parts of the swing page: its answer, its figures, the list, the way to the quota."""

from collections.abc import Callable

import streamlit as st

from dashboard import formats, session
from dashboard.charts import swing as charts
from dashboard.components import furniture
from dashboard.components.drill import GO_TO, chosen_row
from dashboard.components.furniture import Tile
from dashboard.session import Session
from pipeline.reports.landing import Landing
from pipeline.reports.report import Report
from pipeline.reports.swing import of_landing, path_of

ORDERS = {"By leverage": "leverage", "By swing": "swing"}
_LIST = {
    "opportunity_no": 92,
    "description": 130,
    "owner_name": 96,
    "amount": 88,
    "expected_close_on": 94,
    "win_chance_rate": 112,
    "chance_if_won_rate": 100,
    "chance_if_lost_rate": 100,
    "swing_rate": 62,
    "leverage_rate": 76,
    "expected_share_rate": 112,
    "stage_description": 96,
}
_PATH = {
    "opportunity_no": 96,
    "description": 176,
    "contact_name": 112,
    "owner_name": 112,
    "amount": 98,
    "expected_close_on": 98,
    "win_chance_rate": 86,
    "gain_amount": 98,
    "gain_so_far_amount": 98,
    "chance_so_far_rate": 90,
}


def answer(found: Landing, report: Report) -> str:
    """The one sentence: how likely the quota is, and on whom it hangs most."""
    chance = formats.chance(report.totals["hit_chance_rate"])
    label = formats.escape_markdown(found.looked.period.label)
    if found.target.amount is None:
        head = (
            f"No quota is set for {label}; measured against "
            f"**{formats.money_short(found.forecast.p50)}**, what comes as likely as not"
        )
    else:
        head = f"**{chance} chance to reach {formats.money_short(found.target.amount)}** in {label}"
    if report.frame.empty:
        return f"{head}."
    first = report.frame.iloc[0]
    name = formats.escape_markdown(first["description"] or first["opportunity_no"])
    return (
        f"{head}; most hangs on {name}: {formats.chance(first['chance_if_won_rate'])} if it is "
        f"won, {formats.chance(first['chance_if_lost_rate'])} if it is lost."
    )


def tiles(found: Landing, report: Report) -> list[Tile]:
    """The chance, the gap, the way to it, and how much of the expected hangs on few."""
    totals = report.totals
    steps = int(totals["path_opportunities"] or 0)
    closes = bool(totals["path_closes"])
    return [
        Tile(
            label="Chance",
            value=formats.NOTHING
            if found.target.amount is None
            else formats.chance_short(totals["hit_chance_rate"]),
            note="no quota" if found.target.amount is None else "to reach the quota",
        ),
        Tile(
            label="Gap",
            value=formats.money_short(found.gap),
            note="quota less expected" if found.gap is not None else "no quota",
        ),
        Tile(
            label="Fewest that close it",
            value=formats.count(steps) if closes else formats.NOTHING,
            note=_way(found, report),
        ),
        Tile(
            label="Equal to",
            value=formats.fixed(totals["effective_opportunities"], 1),
            note="opportunities of one size",
            help="One over the sum of squared shares in what is expected of the open "
            f"(Herfindahl index {formats.fixed(totals['hhi'], 3)}).",
        ),
        Tile(
            label="Largest share",
            value=formats.rate(totals["top_share_rate"], 0),
            note="of what is expected",
            help="Of what is expected of all that is open.",
        ),
    ]


def _way(found: Landing, report: Report) -> str:
    if found.gap is None or found.gap <= 0:
        return "no gap to close"
    if not report.totals["path_closes"]:
        return "not even all of them"
    return f"all won: {formats.rate(report.totals['path_all_won_rate'], 1)}"


def listed(reading: Session, found: Landing, order: str) -> None:
    """The figure and the table of the list."""
    report = of_landing(reading, found, order="swing" if order == "swing" else "leverage")
    if report.frame.empty:
        why = "Nothing is open" if found.forecast.chances.empty else "Nothing is drawn one by one"
        furniture.nothing_in_scope(report, why)
        return
    furniture.chart(
        charts.swings(report.frame, float(report.totals["hit_chance_rate"] or 0), session.mode()),
        key="swing",
        alt="The chance if each opportunity is lost and if it is won; the table holds the same.",
        on_select=open_row(report, "swing"),
    )
    furniture.table(
        report.frame,
        key="table-swing",
        columns=list(_LIST),
        widths=_LIST,
        on_select=open_row(report, "table-swing"),
    )
    furniture.footing(report, key="table-swing")


def way(reading: Session, found: Landing) -> None:
    """The fewest opportunities that close the gap, one after the other."""
    if found.gap is None:
        furniture.empty("There is no quota to reach.", "Set one, and the way to it is shown here.")
        st.page_link("app_pages/quotas.py", label="Set quotas", icon=":material/target:")
        return
    report = path_of(reading, found)
    if report.frame.empty:
        why = (
            "What is expected already reaches the quota."
            if found.gap <= 0
            else "Nothing open is likely enough to be a way to the quota."
        )
        furniture.empty(why, "The list shows what may still move the chance.")
        return
    st.markdown(_ends(found, report))
    furniture.table(
        report.frame,
        key="table-path",
        columns=list(_PATH),
        widths=_PATH,
        on_select=open_row(report, "table-path"),
    )
    furniture.footing(report, key="table-path")


def _ends(found: Landing, report: Report) -> str:
    totals, number = report.totals, len(report.frame)
    gain = formats.money_short(totals["path_gain_amount"])
    chance = formats.rate(totals["path_chance_rate"], 0)
    one = "This one" if number == 1 else f"These {number}"
    closes = (
        f"{one} would close the gap of {formats.money_short(found.gap)}"
        if totals["path_closes"]
        else f"{one} would add {gain}, not all of the {formats.money_short(found.gap)} missing"
    )
    return (
        f"{closes}: won, the chance to reach the quota is **{chance}**. That all of them are won "
        f"has a chance of {formats.rate(totals['path_all_won_rate'], 1)}."
    )


def open_row(report: Report, key: str) -> Callable[[], None]:
    """What to do when a row of a widget is chosen: open its opportunity."""

    def go() -> None:
        row = chosen_row(st.session_state[key])
        if row is not None and row < len(report.frame):
            no = report.frame["opportunity_no"].iloc[row]
            if isinstance(no, str) and no:
                st.session_state[GO_TO] = ("opportunity", {"no": no})

    return go
