"""Read single records as the values the domain decides with."""

from decimal import Decimal
from typing import Any

from pipeline.domain.closing import CloseReason, Outcome
from pipeline.domain.contacts import Contact, ContactType
from pipeline.domain.cycles import ProbabilityMethod, SalesCycle, Stage
from pipeline.domain.errors import (
    UnknownCampaignError,
    UnknownCloseReasonError,
    UnknownCodeError,
    UnknownContactError,
    UnknownNumberSeriesError,
    UnknownOpportunityError,
    UnknownQuoteError,
    UnknownSalesCycleError,
    UnknownSalespersonError,
    UnknownTeamError,
)
from pipeline.domain.numbers import NumberSeries
from pipeline.domain.opportunities import Opportunity, Priority
from pipeline.domain.people import Campaign, Salesperson
from pipeline.domain.quotes import Quote, QuoteStatus
from pipeline.domain.transitions import Action, Transition
from pipeline.store.connection import Session

TRANSITION_COLUMNS = (
    "action, valid_from, cycle_code, stage, from_stage, path, amount, chances_percent, "
    "completed_percent, probability_percent, weighted_amount, expected_close_on, owner_code, "
    "contact_no, forecast_category, close_reason_code, note, nth"
)


def opportunity(session: Session, no: str, *, removed: bool = False) -> Opportunity:
    """Give an opportunity with where it stands. Raises `UnknownOpportunityError`.

    With `removed` one that was deleted is given too, with where it stood at last.
    """
    there = "" if removed else " and removed_on is null"
    row = session.one(
        "select opportunity_id, opportunity_no, description, contact_no, company_no, owner_code, "
        "cycle_code, created_on, campaign_no, priority, quote_no, last_nth, version, "
        "standing_since, list_no from opportunities "
        f"where opportunity_no = ?{there}",
        [no],
    )
    if row is None:
        raise unknown(session, UnknownOpportunityError, no, "opportunities", "opportunity_no")
    (
        id_,
        no,
        text,
        contact,
        company,
        owner,
        cycle,
        created,
        campaign,
        priority,
        quote_no,
        *rest,
    ) = row
    last_nth, version, since, list_no = rest
    return Opportunity(
        id=id_,
        no=no,
        description=text,
        contact_no=contact,
        company_no=company,
        owner_code=owner,
        cycle_code=cycle or "",
        created_on=created,
        campaign_no=campaign,
        priority=Priority(priority),
        quote=quote(session, quote_no) if quote_no else None,
        last=_last(session, id_, since, removed=removed),
        last_nth=last_nth,
        version=version,
        list_no=list_no,
    )


def live_transitions(session: Session, opportunity_id: int, *, newest: int) -> list[Transition]:
    """Give the newest transitions of an opportunity that are not retracted, newest first."""
    rows = session.rows(
        f"select {TRANSITION_COLUMNS} from transitions where opportunity_id = ? "
        "and retracted_at is null order by nth desc limit ?",
        [opportunity_id, newest],
    )
    return [_transition(row) for row in rows]


def transition(session: Session, opportunity_id: int, nth: int) -> Transition:
    """Give one row of the log of an opportunity, retracted or not."""
    rows = session.rows(
        f"select {TRANSITION_COLUMNS} from transitions where opportunity_id = ? and nth = ?",
        [opportunity_id, nth],
    )
    return _transition(rows[0])


def _last(
    session: Session, opportunity_id: int, since: object, *, removed: bool
) -> Transition | None:
    if since is None:
        return None
    if removed:
        return live_transitions(session, opportunity_id, newest=1)[0]
    return _current(session, opportunity_id, since)


def _current(session: Session, opportunity_id: int, since: object) -> Transition:
    """Give the row that stands; its day lets DuckDB skip most of the log."""
    rows = session.rows(
        f"select {TRANSITION_COLUMNS} from transitions where opportunity_id = ? "
        "and valid_from = ? and valid_to is null and retracted_at is null",
        [opportunity_id, since],
    )
    return _transition(rows[0])


def _transition(row: tuple) -> Transition:  # type: ignore[type-arg]
    action, on, cycle, stage, from_stage, path, amount, *figures, note, nth = row
    chances, completed, probability, weighted, expected, owner, contact, category, reason = figures
    return Transition(
        action=Action(action),
        on=on,
        cycle_code=cycle,
        stage=stage,
        from_stage=from_stage,
        path=path,
        amount=amount,
        chances_percent=chances,
        completed_percent=completed,
        probability_percent=probability,
        weighted_amount=weighted,
        expected_close_on=expected,
        owner_code=owner,
        contact_no=contact,
        forecast_category=category,
        close_reason_code=reason,
        note=note,
        nth=nth,
    )


