"""Lists of contacts: made, filled, removed, and an opportunity created for each contact."""

from dataclasses import dataclass, replace
from datetime import date

from pipeline.commands.codes import code, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.opportunities import CreateOpportunity
from pipeline.domain.contact_lists import ContactList, Line
from pipeline.domain.errors import (
    ContactListInUseError,
    ContactNotListedError,
    MissingFieldError,
    NobodyLeftError,
)
from pipeline.domain.figures import Figure
from pipeline.domain.opportunities import Priority
from pipeline.store import contact_lists, records
from pipeline.store import recording as record


@dataclass(frozen=True, kw_only=True)
class DefineContactList:
    """Make a list of contacts, or change what it is called and whose it is."""

    description: str
    no: str | None = None
    campaign_no: str | None = None
    owner_code: str | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `Unknown…Error`."""
        if self.campaign_no:
            records.campaign(desk.session, self.campaign_no)
        if self.owner_code:
            records.salesperson(desk.session, self.owner_code)
        description = text(self.description, "The description", "description", required=True)
        made = ContactList(
            no=self._number(desk),
            description=description,
            campaign_no=self.campaign_no or None,
            owner_code=self.owner_code or None,
        )
        contact_lists.put(desk.session, made, desk.stamp)
        return Recorded(what="list of contacts", no=made.no)

    def _number(self, desk: Desk) -> str:
        if self.no and self.no.strip():
            return code(self.no, "The number of the list", "no")
        return contact_lists.next_number(desk.session)


@dataclass(frozen=True, kw_only=True)
class ListContacts:
    """Put contacts on a list; those that are on it already stay as they are."""

    list_no: str
    contact_nos: tuple[str, ...]
    description: str = ""
    owner_code: str | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownContactListError`, `UnknownContactError`, `UnknownSalespersonError`, ….

        And `MissingFieldError` where no contact is named.
        """
        known = contact_lists.contact_list(desk.session, self.list_no)
        if not self.contact_nos:
            raise MissingFieldError("The contacts", "contact_nos")
        if self.owner_code:
            records.salesperson(desk.session, self.owner_code)
        on_it = {line.contact_no for line in known.lines}
        wanted = [no for no in dict.fromkeys(self.contact_nos) if no not in on_it]
        said = Line(
            contact_no="",
            description=text(self.description, "The description", "description"),
            owner_code=self.owner_code or None,
        )
        lines = [replace(said, contact_no=records.contact(desk.session, no).no) for no in wanted]
        contact_lists.add(desk.session, known.no, lines)
        return Recorded(what="list of contacts", no=known.no)


@dataclass(frozen=True, kw_only=True)
class DefineListLine:
    """Say what the opportunity of a contact on a list would be about, and who would own it."""

    list_no: str
    contact_no: str
    description: str = ""
    owner_code: str | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownContactListError`, `ContactNotListedError`, `UnknownSalespersonError`.

        And `TooLongError`.
        """
        known = contact_lists.contact_list(desk.session, self.list_no)
        _check_listed(known, self.contact_no)
        if self.owner_code:
            records.salesperson(desk.session, self.owner_code)
        line = Line(
            contact_no=self.contact_no,
            description=text(self.description, "The description", "description"),
            owner_code=self.owner_code or None,
        )
        contact_lists.put_line(desk.session, known.no, line)
        return Recorded(what="list of contacts", no=known.no)


def _check_listed(known: ContactList, contact_no: str) -> None:
    on_it = [line.contact_no for line in known.lines]
    if contact_no not in on_it:
        raise ContactNotListedError(contact_no, known.no, on_it)


@dataclass(frozen=True, kw_only=True)
class UnlistContacts:
    """Take contacts off a list; opportunities made for it stay."""

    list_no: str
    contact_nos: tuple[str, ...]

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownContactListError`, `ContactNotListedError`."""
        known = contact_lists.contact_list(desk.session, self.list_no)
        for contact_no in self.contact_nos:
            _check_listed(known, contact_no)
            record.remove(
                desk.session, "contact_list_lines", list_no=known.no, contact_no=contact_no
            )
        return Recorded(what="list of contacts", no=known.no)


@dataclass(frozen=True, kw_only=True)
class RemoveContactList:
    """Remove a list that no opportunity was made for; its contacts stay."""

    no: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownContactListError`, `ContactListInUseError`."""
        known = contact_lists.contact_list(desk.session, self.no)
        opportunities = records.count(
            desk.session, "opportunities", list_no=known.no, removed_on=None
        )
        if opportunities:
            raise ContactListInUseError(known.no, opportunities)
        record.remove(desk.session, "contact_list_lines", list_no=known.no)
        record.remove(desk.session, "contact_lists", list_no=known.no)
        return Recorded(what="list of contacts", no=known.no)


@dataclass(frozen=True, kw_only=True)
class CreateForList:
    """Create an opportunity for each contact on a list, as one batch.

    What is not said is taken from the contact's line, then from the list, then as
    `CreateOpportunity` takes it. With `activate` all of them enter the first stage with the same
    amount, chance and expected close date.
    """

    list_no: str
    contact_nos: tuple[str, ...] | None = None
    """Only these of the list; None: all of them."""
    skip_with_open: bool = False
    """Leave out whoever has an opportunity that is neither won nor lost."""
    description: str = ""
    owner_code: str | None = None
    cycle_code: str | None = None
    priority: str = Priority.NORMAL.value
    activate: bool = False
    amount: Figure | None = None
    chances_percent: Figure | None = None
    expected_close_on: date | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownContactListError`, `EmptyContactListError`, `ContactNotListedError`, ….

        And `NobodyLeftError`, and what `CreateOpportunity` raises.
        """
        known = contact_lists.contact_list(desk.session, self.list_no)
        known.check_not_empty()
        chosen = self._chosen(known)
        taken = self._taken(desk, chosen)
        if not taken:
            raise NobodyLeftError(known.no, len(chosen))
        for line in taken:
            self._create(known, line).apply(desk)
        return Recorded(what="list of contacts", no=known.no)

    def _chosen(self, known: ContactList) -> list[Line]:
        if self.contact_nos is None:
            return list(known.lines)
        for contact_no in self.contact_nos:
            _check_listed(known, contact_no)
        return [line for line in known.lines if line.contact_no in self.contact_nos]

    def _taken(self, desk: Desk, chosen: list[Line]) -> list[Line]:
        if not self.skip_with_open:
            return chosen
        busy = contact_lists.with_open(desk.session, [line.contact_no for line in chosen])
        return [line for line in chosen if line.contact_no not in busy]

    def _create(self, known: ContactList, line: Line) -> CreateOpportunity:
        return CreateOpportunity(
            description=self.description or line.description or known.description,
            contact_no=line.contact_no,
            owner_code=self.owner_code or line.owner_code or known.owner_code,
            cycle_code=self.cycle_code,
            campaign_no=known.campaign_no,
            list_no=known.no,
            priority=self.priority,
            activate=self.activate,
            amount=self.amount,
            chances_percent=self.chances_percent,
            expected_close_on=self.expected_close_on,
        )
