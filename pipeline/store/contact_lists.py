"""Read and write lists of contacts."""

from collections.abc import Sequence

from pipeline.domain.contact_lists import ContactList, Line
from pipeline.domain.errors import UnknownContactListError
from pipeline.store import recording as record
from pipeline.store import records
from pipeline.store.connection import Session


def contact_list(session: Session, no: str) -> ContactList:
    """Give a list with its contacts in order. Raises `UnknownContactListError`."""
    row = session.one(
        "select list_no, description, campaign_no, owner_code from contact_lists where list_no = ?",
        [no],
    )
    if row is None:
        raise records.unknown(session, UnknownContactListError, no, "contact_lists", "list_no")
    lines = session.rows(
        "select contact_no, description, owner_code from contact_list_lines where list_no = ? "
        "order by line",
        [no],
    )
    return ContactList(
        no=row[0],
        description=row[1],
        campaign_no=row[2],
        owner_code=row[3],
        lines=tuple(
            Line(contact_no=contact, description=text, owner_code=owner)
            for contact, text, owner in lines
        ),
    )


def put(session: Session, new: ContactList, stamp: record.Stamp) -> None:
    """Record a list as it stands now, its contacts left alone."""
    known = records.count(session, "contact_lists", list_no=new.no)
    made = {"created_at": stamp.at, "created_by": stamp.by, "batch_id": stamp.batch_id}
    record.put(
        session,
        "contact_lists",
        ("list_no",),
        list_no=new.no,
        description=new.description,
        campaign_no=new.campaign_no,
        owner_code=new.owner_code,
        **({} if known else made),
    )


def add(session: Session, list_no: str, lines: Sequence[Line]) -> None:
    """Put contacts at the end of a list."""
    row = session.one(
        "select coalesce(max(line), 0) from contact_list_lines where list_no = ?", [list_no]
    )
    last = int(row[0]) if row else 0
    for place, line in enumerate(lines, start=last + 1):
        record.insert(
            session,
            "contact_list_lines",
            list_no=list_no,
            line=place,
            contact_no=line.contact_no,
            description=line.description,
            owner_code=line.owner_code,
        )


def put_line(session: Session, list_no: str, line: Line) -> None:
    """Record what is said of a contact on a list."""
    record.put(
        session,
        "contact_list_lines",
        ("list_no", "contact_no"),
        list_no=list_no,
        contact_no=line.contact_no,
        description=line.description,
        owner_code=line.owner_code,
    )


def next_number(session: Session) -> str:
    """Give the number of the next list; see `record.next_number`."""
    number = record.next_number(session, "list_series")
    while records.count(session, "contact_lists", list_no=number):
        number = record.next_number(session, "list_series")
    return number


def only_list(session: Session, campaign_no: str) -> str | None:
    """Give the list of a campaign when it has exactly one, else None."""
    rows = session.rows("select list_no from contact_lists where campaign_no = ?", [campaign_no])
    return rows[0][0] if len(rows) == 1 else None


def lists_with(session: Session, contact_no: str) -> list[str]:
    """Give the numbers of the lists a contact stands on."""
    rows = session.rows(
        "select list_no from contact_list_lines where contact_no = ? order by list_no",
        [contact_no],
    )
    return [row[0] for row in rows]


def with_open(session: Session, contact_nos: Sequence[str]) -> set[str]:
    """Give those of the contacts that have an opportunity neither won nor lost."""
    rows = session.rows(
        "select distinct contact_no from opportunities "
        "where status in ('not started', 'in progress') and removed_on is null "
        "and list_contains(?, contact_no)",
        [list(contact_nos)],
    )
    return {row[0] for row in rows}
