"""Who sells, in which team, and for which campaign."""

from dataclasses import dataclass
from datetime import date

from pipeline.domain.errors import (
    BlockedSalespersonError,
    CampaignDatesError,
    CampaignNotActivatedError,
)


@dataclass(frozen=True, kw_only=True)
class Salesperson:
    """An owner of opportunities."""

    code: str
    name: str
    team_code: str | None = None
    blocked: bool = False

    def check_may_own(self) -> None:
        """Refuse a blocked salesperson. Raises `BlockedSalespersonError`."""
        if self.blocked:
            raise BlockedSalespersonError(self.code)


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """An effort that brings opportunities, between two days."""

    no: str
    description: str
    starts_on: date | None = None
    ends_on: date | None = None
    activated: bool = False
    owner_code: str | None = None

    def check_takes(self, created_on: date) -> None:
        """Refuse an opportunity created outside the campaign, or before it is activated.

        A campaign without a last day takes none. Raises `CampaignDatesError`,
        `CampaignNotActivatedError`.
        """
        starts_on = self.starts_on or date.min
        if self.ends_on is None or not starts_on <= created_on <= self.ends_on:
            raise CampaignDatesError(self.no, created_on, self.starts_on, self.ends_on)
        if not self.activated:
            raise CampaignNotActivatedError(self.no)
