"""What the store knows already: to match names with it, and to leave out what is there."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.store import Session


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
        opportunities=session.frame("known_of_source", scope, source=source),
    )
