"""Lists of contacts, and what is done to many opportunities at once."""

from collections.abc import Iterable, Sequence

from pipeline.domain.errors.refusal import PipelineError
from pipeline.domain.errors.unknown import UnknownCodeError
from pipeline.domain.words import counted


class UnknownContactListError(UnknownCodeError):
    """No list of contacts has this number."""

    noun = "list of contacts"
    field = "list_no"


class EmptyContactListError(PipelineError):
    """No opportunity can be created for a list without contacts."""

    field = "list_no"

    def __init__(self, list_no: str) -> None:
        """Take the list."""
        self.list_no = list_no
        super().__init__(
            f"List {list_no} has no contacts, so there is no opportunity to create. "
            "Put contacts on it first."
        )


class NobodyLeftError(PipelineError):
    """Everybody on the list is left out."""

    field = "skip_with_open"

    def __init__(self, list_no: str, contacts: int) -> None:
        """Take the list and how many contacts were left out."""
        super().__init__(
            f"Everybody on list {list_no} ({counted(contacts, 'contact')}) has an open opportunity "
            "already; nothing would be created. Take them too, or put others on the list."
        )


class ContactNotListedError(UnknownCodeError):
    """The contact is not on the list; the nearest one that is is offered."""

    noun = "contact"
    field = "contact_no"

    def __init__(self, contact_no: str, list_no: str, known: Iterable[str] = ()) -> None:
        """Take the contact, the list, and the contacts that are on it."""
        super().__init__(contact_no, known)
        hint = f" Did you mean {self.nearest[0]}?" if self.nearest else ""
        self.args = (f"Contact {contact_no} is not on list {list_no}.{hint}",)


class ContactListInUseError(PipelineError):
    """A list that opportunities were made for cannot be removed."""

    def __init__(self, list_no: str, opportunities: int) -> None:
        """Take the list and the number of opportunities made for it."""
        self.no, self.opportunities = list_no, opportunities
        super().__init__(
            f"List {list_no} has {counted(opportunities, 'opportunity')} that were made for it. "
            "Take it from them, or delete them first."
        )


class ContactListedError(PipelineError):
    """A contact that stands on lists cannot be removed."""

    def __init__(self, contact_no: str, lists: Sequence[str]) -> None:
        """Take the contact and the lists it stands on."""
        self.no, self.lists = contact_no, tuple(lists)
        super().__init__(
            f"Contact {contact_no} stands on {counted(len(lists), 'list')}: {', '.join(lists)}. "
            "Take it off first."
        )


class ListCampaignError(PipelineError):
    """List and campaign of an opportunity must belong together."""

    field = "list_no"

    def __init__(self, list_no: str, own: str, campaign_no: str) -> None:
        """Take the list, its campaign, and that of the opportunity."""
        super().__init__(
            f"List {list_no} belongs to campaign {own}, the opportunity to {campaign_no}. "
            "Choose another list or the other campaign."
        )


class DeleteNotClosedError(PipelineError):
    """Only closed opportunities are deleted in bulk."""

    def __init__(self, opportunity_no: str, status: str) -> None:
        """Take the opportunity and its status."""
        self.opportunity_no = opportunity_no
        super().__init__(
            f"{opportunity_no} is {status}: only won and lost ones are deleted together. "
            "Nothing was deleted; look at the list again."
        )


class NothingChosenError(PipelineError):
    """Nothing was chosen to be done something with."""

    field = "opportunity_nos"

    def __init__(self) -> None:
        """Take nothing."""
        super().__init__("No opportunity is chosen. Choose at least one.")


class SelectionChangedError(PipelineError):
    """A filter finds other opportunities than were counted."""

    def __init__(self, counted_before: int, now: int) -> None:
        """Take how many were counted, and how many the filter finds now."""
        super().__init__(
            f"The filter found {counted(counted_before, 'opportunity')} and finds {now:,} by now, "
            "or others: somebody changed them meanwhile. Nothing was deleted; look again."
        )
