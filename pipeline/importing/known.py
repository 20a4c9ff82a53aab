"""What the store knows already: to match names with it, and to leave out what is there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.domain.numbers import NumberSeries
from pipeline.domain.scope import Scope
from pipeline.store import Session, records


@dataclass(frozen=True, kw_only=True)
class Known:
    """The records of a store that an import may meet."""

    owners: pd.DataFrame
    """owner_code, name"""
    contacts: pd.DataFrame
    """contact_no, type, name, company_no"""
    stages: pd.DataFrame
    """cycle_code, stage, position, description; a cycle without stages has a row without a stage"""
    close_reasons: pd.DataFrame
    """close_reason_code, description, outcome"""
    teams: pd.DataFrame
    """team_code, name"""
    campaigns: pd.DataFrame
    """campaign_no, description"""
    activities: frozenset[str]
    """Codes of the activities."""
    series: NumberSeries | None
    """That of opportunities, if the company has one."""
    numbers: Callable[[], frozenset[str]]
    """Reads the numbers of all opportunities; only asked where numbers are kept."""
    opportunities: pd.DataFrame
    """external_id and standing of the opportunities recorded from the same source"""


def known(session: Session, source: str, today: date) -> Known:
    """Read what the store knows; `source` narrows the opportunities."""
    scope = Scope(as_of=today)
    return Known(
        owners=session.frame("known_salespeople", scope),
        contacts=session.frame("known_contacts", scope),
        stages=session.frame("known_stages", scope),
        close_reasons=session.frame("known_close_reasons", scope),
        teams=session.frame("known_teams", scope),
        campaigns=session.frame("known_campaigns", scope),
        activities=frozenset(
            code for (code,) in session.rows("select activity_code from activities")
        ),
        series=_series(session),
        numbers=lambda: frozenset(
            number for (number,) in session.rows("select opportunity_no from opportunities")
        ),
        opportunities=session.frame("known_of_source", scope, source=source),
    )


def _series(session: Session) -> NumberSeries | None:
    code = records.setting(session, "opportunity_series")
    return records.number_series(session, code) if code else None
