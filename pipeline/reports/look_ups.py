"""What a form needs to know: the names to choose from, and one record as the domain sees it."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.domain.closing import Outcome
from pipeline.domain.contacts import Contact, ContactType
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.errors import UnknownCampaignError
from pipeline.domain.opportunities import Opportunity
from pipeline.domain.scope import Scope
from pipeline.domain.views import SavedView
from pipeline.store import Session, records
from pipeline.store import views as saved

_ANY_DAY = Scope(as_of=date.max)
SHORTEST_MISTYPED = 4
"""Fewer letters than these are like too much to be a typing error of something."""


@dataclass(frozen=True, kw_only=True)
class Names:
    """The name of every code there is to choose from, by code."""

    cycles: dict[str, str]
    open_cycles: dict[str, str]
    """Those that are not blocked."""
    owners: dict[str, str]
    active_owners: dict[str, str]
    """Those that are not blocked."""
    teams: dict[str, str]


def names(session: Session) -> Names:
    """The cycles, owners and teams there are."""
    cycles = session.frame("cycle_names", _ANY_DAY)
    owners = session.frame("salespeople", _ANY_DAY)
    return Names(
        cycles=_named(cycles, "cycle_code", "cycle_code"),
        open_cycles=_named(cycles[~cycles["blocked"]], "cycle_code", "cycle_code"),
        owners=_named(owners, "owner_code", "name"),
        active_owners=_named(owners[~owners["blocked"]], "owner_code", "name"),
        teams=_named(session.frame("teams", _ANY_DAY), "team_code", "name"),
    )


def sales_cycles(session: Session) -> pd.DataFrame:
    """The sales cycles.

    Columns: `cycle_code, description, probability_method, blocked, stages, open_opportunities`.
    """
    return session.frame("sales_cycles", _ANY_DAY)


def stages_in_use(session: Session, cycle_code: str) -> pd.DataFrame:
    """The stages of a cycle in order, with what stands in them and whether they were ever entered.

    Columns: `stage, position, description, completed_percent, chances_percent, allow_skip,
    quote_required, activity_code, date_formula, forecast_category, open_opportunities, ever_used`.
    """
    return session.frame("stages_in_use", _ANY_DAY, cycle_code=cycle_code)


def close_reasons(session: Session) -> dict[Outcome, dict[str, str]]:
    """The close reasons of each outcome, by code."""
    frame = session.frame("close_reasons", _ANY_DAY)
    return {
        outcome: _named(
            frame[frame["outcome"] == outcome.value], "close_reason_code", "description"
        )
        for outcome in Outcome
    }


def campaigns(session: Session, created_on: date) -> dict[str, str]:
    """The campaigns that take an opportunity created on a day."""
    frame = session.frame("campaigns", Scope(as_of=created_on))
    return _named(frame, "campaign_no", "description")


def campaign_owner(session: Session, no: str) -> str | None:
    """The salesperson of a campaign; None where it has none or is not there."""
    try:
        return records.campaign(session, no).owner_code
    except UnknownCampaignError:
        return None


def contacts(
    session: Session, search: str, *, type_: ContactType | None = None, at_most: int = 8
) -> pd.DataFrame:
    """The contacts whose number or name holds the words, or nearly; the likeliest first.

    Columns: `contact_no, type, name, owner_code, company_name`.
    """

    def found(*, nearly: bool) -> pd.DataFrame:
        return session.frame(
            "contacts_found",
            _ANY_DAY,
            search=search.strip(),
            nearly=nearly,
            type=type_.value if type_ else None,
            at_most=at_most,
        )

    exactly = found(nearly=False)
    may_be_mistyped = len(search.strip()) >= SHORTEST_MISTYPED
    return found(nearly=True) if may_be_mistyped and exactly.empty else exactly


def contact(session: Session, no: str) -> Contact:
    """One contact. Raises `UnknownContactError`."""
    return records.contact(session, no)


def contact_name(session: Session, no: str | None) -> str:
    """The name of a contact, with that of its company; the number where it is not known."""
    found = session.frame("contact_name", _ANY_DAY, contact_no=no or "")
    return str(found["full_name"].iloc[0]) if len(found) else no or ""


def opportunity(session: Session, no: str) -> Opportunity:
    """One opportunity with where it stands. Raises `UnknownOpportunityError`."""
    return records.opportunity(session, no)


def sales_cycle(session: Session, code: str) -> SalesCycle:
    """One sales cycle with its stages in order. Raises `UnknownSalesCycleError`."""
    return records.sales_cycle(session, code)


def log(session: Session, opportunity_id: int) -> pd.DataFrame:
    """Every transition of one opportunity, newest first, retracted ones with `retracted_at`."""
    return session.frame("opportunity_log", _ANY_DAY, opportunity_id=opportunity_id)


def setting(session: Session, name: str) -> str | None:
    """A setting of the company; None when it is not set."""
    return records.setting(session, name)


def views(session: Session, person: str) -> list[SavedView]:
    """The saved views a person sees, by name: their own, and what others share."""
    return saved.seen_by(session, person)


def _named(frame: pd.DataFrame, code: str, name: str) -> dict[str, str]:
    """Pair each code with its name, with the code itself where the name is blank."""
    words = frame[name].mask(frame[name].isna() | (frame[name] == ""), frame[code])
    return dict(zip(frame[code], words, strict=True))
