"""Report: where the period lands, how sure that is, and what is missing to the quota."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial

import pandas as pd

from pipeline.domain import percentages
from pipeline.domain.errors import UnknownMethodError
from pipeline.domain.scope import Scope, Selection
from pipeline.metrics import landing as metric
from pipeline.metrics.forecast.distribution import Forecast
from pipeline.metrics.forecast.method import METHODS, Method
from pipeline.metrics.forecast.past import Past
from pipeline.metrics.landing import Line
from pipeline.reports.calls import holder_calls
from pipeline.reports.coverage import FORECAST_CATEGORIES, Covered, covered, won_or_open
from pipeline.reports.forecast_default import DefaultMethod, default_method
from pipeline.reports.forecast_past import past
from pipeline.reports.forecast_period import Asked, asked
from pipeline.reports.forecast_rollup import in_category
from pipeline.reports.left_out import drafts, some
from pipeline.reports.pacing import Pace, pace
from pipeline.reports.quotas import Target
from pipeline.reports.report import Drill, Report, Row
from pipeline.reports.rollup_sums import Sums
from pipeline.store import Session, targets

NAME = "landing"
DEFINITION = (
    "Where the period lands: won so far + what remains by one way of looking at it + what comes of "
    "opportunities that have not begun. Commit and best case are what stands in these categories "
    "at full amount, weighted is amount × probability, all of what is expected to close in the "
    "period; expected is what the method makes of everything open, by the end of the period. A "
    "call is a total: won so far is in it. P10, P50 and P90 are the totals that are not exceeded "
    "with 10, 50 and 90 percent chance."
)
_OMITTED = ("omitted", "omit")


@dataclass(frozen=True, eq=False, kw_only=True)
class Landing:
    """A forecast of a period for a scope, with everything that is said beside it."""

    looked: Asked
    method: Method
    chosen: DefaultMethod | None
    """How the method was chosen; none where somebody asked for it by name."""
    forecast: Forecast
    covered: Covered
    pace: Pace
    calls: pd.DataFrame
    """The latest calls for whoever the scope is: `caller, caller_name, amount, ...`."""

    @property
    def sums(self) -> Sums:
        """What is won and what stands open, by category."""
        return self.covered.sums

    @property
    def target(self) -> Target:
        """What the scope aims at."""
        return self.covered.target

    @property
    def expected(self) -> float:
        """What is expected: won so far + from what is open + from what has not begun."""
        return self.forecast.mean

    @property
    def gap(self) -> float | None:
        """Quota − expected; below 0: expected beyond it."""
        return None if self.target.amount is None else self.target.amount - self.expected

    @property
    def chance(self) -> float | None:
        """The chance to reach the quota."""
        return None if self.target.amount is None else self.forecast.chance(self.target.amount)

    @property
    def gap_opportunities(self) -> float | None:
        """The gap in wins of the mean size of past periods, else of what stands open now."""
        open_mean = self.sums.open_amount / self.sums.open if self.sums.open else None
        mean = self.covered.yields.mean_won_amount or open_mean
        return self.gap / mean if self.gap is not None and self.gap > 0 and mean else None

    @property
    def track_record(self) -> str:
        """How often the range of the method held; empty where nobody has tried."""
        return self.chosen.track_record if self.chosen else ""

    @cached_property
    def closers(self) -> pd.DataFrame:
        """The few that would close the gap: the frame of `metrics.landing.closers`."""
        return metric.closers(self.forecast, self.gap)

    @cached_property
    def lines(self) -> pd.DataFrame:
        """The ways side by side: the frame of `metrics.landing.lines`."""
        return metric.lines([*self._ways(), *self._calls()], self.target.amount)

    def _ways(self) -> list[Line]:
        sums, forecast = self.sums, self.forecast
        cumulative = ("commit",), ("commit", "most likely", "best case")
        return [
            self._line("won", "Won so far", sums.won, sums.won_amount, 0.0, new=0.0),
            *[
                self._line(
                    basis, words, sums.number(*names), sums.amount(*names), sums.amount(*names)
                )
                for (basis, words), names in zip(
                    (("commit", "Commit"), ("best case", "Best case")), cumulative, strict=True
                )
            ],
            self._line(
                "weighted",
                "Weighted in the window",
                sums.open,
                sums.open_amount,
                sums.weighted_amount,
            ),
            self._line(
                "expected",
                f"Expected ({self.method.title})",
                sums.all_open - self.all_omitted,
                sums.all_open_amount - self.all_omitted_amount,
                forecast.from_open,
            ),
        ]

    def _line(
        self,
        basis: str,
        words: str,
        number: int,
        standing: float,
        remaining: float,
        *,
        new: float | None = None,
    ) -> Line:
        return Line(
            basis=basis,
            words=words,
            opportunities=number,
            standing_amount=standing,
            won_amount=self.sums.won_amount,
            remaining_amount=remaining,
            new_amount=self.forecast.from_new if new is None else new,
        )

    def _calls(self) -> list[Line]:
        return [
            Line.of_call(f"Call of the {caller}, {by}", float(amount), self.sums.won_amount)
            for caller, by, amount in zip(
                self.calls["caller"], self.calls["caller_name"], self.calls["amount"], strict=True
            )
        ]

    @property
    def all_omitted(self) -> int:
        """How many in progress are omitted, whenever they are expected."""
        return int(self._omitted["opportunities"].sum())

    @property
    def all_omitted_amount(self) -> float:
        """What they would bring."""
        return float(self._omitted["amount"].sum())

    @property
    def _omitted(self) -> pd.DataFrame:
        rows = self.sums.rows
        return rows[rows["category"] == "omitted"]


def land(session: Session, scope: Scope, *, method: str | None = None) -> Landing:
    """Forecast the period of a scope with a method (the company's best one, unless it is named).

    Raises `UnknownMethodError`.
    """
    return land_from(session, scope, method=method)[0]


def land_from(session: Session, scope: Scope, *, method: str | None = None) -> tuple[Landing, Past]:
    """Give a landing as `land` does, and what it was computed from."""
    looked = asked(session, scope)
    chosen = default_method(session, looked.scope) if method is None else None
    found = METHODS.get(method or (chosen.name if chosen else ""))
    if found is None:
        raise UnknownMethodError(method or "", METHODS)
    known = forecastable(session, looked)
    # The method computes, the store reads; with two cores they need not wait for each other.
    with session.session() as reading, ThreadPoolExecutor(max_workers=1) as other:
        beside = other.submit(_beside, reading, looked)
        forecast = found.forecast(known)
        stands, paced, called = beside.result()
    landed = Landing(
        looked=looked,
        method=found,
        chosen=chosen,
        forecast=forecast,
        covered=stands,
        pace=paced,
        calls=called,
    )
    return landed, known


def _beside(session: Session, looked: Asked) -> tuple[Covered, Pace, pd.DataFrame]:
    """Read what stands beside a forecast: what it takes no part in."""
    stands = covered(session, looked)
    return stands, pace(session, looked, target=stands.target), holder_calls(session, looked)


def forecastable(session: Session, looked: Asked) -> Past:
    """What is known of a scope on its day, without what is omitted.

    `looked.scope.known_at` makes it what had been recorded by the end of the day.
    """
    known = past(
        session,
        looked.scope,
        (looked.period.first, looked.period.last),
        looked.day,
        as_known=looked.scope.known_at is not None,
        periods=tuple((one.first, one.last) for one in looked.past()),
    )
    said = known.open["forecast_category"].astype("str").fillna("").str.strip().str.lower()
    by_stage = pd.MultiIndex.from_frame(known.open[["cycle_code", "stage"]]).isin(
        targets.omitted_stages(session)
    )
    omitted = said.isin(_OMITTED) | ((said == "") & by_stage)
    return replace(known, open=known.open[~omitted].reset_index(drop=True))


def landing(session: Session, scope: Scope, *, method: str | None = None) -> Report:
    """The ways to say where the period lands, side by side; `totals` holds the range.

    The frame is that of `metrics.landing.lines`. Raises `UnknownMethodError`.
    """
    return report_of(session, land(session, scope, method=method))


def closers(session: Session, found: Landing) -> Report:
    """The few opportunities that would close the gap, with their names, each opening to itself."""
    rows = found.closers
    names = session.frame(
        "opportunities_named",
        found.looked.scope,
        ids=[int(each) for each in rows["opportunity_id"]],
    )
    table = rows.merge(names, on="opportunity_id", how="left").rename(
        columns={"win_chance": "win_chance_rate"}
    )
    return Report(
        name=NAME,
        definition=(
            "What winning it for sure would add to what is expected: amount × (1 − its chance to "
            "be won by the end of the period). Those that most depend on what is done come first: "
            "amount × chance × (1 − chance); as many as the gap takes, at most five."
        ),
        frame=table[list(_CLOSERS)],
        scope=found.looked.scope,
    )


_CLOSERS = (
    *("opportunity_no", "description", "contact_name", "owner_name", "stage_description"),
    *("amount", "expected_close_on", "win_chance_rate", "gain_amount", "gain_so_far_amount"),
)


def methods() -> dict[str, str]:
    """Give the methods there are: the name of each by its title."""
    return {method.title: name for name, method in METHODS.items()}


def version(session: Session) -> int:
    """Say what a landing was computed from: while it is the same, so is the landing."""
    return targets.newest_batch(session)


def report_of(session: Session, found: Landing) -> Report:
    """Give a landing as a report."""
    looked = found.looked
    return Report(
        name=NAME,
        definition=" ".join(filter(None, [DEFINITION, found.method.definition, *said(found)])),
        frame=found.lines,
        scope=looked.scope,
        excluded=left_out(session, found),
        totals={
            "p10_amount": found.forecast.p10,
            "p50_amount": found.forecast.p50,
            "p90_amount": found.forecast.p90,
            "mean_amount": found.forecast.mean,
            "from_open_amount": found.forecast.from_open,
            "from_new_amount": found.forecast.from_new,
            "won_so_far_amount": found.sums.won_amount,
            "target": found.target.amount,
            "gap_amount": found.gap,
            "gap_opportunities": found.gap_opportunities,
            "hit_chance_rate": found.chance,
            "evidence_rate": found.forecast.evidence_share,
        },
        opens=("opportunities",),
        leads_to=partial(_lead, looked),
    )


def said(found: Landing) -> list[str]:
    """How much of a forecast is evidence and how much prior, why this method, how it did."""
    forecast = found.forecast
    share = forecast.evidence_share
    weighed = "nothing of it is learned from what happened here"
    if share is not None:
        learned, prior = percentages.share(share), percentages.share(1 - share)
        weighed = f"{learned} is what happened here, {prior} is prior"
    counted = f" ({forecast.evidence})" if forecast.evidence else ""
    notes = [*forecast.notes, found.chosen.reason if found.chosen else "", found.track_record]
    return [f"{found.method.title}: {weighed}{counted}.", *notes]


def left_out(session: Session, found: Landing) -> dict[str, int]:
    """Which opportunities the figures leave out, by reason."""
    sums = found.sums
    return some(
        {
            "that are not started": drafts(session, found.looked.scope),
            "that are omitted": found.all_omitted,
            "without an amount, from the sums only": sums.open_without_amount,
            "without an expected close date, outside every period": sums.undated,
            "expected before the period and still open, outside its window": sums.before,
        }
    )


def _lead(looked: Asked, row: Row, _column: str) -> Drill:
    basis = row["basis"]
    if basis == "won":
        return looked.scope, won_or_open(looked, won=True)
    if basis == "commit":
        return looked.scope, in_category(looked, "commit")
    if basis == "best case":
        wide = in_category(looked, "commit")
        return looked.scope, replace(wide, categories=("best case", "most likely", "commit"))
    if basis == "weighted":
        return looked.scope, won_or_open(looked, won=False)
    if basis == "expected":
        everything = Selection(statuses=("in progress",), categories=FORECAST_CATEGORIES)
        return looked.scope, everything
    raise KeyError(basis)
