"""Write and forget whom opportunities are about: contacts, salespeople, campaigns."""

from pipeline.domain.contacts import Contact
from pipeline.domain.people import Campaign
from pipeline.store import recording as record
from pipeline.store.connection import Session


def campaign(session: Session, new: Campaign) -> None:
    """Record a campaign as it stands now."""
    record.put(
        session,
        "campaigns",
        ("campaign_no",),
        campaign_no=new.no,
        description=new.description,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        activated=new.activated,
        owner_code=new.owner_code,
    )


def forget_salesperson(session: Session, code: str) -> None:
    """Delete a salesperson, and the code wherever it proposes an owner or names a manager."""
    for table, column in (
        ("contacts", "owner_code"),
        ("campaigns", "owner_code"),
        ("contact_lists", "owner_code"),
        ("contact_list_lines", "owner_code"),
        ("teams", "manager_code"),
    ):
        record.change(session, table, {column: None}, **{column: code})
    record.change(session, "settings", {"value": ""}, name="default_owner", value=code)
    record.remove(session, "salespeople", owner_code=code)


def contact(session: Session, new: Contact) -> None:
    """Record a contact as it stands now."""
    record.put(
        session,
        "contacts",
        ("contact_no",),
        contact_no=new.no,
        type=new.type.value,
        name=new.name,
        company_no=new.company_no,
        owner_code=new.owner_code,
        is_customer=new.is_customer,
    )


def follow_company(session: Session, moved: Contact) -> None:
    """Let the opportunities of a contact follow it to another company."""
    record.change(session, "opportunities", {"company_no": moved.company_no}, contact_no=moved.no)


def forget_contact(session: Session, gone: Contact) -> None:
    """Delete a contact; the log and the opportunities name its company instead, or nobody.

    It is the one change ever made to what the log says: a removed contact leaves no trace in it.
    """
    heir = gone.heir_no
    for table in ("opportunities", "transitions"):
        record.change(session, table, {"contact_no": heir}, contact_no=gone.no)
    if heir is not None:
        record.change(session, "quotes", {"contact_no": heir}, contact_no=gone.no)
    for table in ("opportunities", "contacts"):
        record.change(session, table, {"company_no": None}, company_no=gone.no)
    record.remove(session, "contacts", contact_no=gone.no)
