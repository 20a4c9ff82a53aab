"""Set up who sells and for what: salespeople, teams, campaigns."""

from dataclasses import dataclass
from datetime import date

from pipeline.commands.codes import LONGEST_CODE, code, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.domain.comments import About
from pipeline.domain.errors import (
    CampaignInUseError,
    OpenTasksError,
    SalespersonInUseError,
    TeamInUseError,
)
from pipeline.domain.people import Campaign, initials
from pipeline.store import comments, in_use, parties, records
from pipeline.store import recording as record


@dataclass(frozen=True, kw_only=True)
class DefineTeam:
    """Make a team, or change its name and manager."""

    code: str
    name: str
    manager_code: str | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`.

        The manager may be a salesperson who is defined later: teams and people name each other.
        """
        team_code = code(self.code, "The code of the team")
        record.put(
            desk.session,
            "teams",
            ("team_code",),
            team_code=team_code,
            name=text(self.name, "The name", "name", required=True),
            manager_code=self.manager_code or None,
        )
        return Recorded(what="team", no=team_code)


@dataclass(frozen=True, kw_only=True)
class RemoveTeam:
    """Remove a team that nobody belongs to and that has nothing to do."""

    code: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownTeamError`, `TeamInUseError`, `OpenTasksError`."""
        records.check_team(desk.session, self.code)
        members = in_use.members(desk.session, self.code)
        if members:
            raise TeamInUseError(self.code, members)
        tasks = in_use.open_tasks(desk.session, team_code=self.code)
        if tasks:
            raise OpenTasksError("team", self.code, tasks)
        record.remove(desk.session, "teams", team_code=self.code)
        return Recorded(what="team", no=self.code)


@dataclass(frozen=True, kw_only=True)
class DefineSalesperson:
    """Make a salesperson, or change the name, the team and whether blocked.

    Without a code a new one is made, from the initials of the name.
    """

    name: str
    code: str | None = None
    team_code: str | None = None
    blocked: bool = False

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `UnknownTeamError`."""
        name = text(self.name, "The name", "name", required=True)
        owner_code = self._code(desk, name)
        if self.team_code:
            records.check_team(desk.session, self.team_code)
        record.put(
            desk.session,
            "salespeople",
            ("owner_code",),
            owner_code=owner_code,
            name=name,
            team_code=self.team_code or None,
            blocked=self.blocked,
        )
        return Recorded(what="salesperson", no=owner_code)

    def _code(self, desk: Desk, name: str) -> str:
        if self.code is not None:
            return code(self.code, "The code of the salesperson")
        first = initials(name) or "S"
        numbered = (f"{first[: LONGEST_CODE - 6]}{n}" for n in range(2, 1_000_000))
        codes = (first, *()) if not _known(desk, first) else numbered
        return next(free for free in codes if not _known(desk, free))


def _known(desk: Desk, owner_code: str) -> bool:
    return records.count(desk.session, "salespeople", owner_code=owner_code) > 0


@dataclass(frozen=True, kw_only=True)
class RemoveSalesperson:
    """Remove a salesperson without open opportunities and tasks; the past keeps the code.

    Contacts, campaigns, teams and the default owner that name the salesperson name nobody then.
    """

    code: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownSalespersonError`, `SalespersonInUseError`, `OpenTasksError`."""
        person = records.salesperson(desk.session, self.code)
        opportunities = in_use.open_opportunities(desk.session, owner_code=person.code)
        if opportunities:
            raise SalespersonInUseError(person.code, opportunities)
        tasks = in_use.open_tasks(desk.session, owner_code=person.code)
        if tasks:
            raise OpenTasksError("owner", person.code, tasks)
        parties.forget_salesperson(desk.session, person.code)
        return Recorded(what="salesperson", no=person.code)


@dataclass(frozen=True, kw_only=True)
class DefineCampaign:
    """Make a campaign, or change it."""

    no: str
    description: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    activated: bool = False
    owner_code: str | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `UnknownSalespersonError`, ….

        And `CampaignOrderError`.
        """
        campaign = Campaign(
            no=code(self.no, "The number of the campaign", "no"),
            description=text(self.description, "The description", "description"),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            activated=self.activated,
            owner_code=self.owner_code or None,
        )
        campaign.check_order()
        if campaign.owner_code:
            records.salesperson(desk.session, campaign.owner_code)
        parties.campaign(desk.session, campaign)
        return Recorded(what="campaign", no=campaign.no)


@dataclass(frozen=True, kw_only=True)
class RemoveCampaign:
    """Remove a campaign that no opportunity came from."""

    no: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownCampaignError`, `CampaignInUseError`."""
        campaign = records.campaign(desk.session, self.no)
        opportunities = records.count(
            desk.session, "opportunities", campaign_no=campaign.no, removed_on=None
        )
        if opportunities:
            raise CampaignInUseError(campaign.no, opportunities)
        record.change(desk.session, "contact_lists", {"campaign_no": None}, campaign_no=campaign.no)
        record.remove(desk.session, "campaigns", campaign_no=campaign.no)
        comments.forget(desk.session, About.CAMPAIGN, campaign.no)
        return Recorded(what="campaign", no=campaign.no)
