"""Reports: which opportunities move the chance to reach the quota, and a way to it."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.metrics.forecast import swing as metric
from pipeline.metrics.forecast.distribution import Forecast
from pipeline.reports.landing import Landing, land, left_out, said
from pipeline.reports.report import Report
from pipeline.store import Session

Order: TypeAlias = Literal["swing", "leverage"]

NAME = "swing-list"
DEFINITION = (
    "How much each open opportunity moves the chance to reach {target}: the chance if it is won "
    "less the chance if it is lost, everything else as it was drawn. Leverage is swing × p × "
    "(1 − p): large where the opportunity matters and is open in its end. The share is its part of "
    "what is expected of all that is open. Looked at are the opportunities that are drawn one by "
    "one, the {count} with most to move; a difference below 1\u00a0% is within what draws leave "
    "open."
)
PATH_NAME = "path-to-quota"
PATH_DEFINITION = (
    "The fewest open opportunities that close the gap between the quota and what is expected if "
    "they are surely won, and of as few the likelier ones. Each adds amount × (1 − its chance). "
    "The chance beside is that of reaching the quota with it and those above won. What is less "
    "likely than 5\u00a0% is not counted on."
)
_NAMES = ("opportunity_no", "description", "contact_name", "owner_name", "stage_description")
_SHOWN = (
    *_NAMES,
    *("amount", "expected_close_on", "win_chance_rate", "chance_if_won_rate"),
    *("chance_if_lost_rate", "swing_rate", "leverage_rate", "expected_share_rate"),
)
_PATH = (
    *_NAMES,
    *("amount", "expected_close_on", "win_chance_rate", "gain_amount", "gain_so_far_amount"),
    *("chance_so_far_rate", "closes_gap"),
)
AT_MOST = 50


def swing_list(
    session: Session,
    scope: Scope,
    *,
    method: str | None = None,
    order: Order = "leverage",
    limit: int = AT_MOST,
) -> Report:
    """The opportunities that move the chance to reach the quota, by leverage or by swing.

    Without a quota the chance is that of what comes as likely as not (P50). Raises
    `UnknownMethodError`.
    """
    return of_landing(session, land(session, scope, method=method), order=order, limit=limit)


def of_landing(
    session: Session, found: Landing, *, order: Order = "leverage", limit: int = AT_MOST
) -> Report:
    """The same of a landing that is there already."""
    aim = aimed(found)
    rows = metric.swings(found.forecast, aim)
    sorted_rows = rows.sort_values([order, "opportunity_id"], ascending=[False, True])
    table = _named(session, found, sorted_rows.head(limit)).rename(
        columns={
            "win_chance": "win_chance_rate",
            "chance_if_won": "chance_if_won_rate",
            "chance_if_lost": "chance_if_lost_rate",
            "swing": "swing_rate",
            "leverage": "leverage_rate",
            "expected_share": "expected_share_rate",
        }
    )
    way = metric.path(found.forecast, found.gap, found.target.amount)
    return Report(
        name=NAME,
        definition=" ".join([_definition(found), *filter(None, said(found))]),
        frame=table[list(_SHOWN)],
        scope=found.looked.scope,
        excluded=left_out(session, found),
        totals={
            "target": found.target.amount,
            "hit_chance_rate": found.forecast.chance(aim),
            "gap_amount": found.gap,
            "drawn": float(len(found.forecast.single)),
            **metric.concentration(found.forecast),
            **_end(found.forecast, way),
        },
    )


def path_to_quota(session: Session, scope: Scope, *, method: str | None = None) -> Report:
    """The fewest opportunities that close the gap. Raises `UnknownMethodError`."""
    return path_of(session, land(session, scope, method=method))


def path_of(session: Session, found: Landing) -> Report:
    """The same of a landing that is there already."""
    way = metric.path(found.forecast, found.gap, found.target.amount)
    table = _named(session, found, way).rename(
        columns={
            "win_chance": "win_chance_rate",
            "chance_so_far": "chance_so_far_rate",
            "closes": "closes_gap",
        }
    )
    return Report(
        name=PATH_NAME,
        definition=PATH_DEFINITION,
        frame=table[list(_PATH)],
        scope=found.looked.scope,
        totals={
            "target": found.target.amount,
            "gap_amount": found.gap,
            "hit_chance_rate": found.chance,
            **_end(found.forecast, way),
        },
    )


def aimed(found: Landing) -> float:
    """What the chance is measured against: the quota, else what comes as likely as not."""
    target = found.target.amount
    return found.forecast.p50 if target is None else target


def _end(forecast: Forecast, way: pd.DataFrame) -> dict[str, float | None]:
    """Where a way leads: how many steps, whether they close the gap, and how likely that is."""
    ids = [int(each) for each in way["opportunity_id"]]
    return {
        "path_opportunities": float(len(way)),
        "path_gain_amount": float(way["gain_amount"].sum()),
        "path_closes": float(bool(len(way)) and bool(way["closes"].iloc[-1])),
        "path_all_won_rate": metric.together(forecast, ids),
        "path_chance_rate": float(way["chance_so_far"].iloc[-1]) if len(way) else None,
    }


def _definition(found: Landing) -> str:
    target = "the quota" if found.target.amount is not None else "what comes as likely as not"
    words = DEFINITION.format(target=target, count=len(found.forecast.single))
    if found.forecast.single:
        return words
    return f"{words} {found.method.title} says nothing of single opportunities."


def _named(session: Session, found: Landing, rows: pd.DataFrame) -> pd.DataFrame:
    return named(session, found.looked.scope, rows)


def named(session: Session, scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows by `opportunity_id` with the names of each, in their order."""
    ids: Sequence[int] = [int(each) for each in rows["opportunity_id"]]
    names = session.frame("opportunities_named", scope, ids=ids)
    return rows.merge(names, on="opportunity_id", how="left").reset_index(drop=True)
