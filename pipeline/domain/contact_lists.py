"""Lists of contacts, such as the guests of a fair; Business Central says segment."""

from dataclasses import dataclass

from pipeline.domain.errors import EmptyContactListError, ListCampaignError


@dataclass(frozen=True, kw_only=True)
class Line:
    """A contact on a list."""

    contact_no: str
    description: str = ""
    """What its opportunity would be about; blank takes the list's description."""
    owner_code: str | None = None
    """Who would own its opportunity; None takes the list's, else the contact's salesperson."""


@dataclass(frozen=True, kw_only=True)
class ContactList:
    """A list with its contacts in order."""

    no: str
    description: str
    campaign_no: str | None = None
    owner_code: str | None = None
    lines: tuple[Line, ...] = ()

    def check_not_empty(self) -> None:
        """Refuse a list without contacts. Raises `EmptyContactListError`."""
        if not self.lines:
            raise EmptyContactListError(self.no)

    def check_fits(self, campaign_no: str | None) -> None:
        """Refuse an opportunity of another campaign. Raises `ListCampaignError`."""
        if campaign_no and self.campaign_no and campaign_no != self.campaign_no:
            raise ListCampaignError(self.no, self.campaign_no, campaign_no)