def since(session: Session, opportunity_id: int, version: int) -> list[str]:
    """Give in words who did what to an opportunity after a version of it, the newest first."""
    rows = session.rows(
        "select coalesce(retracted_by, recorded_by) || case when retracted_at is null then ': ' "
        "else ': retracted ' end || action || ' on ' || valid_from from transitions "
        "where opportunity_id = ? order by nth desc limit greatest(1, (select version - ? "
        "from opportunities where opportunity_id = ?))",
        [opportunity_id, version, opportunity_id],
    )
    return [row[0] for row in rows]


def sales_cycle(session: Session, code: str) -> SalesCycle:
    """Give a sales cycle with its stages in order. Raises `UnknownSalesCycleError`."""
    row = session.one(
        "select cycle_code, description, probability_method, blocked from sales_cycles "
        "where cycle_code = ?",
        [code],
    )
    if row is None:
        raise unknown(session, UnknownSalesCycleError, code, "sales_cycles", "cycle_code")
    code, description, method, blocked = row
    return SalesCycle(
        code=code,
        description=description,
        method=ProbabilityMethod(method),
        blocked=blocked,
        stages=_stages(session, code),
    )


def _stages(session: Session, cycle_code: str) -> tuple[Stage, ...]:
    rows = session.rows(
        "select stage, description, completed_percent, chances_percent, allow_skip, "
        "quote_required, activity_code, date_formula from stages where cycle_code = ? "
        "order by position, stage",
        [cycle_code],
    )
    return tuple(
        Stage(
            stage=stage,
            description=description,
            completed_percent=completed,
            chances_percent=chances,
            allow_skip=allow_skip,
            quote_required=quote_required,
            activity_code=activity,
            date_formula=formula,
        )
        for (
            stage,
            description,
            completed,
            chances,
            allow_skip,
            quote_required,
            activity,
            formula,
        ) in rows
    )


def contact(session: Session, no: str) -> Contact:
    """Give a contact. Raises `UnknownContactError`."""
    row = session.one(
        "select contact_no, type, name, company_no, owner_code, is_customer from contacts "
        "where contact_no = ?",
        [no],
    )
    if row is None:
        raise unknown(session, UnknownContactError, no, "contacts", "contact_no")
    no, kind, name, company, owner, customer = row
    return Contact(
        no=no,
        type=ContactType(kind),
        name=name,
        company_no=company,
        owner_code=owner,
        is_customer=customer,
    )


def salesperson(session: Session, code: str) -> Salesperson:
    """Give a salesperson. Raises `UnknownSalespersonError`."""
    row = session.one(
        "select owner_code, name, team_code, blocked from salespeople where owner_code = ?", [code]
    )
    if row is None:
        raise unknown(session, UnknownSalespersonError, code, "salespeople", "owner_code")
    code, name, team, blocked = row
    return Salesperson(code=code, name=name, team_code=team, blocked=blocked)


def campaign(session: Session, no: str) -> Campaign:
    """Give a campaign. Raises `UnknownCampaignError`."""
    row = session.one(
        "select campaign_no, description, starts_on, ends_on, activated, owner_code "
        "from campaigns where campaign_no = ?",
        [no],
    )
    if row is None:
        raise unknown(session, UnknownCampaignError, no, "campaigns", "campaign_no")
    no, text, starts, ends, activated, owner = row
    return Campaign(
        no=no,
        description=text,
        starts_on=starts,
        ends_on=ends,
        activated=activated,
        owner_code=owner,
    )


def close_reason(session: Session, code: str) -> CloseReason:
    """Give a close reason. Raises `UnknownCloseReasonError`."""
    row = session.one(
        "select close_reason_code, description, outcome, in_win_rate from close_reasons "
        "where close_reason_code = ?",
        [code],
    )
    if row is None:
        raise unknown(session, UnknownCloseReasonError, code, "close_reasons", "close_reason_code")
    code, text, outcome, in_win_rate = row
    return CloseReason(
        code=code, description=text, outcome=Outcome(outcome), in_win_rate=in_win_rate
    )


def only_close_reason(session: Session, outcome: Outcome) -> CloseReason | None:
    """Give the close reason of an outcome when there is exactly one, else None."""
    codes = session.rows(
        "select close_reason_code from close_reasons where outcome = ?", [outcome.value]
    )
    return close_reason(session, codes[0][0]) if len(codes) == 1 else None


