"""The survival curve of the busiest stage: from counts by day, and by lifelines from every stay."""

from datetime import date

import numpy as np
from lifelines import KaplanMeierFitter

from benchmarks.measure import median_ms, table
from pipeline.domain.scope import Scope
from pipeline.metrics.time_in_stage import KINDS, curve
from pipeline.reports.time_in_stage import stays_of
from pipeline.store import Store


def run(store: Store, today: date) -> None:
    """Time both on the same stays; they have to give the same curve."""
    stays = stays_of(store, Scope(as_of=today))
    sizes = stays.groupby(["cycle_code", "stage"])["number"].sum()
    cycle, stage = sizes.sort_values().index[-1]
    counts = stays[(stays["cycle_code"] == cycle) & (stays["stage"] == stage)]
    days = np.repeat(counts["days"].to_numpy(), counts["number"].to_numpy())
    ended = np.repeat(counts["kind"].isin(KINDS).to_numpy(), counts["number"].to_numpy())
    ours = curve(counts).set_index("days")["survival_rate"]
    theirs = KaplanMeierFitter().fit(days, ended).survival_function_.iloc[:, 0]
    apart = float((ours - theirs.reindex(ours.index)).abs().max())
    table(
        f"The survival curve of {len(days):,} stays, {apart:.1e} apart at most",
        ("from", "rows read", "ms"),
        [
            ("counts by day", f"{len(counts):,}", f"{median_ms(lambda: curve(counts)):.0f}"),
            (
                "every stay, by lifelines",
                f"{len(days):,}",
                f"{median_ms(lambda: KaplanMeierFitter().fit(days, ended)):.0f}",
            ),
        ],
    )
