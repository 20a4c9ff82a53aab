"""Who sells, in which team, and for which campaign."""

import re
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from pipeline.domain.errors import (
    BlockedSalespersonError,
    CampaignDatesError,
    CampaignNotActivatedError,
    CampaignOrderError,
)

LONGEST_INITIALS = 4


def initials(name: str) -> str:
    """Give the short code that a name suggests; of a single word its first letters.

    >>> initials("Jim Olive"), initials("Zoë"), initials("Åsa-Lena von Braun")
    ('JO', 'ZOE', 'ALVB')
    """
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall("[A-Za-z0-9]+", plain)
    letters = words[0] if len(words) == 1 else "".join(word[0] for word in words)
    return letters[:LONGEST_INITIALS].upper()


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

    def check_order(self) -> None:
        """Refuse a campaign that ends before it begins. Raises `CampaignOrderError`."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise CampaignOrderError(self.no, self.starts_on, self.ends_on)

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
