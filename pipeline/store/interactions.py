"""Read and write interactions."""

from pipeline.domain.errors import UnknownInteractionError
from pipeline.domain.interactions import Interaction, InteractionType
from pipeline.store import recording as record
from pipeline.store import records
from pipeline.store.connection import Session

_COLUMNS = (
    "interaction_no, type, happened_on, interactions.description, interactions.contact_no, "
    "interactions.owner_code, interactions.campaign_no, opportunity_id, opportunity_no, minutes, "
    "cost, canceled from interactions left join opportunities using (opportunity_id)"
)


def interaction(session: Session, no: str) -> Interaction:
    """Give an interaction. Raises `UnknownInteractionError`."""
    row = session.one(f"select {_COLUMNS} where interaction_no = ?", [no])
    if row is None:
        raise records.unknown(
            session, UnknownInteractionError, no, "interactions", "interaction_no"
        )
    return _interaction(row)


def of_contact(session: Session, contact_no: str) -> list[Interaction]:
    """Give every interaction with a contact itself."""
    rows = session.rows(f"select {_COLUMNS} where interactions.contact_no = ?", [contact_no])
    return [_interaction(row) for row in rows]


def add(session: Session, new: Interaction, stamp: record.Stamp) -> None:
    """Record a new interaction."""
    record.insert(
        session,
        "interactions",
        **_values(new),
        created_at=stamp.at,
        created_by=stamp.by,
        batch_id=stamp.batch_id,
    )


def change(session: Session, interaction: Interaction) -> None:
    """Record an interaction that is there as it stands now."""
    record.put(session, "interactions", ("interaction_no",), **_values(interaction))


def _values(one: Interaction) -> dict[str, object]:
    return {
        "interaction_no": one.no,
        "type": one.type.value,
        "happened_on": one.happened_on,
        "description": one.description,
        "contact_no": one.contact_no,
        "owner_code": one.owner_code,
        "campaign_no": one.campaign_no,
        "opportunity_id": one.opportunity_id,
        "minutes": one.minutes,
        "cost": one.cost,
        "canceled": one.canceled,
    }


def _interaction(row: tuple) -> Interaction:  # type: ignore[type-arg]
    no, kind, on, text, contact, owner, campaign, opportunity_id, opportunity_no, *rest = row
    minutes, cost, canceled = rest
    return Interaction(
        no=no,
        type=InteractionType(kind),
        happened_on=on,
        description=text,
        contact_no=contact,
        owner_code=owner,
        campaign_no=campaign,
        opportunity_id=opportunity_id,
        opportunity_no=opportunity_no,
        minutes=minutes,
        cost=cost,
        canceled=canceled,
    )