def quote(session: Session, no: str) -> Quote:
    """Give a quote, or the order it became. Raises `UnknownQuoteError`."""
    row = session.one(
        "select quote_no, contact_no, amount, kind, coalesce(description, ''), owner_code, "
        "campaign_no, quoted_on, order_on, coalesce(status, 'draft'), order_no, ordered_on "
        "from quotes where quote_no = ?",
        [no],
    )
    if row is None:
        raise unknown(session, UnknownQuoteError, no, "quotes", "quote_no")
    no, contact_no, amount, kind, text, owner, campaign, quoted, order_on, status, *order = row
    return Quote(
        no=no,
        contact_no=contact_no,
        amount=Decimal(amount),
        kind=kind,
        description=text,
        owner_code=owner,
        campaign_no=campaign,
        quoted_on=quoted,
        order_on=order_on,
        status=QuoteStatus(status),
        order_no=order[0],
        ordered_on=order[1],
    )


def quote_holder(session: Session, quote_no: str) -> str | None:
    """Give the opportunity a quote is assigned to, None when it is free."""
    row = session.one(
        "select opportunity_no from opportunities where quote_no = ? and removed_on is null",
        [quote_no],
    )
    return row[0] if row else None


def number_series(session: Session, code: str) -> NumberSeries | None:
    """Give a number series, None when there is none of this code."""
    row = session.one(
        "select series_code, description, starting_no, ending_no, last_no, step, manual_allowed "
        "from number_series where series_code = ?",
        [code],
    )
    if row is None:
        return None
    code, text, starting, ending, last, step, manual = row
    return NumberSeries(
        code=code,
        description=text,
        starting_no=starting,
        ending_no=ending,
        last_no=last,
        step=step,
        manual_allowed=manual,
    )


def setting(session: Session, name: str) -> str | None:
    """Give a setting, None when it is not set or blank."""
    row = session.one("select value from settings where name = ?", [name])
    return row[0] if row and row[0] else None


def check_team(session: Session, code: str) -> None:
    """Refuse a team that is not there. Raises `UnknownTeamError`."""
    if not count(session, "teams", team_code=code):
        raise unknown(session, UnknownTeamError, code, "teams", "team_code")


def check_number_series(session: Session, code: str) -> None:
    """Refuse a number series that is not there. Raises `UnknownNumberSeriesError`."""
    if number_series(session, code) is None:
        raise unknown(session, UnknownNumberSeriesError, code, "number_series", "series_code")


def count(session: Session, table: str, **equals: object) -> int:
    """Count the rows of a table whose columns have the given values (None: null).

    Plain equality lets DuckDB skip the parts of a table that cannot hold the value.
    """
    clauses = [
        f"{column} is null" if value is None else f"{column} = ?"
        for column, value in equals.items()
    ]
    where = " where " + " and ".join(clauses) if clauses else ""
    given = [value for value in equals.values() if value is not None]
    return int(session.rows(f"select count(*) from {table}{where}", given)[0][0])


def row(session: Session, table: str, **equals: object) -> dict[str, Any] | None:
    """Give the row of a table whose columns have the given values, None when there is none."""
    where = " and ".join(f"{column} = ?" for column in equals)
    answer = session.execute(f"select * from {table} where {where}", list(equals.values()))
    columns = [column[0] for column in answer.description or []]
    found = answer.fetchone()
    return None if found is None else dict(zip(columns, found, strict=True))


def is_in_log(session: Session, column: str, code: str) -> bool:
    """Say whether the log has a row with this code."""
    return bool(session.rows(f"select 1 from transitions where {column} = ? limit 1", [code]))


def open_opportunities(session: Session, cycle_code: str, stage: int | None = None) -> int:
    """Count the started, open opportunities of a cycle, or of one stage of it."""
    rows = session.rows(
        "select count(*) from opportunities where status = 'in progress' and removed_on is null "
        "and cycle_code = $cycle and ($stage is null or stage = $stage)",
        {"cycle": cycle_code, "stage": stage},
    )
    return int(rows[0][0])


def unknown(
    session: Session, error: type[UnknownCodeError], code: str, table: str, column: str
) -> UnknownCodeError:
    """Make the refusal of a code that is not there, with the nearest one there is."""
    nearest = session.rows(
        f"select {column} from {table} where {column} is not null "
        f"order by levenshtein(upper({column}), upper(?)), {column} limit 3",
        [code],
    )
    return error(code, [row[0] for row in nearest])
