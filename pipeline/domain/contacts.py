"""Companies and persons who may buy."""

from dataclasses import dataclass
from enum import StrEnum


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
