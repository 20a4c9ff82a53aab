"""What happened with contacts, and what it comes to."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.store import Session

_ANY_DAY = Scope(as_of=date.max)


@dataclass(frozen=True, kw_only=True)
class Summed:
    """What interactions come to; canceled ones count nowhere, those that say nothing add nothing.

    `minutes` is their duration, `cost` in the company's currency.
    """

    interactions: int
    cost: float
    minutes: int
    last_on: date | None


def interactions(
    session: Session,
    *,
    opportunity_id: int | None = None,
    contact_no: str | None = None,
    interaction_no: str | None = None,
    at_most: int = 200,
) -> pd.DataFrame:
    """The interactions of an opportunity, a contact (a company: its persons'), the latest first.

    Columns: `interaction_no, happened_on, interaction_type, interaction, contact_no, contact_name,
    owner_code, owner_name, opportunity_no, minutes, cost, canceled, comments`.
    """
    return session.frame(
        "interactions",
        _ANY_DAY,
        opportunity_id=opportunity_id,
        contact_no=contact_no,
        interaction_no=interaction_no,
        at_most=at_most,
    )


def summed(
    session: Session, *, opportunity_id: int | None = None, contact_no: str | None = None
) -> Summed:
    """Number, cost and duration of the interactions of an opportunity or a contact."""
    row = session.frame(
        "interactions_summed", _ANY_DAY, opportunity_id=opportunity_id, contact_no=contact_no
    ).iloc[0]
    last = row["last_interaction_on"]
    return Summed(
        interactions=int(row["interactions"]),
        cost=0.0 if pd.isna(row["interaction_cost"]) else float(row["interaction_cost"]),
        minutes=0 if pd.isna(row["interaction_minutes"]) else int(row["interaction_minutes"]),
        last_on=None if pd.isna(last) else pd.Timestamp(last).date(),
    )


def may_join(session: Session, contact_no: str, owner_code: str | None = None) -> dict[str, str]:
    """The opportunities an interaction can belong to: open ones of the contact's company.

    Of one owner only, where one is given.
    """
    frame = session.frame(
        "interactions_may_join", _ANY_DAY, contact_no=contact_no, owner_code=owner_code
    )
    return dict(zip(frame["opportunity_no"], frame["opportunity"], strict=True))
