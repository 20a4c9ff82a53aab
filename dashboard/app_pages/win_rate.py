"""Of what was closed in a period, the share that was won, and why it was won or lost."""

from typing import get_args

import streamlit as st

from dashboard import formats, scope, session
from dashboard.charts import win_rate as charts
from dashboard.components import furniture, win_rate_views
from dashboard.components.drill import opens
from dashboard.components.furniture import Tile
from pipeline.reports.win_rate import Part, close_reasons, win_rate

REASONS, CONVENTIONS, LOSSES = "By reason", "By convention", "Losses by stage"
PARTS: dict[str, Part] = {f"By {part}": part for part in get_args(Part)}

SHOWN = ["closed_month", "cycle_code", "owner_name", "won", "lost", "decided", "win_rate"]
SHOWN += ["rate_low", "rate_high", "won_amount", "lost_amount", "amount_win_rate"]

top = st.container()
by = furniture.switch("part", [*PARTS, REASONS, CONVENTIONS, LOSSES])
with session.read() as reading:
    whole = report = win_rate(reading, scope.current(), by=PARTS.get(by))
    reasons = close_reasons(reading, scope.current()) if by == REASONS else None
sums = whole.totals
decided = int(sums["decided"] or 0)

with top:
    furniture.heading(
        "Win rate",
        f"**{formats.rate(sums['win_rate'])}** of {formats.opportunities(decided)} closed were won "
        f"({formats.interval(sums['rate_low'], sums['rate_high'])}); "
        f"by amount {formats.rate(sums['amount_win_rate'])}.",
    )
if by == CONVENTIONS:
    win_rate_views.conventions()
elif not decided:
    furniture.nothing_in_scope(whole, "No opportunity was closed")
elif by == LOSSES:
    win_rate_views.losses(top)
else:
    with top:
        furniture.tiles(
            [
                Tile(label="Won", value=formats.count(sums["won"])),
                Tile(label="Lost", value=formats.count(sums["lost"])),
                Tile(label="Won amount", value=formats.money_short(sums["won_amount"])),
                Tile(label="Lost amount", value=formats.money_short(sums["lost_amount"])),
                Tile(label="Win rate by amount", value=formats.rate(sums["amount_win_rate"])),
            ]
        )
    report = reasons or report
    draw = charts.by_part if reasons is None else charts.reasons
    furniture.chart(
        draw(report.frame, session.mode()),
        key=f"win-{by}",
        alt=f"Win rate {by.lower()}; the table below holds the same figures.",
        on_select=opens(report, f"win-{by}"),
    )
    furniture.report_table(report, key=f"table-{by}", columns=SHOWN if reasons is None else None)
