"""The fields an import understands, in the kinds of tables that exports bring."""

from enum import StrEnum


class Kind(StrEnum):
    """How the cells of a field are read."""

    TEXT = "text"
    DAY = "day"
    """A day; a time behind it is dropped after it was moved to the profile's time zone."""
    MOMENT = "moment"
    AMOUNT = "amount"
    PERCENT = "percent"
    NUMBER = "number"
    TRUTH = "truth"


class Role(StrEnum):
    """What a table holds a row for."""

    OPPORTUNITIES = "opportunities"
    HISTORY = "history"
    STAGES = "stages"
    OWNERS = "owners"
    CONTACTS = "contacts"
    OPTIONS = "options"
    """What the keys of a choice mean: the labels of lost reasons, say."""
    CYCLES = "cycles"
    CLOSE_REASONS = "close_reasons"
    CAMPAIGNS = "campaigns"


SET_UP = frozenset(
    {
        Role.STAGES,
        Role.OWNERS,
        Role.CONTACTS,
        Role.CYCLES,
        Role.CLOSE_REASONS,
        Role.CAMPAIGNS,
    }
)
"""Roles of tables that say something worth keeping even without an opportunity."""


_OPPORTUNITIES = {
    "external_id": Kind.TEXT,
    "description": Kind.TEXT,
    "company_id": Kind.TEXT,
    "company": Kind.TEXT,
    "contact_id": Kind.TEXT,
    "contact": Kind.TEXT,
    "owner_id": Kind.TEXT,
    "owner": Kind.TEXT,
    "cycle": Kind.TEXT,
    "stage": Kind.TEXT,
    "status": Kind.TEXT,
    "is_closed": Kind.TRUTH,
    "is_won": Kind.TRUTH,
    "is_lost": Kind.TRUTH,
    "deleted": Kind.TRUTH,
    "amount": Kind.AMOUNT,
    "won_amount": Kind.AMOUNT,
    "currency": Kind.TEXT,
    "chances": Kind.PERCENT,
    "created_at": Kind.MOMENT,
    "expected_close_on": Kind.DAY,
    "closed_on": Kind.DAY,
    "close_on": Kind.DAY,
    "stage_since": Kind.MOMENT,
    "close_reason": Kind.TEXT,
    "priority": Kind.TEXT,
    "forecast_category": Kind.TEXT,
    "campaign_id": Kind.TEXT,
    "campaign": Kind.TEXT,
    "kind": Kind.TEXT,
}
_HISTORY = {
    "external_id": Kind.TEXT,
    "description": Kind.TEXT,
    "company_id": Kind.TEXT,
    "company": Kind.TEXT,
    "created_at": Kind.MOMENT,
    "event_id": Kind.TEXT,
    "at": Kind.MOMENT,
    "until": Kind.MOMENT,
    "by": Kind.TEXT,
    "field": Kind.TEXT,
    "old": Kind.TEXT,
    "new": Kind.TEXT,
    "cycle": Kind.TEXT,
    "from_stage": Kind.TEXT,
    "stage": Kind.TEXT,
    "status": Kind.TEXT,
    "is_closed": Kind.TRUTH,
    "is_won": Kind.TRUTH,
    "is_lost": Kind.TRUTH,
    "amount": Kind.AMOUNT,
    "won_amount": Kind.AMOUNT,
    "currency": Kind.TEXT,
    "chances": Kind.PERCENT,
    "expected_close_on": Kind.DAY,
    "close_on": Kind.DAY,
    "owner": Kind.TEXT,
    "owner_id": Kind.TEXT,
    "close_reason": Kind.TEXT,
    "forecast_category": Kind.TEXT,
    "deleted": Kind.TRUTH,
    "order": Kind.NUMBER,
    "kind": Kind.TEXT,
    "action": Kind.TEXT,
    "stage_no": Kind.NUMBER,
    "completed": Kind.PERCENT,
    "probability": Kind.PERCENT,
    "is_active": Kind.TRUTH,
    "contact_id": Kind.TEXT,
    "campaign_id": Kind.TEXT,
}
_STAGES = {
    "stage_id": Kind.TEXT,
    "stage": Kind.TEXT,
    "cycle_id": Kind.TEXT,
    "cycle": Kind.TEXT,
    "position": Kind.NUMBER,
    "chances": Kind.PERCENT,
    "is_closed": Kind.TRUTH,
    "is_won": Kind.TRUTH,
    "is_lost": Kind.TRUTH,
    "completed": Kind.PERCENT,
    "allow_skip": Kind.TRUTH,
    "quote_required": Kind.TRUTH,
    "date_formula": Kind.TEXT,
    "activity": Kind.TEXT,
}
_OWNERS = {
    "owner_id": Kind.TEXT,
    "owner": Kind.TEXT,
    "first_name": Kind.TEXT,
    "last_name": Kind.TEXT,
    "team": Kind.TEXT,
}
_OPTIONS = {
    "field": Kind.TEXT,
    "options": Kind.TEXT,
    "key": Kind.TEXT,
    "label": Kind.TEXT,
}
_CONTACTS = {
    "contact_id": Kind.TEXT,
    "contact": Kind.TEXT,
    "contact_type": Kind.TEXT,
    "company_id": Kind.TEXT,
    "company": Kind.TEXT,
    "owner_id": Kind.TEXT,
}
_CYCLES = {
    "cycle": Kind.TEXT,
    "description": Kind.TEXT,
    "probability_method": Kind.TEXT,
    "blocked": Kind.TRUTH,
}
_CLOSE_REASONS = {
    "close_reason": Kind.TEXT,
    "description": Kind.TEXT,
    "outcome": Kind.TEXT,
}
_CAMPAIGNS = {
    "campaign_id": Kind.TEXT,
    "campaign": Kind.TEXT,
    "starts_on": Kind.DAY,
    "ends_on": Kind.DAY,
    "activated": Kind.TRUTH,
    "owner_id": Kind.TEXT,
}

FIELDS: dict[Role, dict[str, Kind]] = {
    Role.OPPORTUNITIES: _OPPORTUNITIES,
    Role.HISTORY: _HISTORY,
    Role.STAGES: _STAGES,
    Role.OWNERS: _OWNERS,
    Role.CONTACTS: _CONTACTS,
    Role.OPTIONS: _OPTIONS,
    Role.CYCLES: _CYCLES,
    Role.CLOSE_REASONS: _CLOSE_REASONS,
    Role.CAMPAIGNS: _CAMPAIGNS,
}
"""For each kind of table its fields, and how each is read.

`close_on` is a date that is expected while an opportunity is open and real once it is closed, as
Salesforce keeps it; `expected_close_on` and `closed_on` are the two kept apart. An `_id` is the
source's own key; the field without it is the name people read.
"""
