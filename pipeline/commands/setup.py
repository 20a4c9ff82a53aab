"""Set up contacts, people, campaigns, quotes, number series and settings."""

from dataclasses import dataclass
from datetime import date

from pipeline.commands.codes import chosen, code, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.domain.contacts import ContactType
from pipeline.domain.errors import MissingFieldError, NotPositiveError, UnknownSettingError
from pipeline.domain.figures import Figure, money
from pipeline.domain.numbers import NumberSeries
from pipeline.store import recording as record
from pipeline.store import records

SETTINGS = {
    "company_name": "",
    "currency": "EUR",
    "default_cycle": "",
    "default_owner": "",
    "opportunity_series": "OP",
    "contact_series": "CT",
    "rotting_days": "",
    "time_zone": "UTC",
}
"""Every setting and its default."""


@dataclass(frozen=True, kw_only=True)
class DefineSetting:
    """Set one of the company's settings; blank takes it back."""

    name: str
    value: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownSettingError`, `UnknownSalesCycleError`, `UnknownSalespersonError`."""
        if self.name not in SETTINGS:
            raise UnknownSettingError(self.name, SETTINGS)
        value = self.value.strip()
        if value and self.name == "default_cycle":
            records.sales_cycle(desk.session, value)
        if value and self.name == "default_owner":
            records.salesperson(desk.session, value)
        record.put(desk.session, "settings", ("name",), name=self.name, value=value)
        return Recorded(what="setting", no=self.name)


@dataclass(frozen=True, kw_only=True)
class DefineNumberSeries:
    """Make a number series, or change where it ends and whether numbers may be typed."""

    code: str
    description: str = ""
    starting_no: str
    ending_no: str
    last_no: str | None = None
    step: int = 1
    manual_allowed: bool = True

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`."""
        series = NumberSeries(
            code=code(self.code, "The code of the number series"),
            description=self.description,
            starting_no=code(self.starting_no, "The starting number", "starting_no"),
            ending_no=code(self.ending_no, "The ending number", "ending_no"),
            last_no=self.last_no,
            step=self.step,
            manual_allowed=self.manual_allowed,
        )
        record.number_series(desk.session, series)
        return Recorded(what="number series", no=series.code)


@dataclass(frozen=True, kw_only=True)
class DefineTeam:
    """Make a team, or change its name and manager."""

    code: str
    name: str
    manager_code: str | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`."""
        team_code = code(self.code, "The code of the team")
        record.put(
            desk.session,
            "teams",
            ("team_code",),
            team_code=team_code,
            name=text(self.name, "The name", "name", required=True),
            manager_code=self.manager_code,
        )
        return Recorded(what="team", no=team_code)


@dataclass(frozen=True, kw_only=True)
class DefineSalesperson:
    """Make a salesperson, or change the name, the team and whether blocked."""

    code: str
    name: str
    team_code: str | None = None
    blocked: bool = False

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `UnknownTeamError`."""
        owner_code = code(self.code, "The code of the salesperson")
        if self.team_code:
            records.check_team(desk.session, self.team_code)
        record.put(
            desk.session,
            "salespeople",
            ("owner_code",),
            owner_code=owner_code,
            name=text(self.name, "The name", "name", required=True),
            team_code=self.team_code or None,
            blocked=self.blocked,
        )
        return Recorded(what="salesperson", no=owner_code)


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
        """Raises `MissingFieldError`, `TooLongError`, `UnknownSalespersonError`."""
        campaign_no = code(self.no, "The number of the campaign", "no")
        if self.owner_code:
            records.salesperson(desk.session, self.owner_code)
        record.put(
            desk.session,
            "campaigns",
            ("campaign_no",),
            campaign_no=campaign_no,
            description=text(self.description, "The description", "description"),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            activated=self.activated,
            owner_code=self.owner_code,
        )
        return Recorded(what="campaign", no=campaign_no)


@dataclass(frozen=True, kw_only=True)
class DefineContact:
    """Make a company or a person, or change one; without a number the series gives one."""

    name: str
    no: str | None = None
    type: str = ContactType.COMPANY.value
    company_no: str | None = None
    owner_code: str | None = None
    is_customer: bool = False

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `ChoiceError`, `Unknown…Error`.

        A company is its own company; a person belongs to the company named, or to none.
        """
        kind = chosen(ContactType, self.type, "Type", "type")
        name = text(self.name, "The name", "name", required=True)
        if self.owner_code:
            records.salesperson(desk.session, self.owner_code)
        if kind is ContactType.PERSON and self.company_no:
            records.contact(desk.session, self.company_no)
        number = self._number(desk)
        record.put(
            desk.session,
            "contacts",
            ("contact_no",),
            contact_no=number,
            type=kind.value,
            name=name,
            company_no=number if kind is ContactType.COMPANY else self.company_no,
            owner_code=self.owner_code,
            is_customer=self.is_customer,
        )
        return Recorded(what="contact", no=number)

    def _number(self, desk: Desk) -> str:
        if self.no:
            return code(self.no, "The number of the contact", "no")
        number = record.next_number(desk.session, "contact_series")
        while records.count(desk.session, "contacts", contact_no=number):
            number = record.next_number(desk.session, "contact_series")
        return number


@dataclass(frozen=True, kw_only=True)
class DefineQuote:
    """Make a sales quote for a contact, or change its amount (in total, without VAT)."""

    no: str
    contact_no: str
    amount: Figure

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `UnknownContactError`, `NotPositiveError`."""
        quote_no = code(self.no, "The number of the quote", "no")
        records.contact(desk.session, self.contact_no)
        amount = money(self.amount)
        if amount is None:
            raise MissingFieldError("The amount", "amount")
        if amount <= 0:
            raise NotPositiveError("The amount", "amount", amount)
        record.put(
            desk.session,
            "quotes",
            ("quote_no",),
            quote_no=quote_no,
            contact_no=self.contact_no,
            amount=amount,
            kind="quote",
        )
        return Recorded(what="quote", no=quote_no)
