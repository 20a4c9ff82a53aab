"""Which method a company should look at, why, and how often its range held so far."""

from dataclasses import dataclass

import pandas as pd

from pipeline.domain.percentages import share
from pipeline.domain.scope import Scope
from pipeline.metrics.forecast import ranking, scores
from pipeline.metrics.forecast.accuracy import accuracy
from pipeline.metrics.forecast.method import DEFAULT, METHODS
from pipeline.reports.forecast_kept import company, scored, title
from pipeline.reports.forecast_walk import HORIZONS
from pipeline.store import Session, targets


@dataclass(frozen=True, kw_only=True)
class DefaultMethod:
    """The method that is shown where nobody chose one."""

    name: str
    title: str
    reason: str
    """Why this one, in a sentence or two."""
    track_record: str
    """How often its range held, in a sentence; empty without a bake-off."""
    is_ranked: bool
    """Whether the bake-off chose it; else it is the most robust one."""
    weeks_before: int
    """The horizon the track record is about: the one nearest to the as-of day."""
    periods: int = 0
    ranges: int = 0
    """Of how many periods there is a range at that horizon."""
    held: int = 0


def default_method(
    session: Session, scope: Scope, *, without: tuple[str, ...] = ()
) -> DefaultMethod:
    """Give the best method for this company, by its bake-off, or the most robust one without.

    The bake-off of the scope itself counts where there is one, else that of the whole company.
    Of the methods that nothing sets apart from the one with the lowest WAPE, those whose ranges
    held as often as they should come first, and of these the one with the lowest pinball loss.
    """
    rows = _of_bake_off(session, scope)
    rows = rows[rows["method"].isin(METHODS) & ~rows["method"].isin(without)]
    weeks = nearest_horizon(session, scope)
    periods = int(rows["period_from"].nunique())
    if periods < ranking.FEWEST_PERIODS:
        return _robust(rows, periods, weeks)
    table = ranking.ranking(rows)
    tied = ranking.tied_with_best(table)
    return _told(rows, _chosen(rows, tied), _reason(rows, table, _chosen(rows, tied)), weeks)


def nearest_horizon(session: Session, scope: Scope) -> int:
    """Give the horizon nearest to where the running quarter stands on the as-of day."""
    quarter = targets.calendar(session).quarter(scope.as_of)
    left = (quarter.last - scope.as_of).days / 7
    return min(HORIZONS, key=lambda weeks: abs(weeks - left))


def _of_bake_off(session: Session, scope: Scope) -> pd.DataFrame:
    anytime = Scope(
        as_of=scope.as_of,
        known_at=scope.known_at,
        cycles=scope.cycles,
        owners=scope.owners,
        teams=scope.teams,
        contacts=scope.contacts,
        campaigns=scope.campaigns,
    )
    own = scored(session, anytime)
    return own if len(own) or anytime == company(scope) else scored(session, company(scope))


def _robust(rows: pd.DataFrame, periods: int, weeks: int) -> DefaultMethod:
    name = title(DEFAULT)
    if not periods:
        reason = f"No bake-off has been run yet; {name} is the most robust method until one is."
    else:
        quarters = "1 quarter is" if periods == 1 else f"{periods} quarters are"
        reason = (
            f"Only {quarters} over that could be forecast: too few periods to rank. "
            f"{name} is the most robust method until there are {ranking.FEWEST_PERIODS}."
        )
    return _told(rows, DEFAULT, reason, weeks, is_ranked=False)


def _told(
    rows: pd.DataFrame, name: str, reason: str, weeks: int, *, is_ranked: bool = True
) -> DefaultMethod:
    at = rows[(rows["method"] == name) & (rows["weeks_before"] == weeks)]
    known = scores.held(at).dropna()
    held = int(known.sum())
    return DefaultMethod(
        name=name,
        title=title(name),
        reason=reason,
        track_record=in_words(len(known), held, weeks),
        is_ranked=is_ranked,
        weeks_before=weeks,
        periods=int(at["period_from"].nunique()),
        ranges=len(known),
        held=held,
    )


def in_words(ranges: int, held: int, weeks: int) -> str:
    """Say how often a range held.

    >>> in_words(12, 10, 4)
    'In the last 12 quarters the range held 10 times, 4 weeks before the end.'
    """
    if not ranges:
        return ""
    periods = "In the last quarter" if ranges == 1 else f"In the last {ranges} quarters"
    times = "once" if held == 1 else "twice" if held == 2 else f"{held} times"  # noqa: PLR2004  words
    ahead = "1 week" if weeks == 1 else f"{weeks} weeks"
    return f"{periods} the range held {times}, {ahead} before the end."


def _chosen(rows: pd.DataFrame, tied: list[str]) -> str:
    """Of methods that are equally good, the sharpest of those whose ranges held as they should."""
    of_tied = scores.ranges(rows[rows["method"].isin(tied)], by_horizon=False)
    if of_tied.empty:
        return tied[0]
    periods = int(rows["period_from"].nunique())
    low, high = scores.hit_band(periods)
    hits = of_tied["held_rate"] * periods
    order = of_tied.assign(is_off=~hits.between(low, high))
    return str(order.sort_values(["is_off", "pinball_rate", "method"]).iloc[0]["method"])


def _reason(rows: pd.DataFrame, table: pd.DataFrame, chosen: str) -> str:
    """Why the chosen one: its error, who else is as good, who is clearly worse."""
    errors = accuracy(rows, by_horizon=False).set_index("method")["wape_rate"]
    periods = int(rows["period_from"].nunique())
    best = str(table["method"].iloc[0])
    own = share(errors[chosen], 1)
    first = f"Over the last {periods} quarters {title(chosen)} was off by {own} at all horizons"
    others = [name for name in ranking.tied_with_best(table) if name != chosen]
    if not others:
        runner_up = table["method"].iloc[1] if len(table) > 1 else None
        beside = f", clearly less than {title(runner_up)}, the next best" if runner_up else ""
        return f"{first}{beside}."
    named = " and ".join(title(name) for name in others[:2])
    more = f" and {len(others) - 2} more" if len(others) > 2 else ""  # noqa: PLR2004  two are named
    least = "the least of all" if chosen == best else f"{title(best)} by the least"
    return (
        f"{first}, {least}; nothing clear sets it apart from {named}{more}. "
        "Of these, its range suited best what came."
    )
