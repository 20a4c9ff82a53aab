"""Interactions: what happened with a contact, and what may come of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pipeline.domain.errors import InteractionCanceledError, InteractionTakenError


class InteractionType(StrEnum):
    """In which way it happened."""

    CALL = "call"
    MAIL = "mail"
    MEETING = "meeting"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """A call, a mail, a meeting or a note."""

    no: str
    type: InteractionType
    happened_on: date
    description: str
    contact_no: str
    owner_code: str | None = None
    campaign_no: str | None = None
    opportunity_id: int | None = None
    opportunity_no: str | None = None
    """The number of the same opportunity; None where there is none."""
    minutes: int | None = None
    cost: Decimal | None = None
    canceled: bool = False

    def check_not_canceled(self) -> None:
        """Refuse what was canceled. Raises `InteractionCanceledError`."""
        if self.canceled:
            raise InteractionCanceledError(self.no)

    def check_may_bring(self) -> None:
        """Refuse to make an opportunity of it, where it is canceled or has one.

        Raises `InteractionCanceledError`, `InteractionTakenError`.
        """
        self.check_not_canceled()
        if self.opportunity_id is not None:
            raise InteractionTakenError(self.no, self.opportunity_no or str(self.opportunity_id))
