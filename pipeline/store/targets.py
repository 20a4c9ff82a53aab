"""Quotas, calls, days active and the fiscal calendar: read and written one by one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.domain.calendar import FiscalCalendar, FiscalPattern, Period, Weekday, YearLabel
from pipeline.domain.categories import Thresholds
from pipeline.domain.settings import SETTINGS
from pipeline.domain.targets import Caller, Holder, Measure, cutoff
from pipeline.store import records
from pipeline.store.connection import Session
from pipeline.store.recording import Stamp, insert, put, remove

_QUOTA_KEY = ("level", "code", "measure", "starts_on", "ends_on", "effective_from")


def setting(session: Session, name: str) -> str:
    """Give a setting, its default where it is not set."""
    return records.setting(session, name) or SETTINGS[name]


def calendar(session: Session) -> FiscalCalendar:
    """Give the fiscal calendar of the company."""
    return FiscalCalendar(
        start_month=int(setting(session, "fiscal_year_start")),
        pattern=FiscalPattern(setting(session, "fiscal_pattern")),
        week_start=Weekday(setting(session, "fiscal_week_start")),
        year_label=YearLabel(setting(session, "fiscal_year_label")),
    )


def thresholds(session: Session) -> Thresholds:
    """Give from which chance on something is suggested for which category."""
    return Thresholds(
        commit=Decimal(setting(session, "category_commit_from")),
        most_likely=Decimal(setting(session, "category_likely_from")),
        best_case=Decimal(setting(session, "category_best_from")),
    )


def call_cutoff(session: Session, period: Period) -> date:
    """Give the last day on which a call for a period is in time."""
    return cutoff(period, int(setting(session, "call_cutoff_days")))


# --- quotas --------------------------------------------------------------------------------------


def quota_in_force(
    session: Session, holder: Holder, measure: Measure, period: Period, on: date
) -> Decimal | None:
    """Give the quota of a period that is in force on a day, None where none is set."""
    row = session.one(
        "select target from quotas where level = ? and code = ? and measure = ? "
        "and starts_on = ? and ends_on = ? and effective_from <= ? "
        "order by effective_from desc limit 1",
        [holder.level.value, holder.code, measure.value, period.first, period.last, on],
    )
    return row[0] if row else None


def has_quota(session: Session, holder: Holder, measure: Measure, period: Period) -> bool:
    """Say whether a quota was ever set for a period."""
    return records.count(session, "quotas", **_of_period(holder, measure, period)) > 0


def put_quota(
    session: Session,
    holder: Holder,
    measure: Measure,
    period: Period,
    *,
    target: Decimal,
    effective_from: date,
    stamp: Stamp,
) -> None:
    """Record a quota from a day on; one from the same day is replaced."""
    put(
        session,
        "quotas",
        _QUOTA_KEY,
        **_of_period(holder, measure, period),
        effective_from=effective_from,
        period=period.kind.value,
        target=target,
        created_at=stamp.at,
        created_by=stamp.by,
        batch_id=stamp.batch_id,
    )


def remove_quota(session: Session, holder: Holder, measure: Measure, period: Period) -> None:
    """Remove the quota of a period with all its revisions."""
    remove(session, "quotas", **_of_period(holder, measure, period))


# --- calls ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Call:
    """What somebody says a period will come to, won so far included."""

    holder: Holder
    measure: Measure
    period: Period
    caller: Caller
    amount: Decimal
    confidence_percent: Decimal | None
    note: str

    @property
    def says(self) -> tuple[Decimal, Decimal | None, str]:
        """What it says; a call that says the same is no new one."""
        return self.amount, self.confidence_percent, self.note


def last_call(session: Session, call: Call) -> tuple[int, tuple[Decimal, Decimal | None, str]]:
    """Give the number of the last version of a call and what it says; 0 where there is none."""
    row = session.one(
        "select version, amount, confidence_percent, note from calls where level = ? and code = ? "
        "and measure = ? and starts_on = ? and ends_on = ? and caller = ? "
        "order by version desc limit 1",
        [*_of_period(call.holder, call.measure, call.period).values(), call.caller.value],
    )
    return (row[0], (row[1], row[2], row[3])) if row else (0, (Decimal(0), None, ""))


def add_call(
    session: Session, call: Call, *, version: int, on: date, is_late: bool, stamp: Stamp
) -> None:
    """Record a version of a call; those before it stay."""
    insert(
        session,
        "calls",
        **_of_period(call.holder, call.measure, call.period),
        period=call.period.kind.value,
        caller=call.caller.value,
        version=version,
        amount=call.amount,
        confidence_percent=call.confidence_percent,
        note=call.note,
        submitted_on=on,
        is_late=is_late,
        created_at=stamp.at,
        created_by=stamp.by,
        batch_id=stamp.batch_id,
    )


def put_days_active(
    session: Session, owner_code: str, joined_on: date | None, left_on: date | None
) -> None:
    """Record from when to when a salesperson sells."""
    put(
        session,
        "salespeople",
        ("owner_code",),
        owner_code=owner_code,
        joined_on=joined_on,
        left_on=left_on,
    )


def _of_period(holder: Holder, measure: Measure, period: Period) -> dict[str, object]:
    return {
        "level": holder.level.value,
        "code": holder.code,
        "measure": measure.value,
        "starts_on": period.first,
        "ends_on": period.last,
    }


def omitted_stages(session: Session) -> list[tuple[str, int]]:
    """Give the stages whose opportunities are omitted unless somebody says otherwise."""
    rows = session.rows("select cycle_code, stage from stages where forecast_category = 'omitted'")
    return [(str(cycle), int(stage)) for cycle, stage in rows]


def newest_batch(session: Session) -> int:
    """Give the number of the newest batch: while it is the same, nothing was recorded since."""
    row = session.one("select coalesce(max(batch_id), 0) from batches")
    return int(row[0]) if row else 0
