"""Set up whom to sell to: companies and persons."""

from dataclasses import dataclass, replace

from pipeline.commands.codes import chosen, code, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.domain.comments import About
from pipeline.domain.contacts import Contact, ContactType
from pipeline.domain.errors import ContactListedError, OpenTasksError
from pipeline.store import comments, contact_lists, in_use, interactions, parties, records, tasks
from pipeline.store import recording as record


@dataclass(frozen=True, kw_only=True)
class DefineContact:
    """Make a company or a person, or change one; without a number the series gives one.

    A new person without a salesperson takes that of the company. A person's opportunities follow
    it to another company.
    """

    name: str
    no: str | None = None
    type: str = ContactType.COMPANY.value
    company_no: str | None = None
    owner_code: str | None = None
    is_customer: bool = False

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `ChoiceError`, `Unknown…Error`, `NotACompanyError`, ….

        And `ContactTypeError`. A company is its own company; a person belongs to the company
        named, or to none.
        """
        kind = chosen(ContactType, self.type, "Type", "type")
        name = text(self.name, "The name", "name", required=True)
        if self.owner_code:
            records.salesperson(desk.session, self.owner_code)
        company = self._company(desk, kind)
        known = self._known(desk, kind)
        number = known.no if known else self._number(desk)
        contact = Contact(
            no=number,
            type=kind,
            name=name,
            company_no=number if kind is ContactType.COMPANY else company.no if company else None,
            owner_code=self.owner_code or self._inherited(company, known),
            is_customer=self.is_customer,
        )
        parties.contact(desk.session, contact)
        if known is not None and known.company_no != contact.company_no:
            parties.follow_company(desk.session, contact)
        return Recorded(what="contact", no=number)

    def _company(self, desk: Desk, kind: ContactType) -> Contact | None:
        """Give the company of a person."""
        if kind is ContactType.COMPANY or not self.company_no:
            return None
        company = records.contact(desk.session, self.company_no)
        company.check_is_company()
        return company

    def _known(self, desk: Desk, kind: ContactType) -> Contact | None:
        """Give the contact that is changed, None for a new one."""
        if not self.no or not records.count(desk.session, "contacts", contact_no=self.no):
            return None
        known = records.contact(desk.session, self.no)
        known.check_may_become(kind, in_use.linked(desk.session, known))
        return known

    def _number(self, desk: Desk) -> str:
        if self.no:
            return code(self.no, "The number of the contact", "no")
        number = record.next_number(desk.session, "contact_series")
        while records.count(desk.session, "contacts", contact_no=number):
            number = record.next_number(desk.session, "contact_series")
        return number

    @staticmethod
    def _inherited(company: Contact | None, known: Contact | None) -> str | None:
        return company.owner_code if company and not known else None


@dataclass(frozen=True, kw_only=True)
class RemoveContact:
    """Remove a contact without open opportunities and tasks, and its number from the log.

    Its interactions and closed tasks become those of a person's company, or nobody's. The closed
    opportunities of a person go on as those of its company. A company leaves its own without a
    contact, and its persons without a company.
    """

    no: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownContactError`, `ContactInUseError`, `OpenTasksError`, ….

        And `ContactListedError`.
        """
        contact = records.contact(desk.session, self.no)
        contact.check_removable(in_use.linked(desk.session, contact))
        still_open = in_use.open_tasks(desk.session, contact_no=contact.no)
        if still_open:
            raise OpenTasksError("contact", contact.no, still_open)
        lists = contact_lists.lists_with(desk.session, contact.no)
        if lists:
            raise ContactListedError(contact.no, lists)
        _leave(desk, contact)
        parties.forget_contact(desk.session, contact)
        return Recorded(what="contact", no=contact.no)


def _leave(desk: Desk, gone: Contact) -> None:
    """Give what people did around a contact to its heir, and drop what was said about it."""
    for task in tasks.of_contact(desk.session, gone.no):
        tasks.change(desk.session, replace(task, contact_no=gone.heir_no))
    for one in interactions.of_contact(desk.session, gone.no):
        interactions.change(desk.session, replace(one, contact_no=gone.heir_no or ""))
    comments.forget(desk.session, About.CONTACT, gone.no)
