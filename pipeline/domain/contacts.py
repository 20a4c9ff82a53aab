"""Companies and persons who may buy."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.domain.errors import ContactInUseError, ContactTypeError, NotACompanyError


class ContactType(StrEnum):
    """A contact is a company or a person, who may belong to a company."""

    COMPANY = "company"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Somebody to sell to; the company of a company is itself."""

    no: str
    type: ContactType
    name: str
    company_no: str | None = None
    owner_code: str | None = None
    is_customer: bool = False

    def check_is_company(self) -> None:
        """Refuse a person where a company is needed. Raises `NotACompanyError`."""
        if self.type is not ContactType.COMPANY:
            raise NotACompanyError(self.no)

    def check_may_become(self, wanted: ContactType, linked: "Linked") -> None:
        """Refuse another type while something is linked. Raises `ContactTypeError`."""
        if wanted is not self.type and (linked.opportunities or linked.persons):
            raise ContactTypeError(self.no, linked.opportunities, linked.persons)

    def check_removable(self, linked: "Linked") -> None:
        """Refuse to remove a contact with open opportunities. Raises `ContactInUseError`."""
        if linked.open_opportunities:
            raise ContactInUseError(self.no, linked.open_opportunities)

    @property
    def heir_no(self) -> str | None:
        """The contact that takes over what is linked to this one: a person's company, or none."""
        return self.company_no if self.type is ContactType.PERSON else None


@dataclass(frozen=True, kw_only=True)
class Linked:
    """What is linked to a contact; of a company, what is linked to its persons too."""

    open_opportunities: int
    opportunities: int
    persons: int
