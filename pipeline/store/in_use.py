"""What is in the way of removing a record: the opportunities, people and stages that name it."""

from pipeline.domain.contacts import Contact, Linked
from pipeline.store.connection import Session

_OPEN = "status in ('not started', 'in progress') and removed_on is null"


def open_opportunities(session: Session, *, owner_code: str) -> int:
    """Count the opportunities of a salesperson that are neither won nor lost."""
    return _count(
        session, f"opportunities where {_OPEN} and owner_code = $owner", {"owner": owner_code}
    )


def open_tasks(
    session: Session,
    *,
    owner_code: str | None = None,
    team_code: str | None = None,
    contact_no: str | None = None,
) -> int:
    """Count the open tasks of a salesperson, a team or a contact (a company: its persons' too)."""
    return _count(
        session,
        "tasks left join contacts using (contact_no) where tasks.status <> 'completed' "
        "and ($owner is null or tasks.owner_code = $owner) "
        "and ($team is null or tasks.team_code = $team) "
        "and ($no is null or tasks.contact_no = $no or contacts.company_no = $no)",
        {"owner": owner_code, "team": team_code, "no": contact_no},
    )


def members(session: Session, team_code: str) -> list[str]:
    """Give the names of the people in a team."""
    rows = session.rows(
        "select name from salespeople where team_code = ? order by name", [team_code]
    )
    return [row[0] for row in rows]


def stages_with(session: Session, activity_code: str) -> list[str]:
    """Give the stages that begin with an activity, in words."""
    rows = session.rows(
        "select 'stage ' || stage || ' of sales cycle ' || cycle_code from stages "
        "where activity_code = ? order by cycle_code, position",
        [activity_code],
    )
    return [row[0] for row in rows]


def linked(session: Session, contact: Contact) -> Linked:
    """Count what is linked to a contact; the open ones of its persons count for a company."""
    theirs = "(contact_no = $no or company_no = $no)"
    no: dict[str, object] = {"no": contact.no}
    return Linked(
        open_opportunities=_count(session, f"opportunities where {_OPEN} and {theirs}", no),
        opportunities=_count(
            session, "opportunities where contact_no = $no and removed_on is null", no
        ),
        persons=_count(session, "contacts where company_no = $no and contact_no <> $no", no),
    )


def _count(session: Session, what: str, values: dict[str, object]) -> int:
    return int(session.rows(f"select count(*) from {what}", values)[0][0])
