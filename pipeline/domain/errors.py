"""Every refusal there is: one class each, which keeps its data and writes its own plain sentence.

A refusal says what is wrong, where, and what to do. `field` names the field of the command that
a form should point at. Anything that is raised and is not a `PipelineError` is a bug.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import ClassVar


class PipelineError(Exception):
    """Base of all refusals; nothing was recorded when it is raised."""

    field: str | None = None


# --- what is not there -------------------------------------------------------------------------


class UnknownCodeError(PipelineError):
    """A code names nothing; the nearest known one is offered."""

    noun: ClassVar[str] = "record"

    def __init__(self, code: str, known: Iterable[str] = ()) -> None:
        """Take the code that was given and the codes there are."""
        self.code = code
        self.nearest = get_close_matches(code.upper(), list(known), n=1, cutoff=0.5)
        hint = f" Did you mean {self.nearest[0]}?" if self.nearest else ""
        super().__init__(f"There is no {self.noun} “{code}”.{hint}")


class UnknownOpportunityError(UnknownCodeError):
    """No opportunity has this number."""

    noun = "opportunity"
    field = "opportunity_no"


class UnknownSalesCycleError(UnknownCodeError):
    """No sales cycle has this code."""

    noun = "sales cycle"
    field = "cycle_code"


class UnknownContactError(UnknownCodeError):
    """No contact has this number."""

    noun = "contact"
    field = "contact_no"


class UnknownSalespersonError(UnknownCodeError):
    """No salesperson has this code."""

    noun = "salesperson"
    field = "owner_code"


class UnknownTeamError(UnknownCodeError):
    """No team has this code."""

    noun = "team"
    field = "team_code"


class UnknownCampaignError(UnknownCodeError):
    """No campaign has this number."""

    noun = "campaign"
    field = "campaign_no"


class UnknownCloseReasonError(UnknownCodeError):
    """No close reason has this code."""

    noun = "close reason"
    field = "close_reason_code"


class UnknownQuoteError(UnknownCodeError):
    """No quote has this number."""

    noun = "quote"
    field = "quote_no"


class UnknownActivityError(UnknownCodeError):
    """No activity has this code."""

    noun = "activity"
    field = "activity_code"


class UnknownNumberSeriesError(UnknownCodeError):
    """No number series has this code."""

    noun = "number series"
    field = "value"


class UnknownTimeZoneError(UnknownCodeError):
    """No time zone has this name; they are written like Europe/Berlin."""

    noun = "time zone"
    field = "value"

    def __init__(self, name: str, known: Iterable[str] = ()) -> None:
        """Take the name that was given and those there are, in whatever case."""
        by_capitals = {zone.upper(): zone for zone in known}
        super().__init__(name, by_capitals)
        self.nearest = [by_capitals[zone] for zone in self.nearest]
        hint = f" Did you mean {self.nearest[0]}?" if self.nearest else ""
        self.args = (f"There is no time zone “{name}”.{hint} Write it like Europe/Berlin.",)


class UnknownSettingError(UnknownCodeError):
    """No setting has this name."""

    noun = "setting"
    field = "name"


class UnknownStageError(PipelineError):
    """The sales cycle has no stage of this number."""

    field = "stage"

    def __init__(self, cycle_code: str, stage: int, known: Sequence[int]) -> None:
        """Take the cycle, the number that was asked for and those there are."""
        self.stage = stage
        stages = ", ".join(map(str, known)) or "none yet"
        super().__init__(
            f"Sales cycle {cycle_code} has no stage {stage}. Its stages are: {stages}."
        )


# --- what is missing or out of range -----------------------------------------------------------


class MissingFieldError(PipelineError):
    """A field that must be filled in is blank."""

    def __init__(self, label: str, field: str) -> None:
        """Take the field's name on the screen and in the command."""
        self.field = field
        super().__init__(f"{label} is blank. Fill it in.")


class NotPositiveError(PipelineError):
    """A figure must be greater than 0."""

    def __init__(self, label: str, field: str, value: Decimal | None) -> None:
        """Take the field's name on the screen and in the command, and what was given."""
        self.field = field
        given = "blank" if value is None else f"{value:,.2f}"
        super().__init__(f"{label} must be greater than 0; it is {given}.")


class PercentRangeError(PipelineError):
    """A percentage lies outside 0 to 100."""

    def __init__(self, label: str, field: str, value: Decimal) -> None:
        """Take the field's name on the screen and in the command, and what was given."""
        self.field = field
        super().__init__(f"{label} must lie between 0 and 100; it is {value}.")


class FigureError(PipelineError):
    """A figure is no number, has too many decimals, or is too large to keep."""

    def __init__(self, label: str, field: str, value: object, decimals: int) -> None:
        """Take the field's name on the screen and in the command, and what was given."""
        self.field = field
        super().__init__(
            f"{label} must be a number with at most {decimals} decimals and 16 digits before them; "
            f"“{value}” is not."
        )


class NegativeAmountError(PipelineError):
    """An amount is below zero."""

    field = "amount"

    def __init__(self, amount: Decimal) -> None:
        """Take the amount that was given."""
        super().__init__(f"The amount must not be below 0; it is {amount:,.2f}.")


class ChoiceError(PipelineError):
    """A word is not one of those a field knows."""

    def __init__(self, label: str, field: str, value: str, known: Iterable[str]) -> None:
        """Take the field's name on the screen and in the command, what was given, the choices."""
        self.field = field
        super().__init__(f"{label} “{value}” is not known. Choose one of: {', '.join(known)}.")


class TooLongError(PipelineError):
    """A text is longer than its field holds."""

    def __init__(self, label: str, field: str, length: int, longest: int) -> None:
        """Take the field's name on the screen and in the command, and both lengths."""
        self.field = field
        super().__init__(f"{label} has {length} characters; at most {longest} fit. Shorten it.")


class DateFormulaError(PipelineError):
    """A date formula cannot be read."""

    field = "date_formula"

    def __init__(self, text: str, why: str) -> None:
        """Take the formula and what is wrong with it."""
        super().__init__(
            f"The date formula “{text}” cannot be used: {why}. Write it like 30D, 2W, 1M+10D or CM."
        )


# --- moving an opportunity ---------------------------------------------------------------------


class ClosedError(PipelineError):
    """The opportunity is closed and cannot be changed so."""

    def __init__(self, opportunity_no: str, status: str, closed_on: date | None) -> None:
        """Take the opportunity, its outcome and the day it was closed."""
        super().__init__(
            f"{opportunity_no} was {status} on {closed_on}. Reopen it before changing it."
        )


class NotClosedError(PipelineError):
    """Only a closed opportunity can be reopened."""

    def __init__(self, opportunity_no: str, status: str) -> None:
        """Take the opportunity and its status."""
        super().__init__(f"{opportunity_no} is {status}; only a closed one can be reopened.")


class NotStartedError(PipelineError):
    """The opportunity has not been started."""

    def __init__(self, opportunity_no: str) -> None:
        """Take the opportunity."""
        super().__init__(f"{opportunity_no} is not started. Activate its first stage first.")


class AlreadyStartedError(PipelineError):
    """Only an opportunity that is not started can be activated or put in another cycle."""

    def __init__(self, opportunity_no: str, status: str) -> None:
        """Take the opportunity and its status."""
        super().__init__(
            f"{opportunity_no} is {status}; this can be done only before it is started."
        )


class NotInProgressError(PipelineError):
    """The opportunity must be in progress."""

    def __init__(self, opportunity_no: str, status: str, wish: str) -> None:
        """Take the opportunity, its status and what was asked for."""
        super().__init__(f"{opportunity_no} is {status}; {wish} needs one in progress.")


class NoStagesError(PipelineError):
    """The sales cycle has no stages."""

    field = "cycle_code"

    def __init__(self, cycle_code: str) -> None:
        """Take the cycle."""
        super().__init__(
            f"There are no stages in sales cycle {cycle_code}. Add one on the sales cycles page."
        )


class StageNotOfferedError(PipelineError):
    """The move is no valid selection at this stage, or does not lead to the one chosen."""

    field = "stage"

    def __init__(
        self,
        move: str,
        cycle_code: str,
        at: int | None,
        chosen: int | None,
        offered: Sequence[int],
    ) -> None:
        """Take the move, where the opportunity stands, and what may be chosen."""
        self.offered = tuple(offered)
        where = f"at stage {at} of sales cycle {cycle_code}" if at else "before the first stage"
        if offered:
            stages = ", ".join(map(str, offered))
            sentence = f"“{move}” does not lead to stage {chosen} {where}. It leads to: {stages}."
        else:
            sentence = f"“{move}” is not a valid selection {where}."
        super().__init__(sentence)


class BeforeLastChangeError(PipelineError):
    """A change is dated before the one it follows."""

    field = "on"

    def __init__(self, on: date, last: date) -> None:
        """Take both days."""
        super().__init__(
            f"The date of change {on} lies before the last change on {last}. "
            f"Use {last} or a later day."
        )


class AfterTodayError(PipelineError):
    """A change is dated after today."""

    field = "on"

    def __init__(self, on: date, today: date) -> None:
        """Take both days."""
        super().__init__(f"The date of change {on} lies in the future; today is {today}.")


class QuoteRequiredError(PipelineError):
    """The stage can be entered by next or skip only with a quote assigned."""

    field = "quote_no"

    def __init__(self, opportunity_no: str, stage: int, description: str) -> None:
        """Take the opportunity and the stage it should enter."""
        super().__init__(
            f"{opportunity_no} cannot go to stage {stage} {description} before a sales quote is "
            "assigned. Assign one, then move it."
        )


class ExpectedCloseError(PipelineError):
    """The expected close date lies before the change."""

    field = "expected_close_on"

    def __init__(self, expected: date, on: date) -> None:
        """Take both days."""
        super().__init__(
            f"The expected close date {expected} lies before the date of change {on}. "
            "It has to be that day or later."
        )


class OutcomeMissingError(PipelineError):
    """Neither won nor lost was chosen."""

    field = "outcome"

    def __init__(self) -> None:
        """Take nothing."""
        super().__init__("Select either won or lost.")


class CloseReasonOutcomeError(PipelineError):
    """The close reason belongs to the other outcome."""

    field = "close_reason_code"

    def __init__(self, code: str, outcome: str, wanted: str) -> None:
        """Take the reason, its outcome and the one wanted."""
        super().__init__(
            f"Close reason {code} is for {outcome} opportunities; choose one for {wanted}."
        )


class NothingToRetractError(PipelineError):
    """The opportunity has no transition that could be retracted."""

    def __init__(self, opportunity_no: str) -> None:
        """Take the opportunity."""
        super().__init__(f"{opportunity_no} is not started; there is no transition to retract.")


class NothingToChangeError(PipelineError):
    """The change would leave everything as it is."""

    def __init__(self, opportunity_no: str) -> None:
        """Take the opportunity."""
        super().__init__(f"Nothing would change on {opportunity_no}; nothing was recorded.")


class ChangedMeanwhileError(PipelineError):
    """Somebody else changed the opportunity after the person had read it."""

    def __init__(self, opportunity_no: str, changes: Sequence[str]) -> None:
        """Take the opportunity and what happened to it since, in words."""
        self.changes = tuple(changes)
        what = "; ".join(changes) or "it was changed"
        super().__init__(
            f"{opportunity_no} was changed meanwhile: {what}. "
            "Look at where it stands now, then try again."
        )


class BusyError(PipelineError):
    """Too many people wrote at once; the transaction was tried several times."""

    def __init__(self, tries: int) -> None:
        """Take the number of tries."""
        super().__init__(
            f"Others were writing at the same moment ({tries} tries). Nothing was recorded; "
            "try again."
        )


# --- contacts, people, campaigns, quotes -------------------------------------------------------


class OtherCompanyError(PipelineError):
    """A started opportunity stays with its company."""

    field = "contact_no"

    def __init__(self, contact_no: str, company_no: str | None, wanted: str | None) -> None:
        """Take the contact, its company and the company of the opportunity."""
        super().__init__(
            f"Contact {contact_no} is related to another company ({company_no or 'none'}). "
            f"A started opportunity stays with its company {wanted or '(none)'}."
        )


class CompanyMissingError(PipelineError):
    """No customer can be made of a person whose company is not there."""

    field = "contact_no"

    def __init__(self, contact_no: str, company_no: str) -> None:
        """Take the person and the company it names."""
        super().__init__(
            f"No customer can be made of contact {contact_no}: its company {company_no} is missing."
        )


class BlockedSalesCycleError(PipelineError):
    """A blocked sales cycle cannot be given to an opportunity."""

    field = "cycle_code"

    def __init__(self, code: str) -> None:
        """Take the cycle."""
        super().__init__(f"Sales cycle {code} is blocked. Choose another one or unblock it.")


class BlockedSalespersonError(PipelineError):
    """A blocked salesperson cannot own an opportunity."""

    field = "owner_code"

    def __init__(self, code: str) -> None:
        """Take the salesperson."""
        super().__init__(f"Salesperson {code} is blocked. Choose another one.")


class CampaignDatesError(PipelineError):
    """The opportunity was created outside the campaign."""

    field = "campaign_no"

    def __init__(
        self, campaign_no: str, created_on: date, starts_on: date | None, ends_on: date | None
    ) -> None:
        """Take the campaign, its days and the day of creation."""
        super().__init__(
            f"Campaign {campaign_no} runs from {starts_on or 'no date'} to "
            f"{ends_on or 'no date'}; the opportunity was created on {created_on}."
        )


class CampaignNotActivatedError(PipelineError):
    """The campaign is not activated."""

    field = "campaign_no"

    def __init__(self, campaign_no: str) -> None:
        """Take the campaign."""
        super().__init__(f"Campaign {campaign_no} is not activated.")


class CampaignOrderError(PipelineError):
    """A campaign ends before it begins."""

    field = "ends_on"

    def __init__(self, no: str, starts_on: date, ends_on: date) -> None:
        """Take the campaign and its two days."""
        super().__init__(f"Campaign {no} would end on {ends_on}, before it begins on {starts_on}.")


class NumberSeriesOrderError(PipelineError):
    """The numbers of a series do not follow each other."""

    def __init__(self, code: str, why: str, field: str) -> None:
        """Take the series, what is wrong, and the field it is wrong in."""
        self.field = field
        super().__init__(f"Number series {code}: {why}.")


class StageMapError(PipelineError):
    """What a stage that is gone counts as cannot be read, or leads to no stage."""

    field = "value"

    def __init__(self, pair: str) -> None:
        """Take the part that cannot be followed."""
        super().__init__(
            f"“{pair}” does not say which stage one that is gone counts as. Write the sales cycle, "
            "the stage that is gone and the one it counts as, as in “NEW 9 > 3; NEW 8 > 2”."
        )


class CurrencyCodeError(PipelineError):
    """A currency is written as three letters."""

    field = "value"

    def __init__(self, currency: str) -> None:
        """Take what was given."""
        super().__init__(
            f"The currency “{currency}” is not three letters. Write its code, as EUR or USD."
        )


class QuoteTakenError(PipelineError):
    """A quote belongs to one opportunity."""

    field = "quote_no"

    def __init__(self, quote_no: str, opportunity_no: str) -> None:
        """Take the quote and the opportunity that has it."""
        super().__init__(f"Quote {quote_no} is already assigned to {opportunity_no}.")


class QuoteContactError(PipelineError):
    """The quote was made for another contact."""

    field = "quote_no"

    def __init__(self, quote_no: str, quote_contact_no: str, contact_no: str | None) -> None:
        """Take the quote, its contact and that of the opportunity."""
        super().__init__(
            f"Quote {quote_no} was made for contact {quote_contact_no}, not for "
            f"{contact_no or 'this opportunity'}."
        )


# --- numbers, set-up and deleting --------------------------------------------------------------


class NumberSeriesMissingError(PipelineError):
    """No number series gives opportunities their numbers."""

    field = "opportunity_no"

    def __init__(self) -> None:
        """Take nothing."""
        super().__init__(
            "The setting “opportunity_series” must name a number series before an opportunity "
            "can be created."
        )


class NumberSeriesEndedError(PipelineError):
    """The number series has given out its last number."""

    def __init__(self, series_code: str, ending_no: str) -> None:
        """Take the series and its last number."""
        super().__init__(f"Number series {series_code} ended at {ending_no}. Define a new one.")


class ManualNumberError(PipelineError):
    """The number series does not take typed numbers."""

    field = "no"

    def __init__(self, series_code: str) -> None:
        """Take the series."""
        super().__init__(f"Number series {series_code} gives the numbers; leave the number blank.")


class NumberTakenError(PipelineError):
    """The number belongs to something else."""

    field = "no"

    def __init__(self, number: str) -> None:
        """Take the number."""
        super().__init__(f"Number {number} is taken. Choose another one or leave it blank.")


class CodeTakenError(PipelineError):
    """The code belongs to another record of the same kind."""

    field = "code"

    def __init__(self, code: str) -> None:
        """Take the code."""
        self.code = code
        super().__init__(f"Code {code} is taken. Choose another one.")


class DeleteInProgressError(PipelineError):
    """An opportunity in progress cannot be deleted."""

    def __init__(self, opportunity_no: str) -> None:
        """Take the opportunity."""
        super().__init__(f"{opportunity_no} cannot be deleted while it is in progress. Close it.")


class SalesCycleInUseError(PipelineError):
    """A sales cycle with open opportunities cannot be removed."""

    def __init__(self, code: str, opportunities: int) -> None:
        """Take the cycle and the number of started, open opportunities in it."""
        self.code = code
        self.opportunities = opportunities
        super().__init__(
            f"Sales cycle {code} has {opportunities} open opportunities. "
            "Close or move them first, or block the cycle."
        )


class StageInUseError(PipelineError):
    """A stage that opportunities stand in cannot be removed."""

    def __init__(self, cycle_code: str, stage: int, opportunities: int) -> None:
        """Take the stage and the number of opportunities that stand in it."""
        self.cycle_code, self.stage = cycle_code, stage
        self.opportunities = opportunities
        super().__init__(
            f"Stage {stage} of sales cycle {cycle_code} has {opportunities} open opportunities. "
            "Move them on first."
        )


class CloseReasonInUseError(PipelineError):
    """A close reason that was used cannot be removed."""

    def __init__(self, code: str, opportunities: int) -> None:
        """Take the reason and the number of opportunities closed with it."""
        self.code = code
        super().__init__(f"Close reason {code} was used by {opportunities} opportunities.")


class CloseReasonOutcomeFixedError(PipelineError):
    """A close reason that was used keeps its outcome."""

    field = "outcome"

    def __init__(self, code: str, outcome: str, opportunities: int) -> None:
        """Take the reason, the outcome it has and the number of opportunities closed with it."""
        self.code = code
        super().__init__(
            f"{opportunities} opportunities were {outcome} for close reason {code}; it stays one "
            f"for {outcome}. Define another reason."
        )


class SalespersonInUseError(PipelineError):
    """A salesperson with open opportunities cannot be removed."""

    def __init__(self, code: str, opportunities: int) -> None:
        """Take the salesperson and the number of opportunities neither won nor lost."""
        self.code, self.opportunities = code, opportunities
        super().__init__(
            f"Salesperson {code} has {opportunities} open opportunities. Reassign or close them "
            "first, or block the salesperson."
        )


class TeamInUseError(PipelineError):
    """A team with members cannot be removed."""

    def __init__(self, code: str, members: Sequence[str]) -> None:
        """Take the team and the names of its members."""
        self.code, self.members = code, tuple(members)
        super().__init__(
            f"Team {code} has {len(members)} members: {', '.join(members)}. "
            "Give them another team first."
        )


class CampaignInUseError(PipelineError):
    """A campaign that opportunities came from cannot be removed."""

    def __init__(self, no: str, opportunities: int) -> None:
        """Take the campaign and the number of its opportunities."""
        self.no, self.opportunities = no, opportunities
        super().__init__(
            f"Campaign {no} has {opportunities} opportunities. Deactivate it instead, or take it "
            "from them first."
        )


class ActivityInUseError(PipelineError):
    """An activity that stages name cannot be removed."""

    def __init__(self, code: str, stages: Sequence[str]) -> None:
        """Take the activity and the stages that begin with it, each with its cycle."""
        self.code, self.stages = code, tuple(stages)
        super().__init__(
            f"Activity {code} belongs to {', '.join(stages)}. Take it from there first."
        )


class ContactInUseError(PipelineError):
    """A contact with open opportunities cannot be removed."""

    def __init__(self, no: str, opportunities: int) -> None:
        """Take the contact and the number of opportunities neither won nor lost."""
        self.no, self.opportunities = no, opportunities
        super().__init__(
            f"Contact {no} has {opportunities} open opportunities. Close them or give them "
            "another contact first."
        )


class ContactTypeError(PipelineError):
    """A contact that opportunities or persons are linked to keeps its type."""

    field = "type"

    def __init__(self, no: str, opportunities: int, persons: int) -> None:
        """Take the contact and the numbers of opportunities and persons linked to it."""
        self.no = no
        super().__init__(
            f"The type of contact {no} stays: {opportunities} opportunities and {persons} persons "
            "are linked to it. Make another contact."
        )


class NotACompanyError(PipelineError):
    """Only a company can have persons."""

    field = "company_no"

    def __init__(self, no: str) -> None:
        """Take the contact that was named as the company."""
        super().__init__(f"Contact {no} is a person. Choose a company.")


class StageOrderError(PipelineError):
    """An order of stages must name each stage of the cycle once."""

    field = "stages"

    def __init__(self, cycle_code: str, given: Sequence[int], known: Sequence[int]) -> None:
        """Take the cycle, the order that was given and the stages there are."""
        super().__init__(
            f"The order {', '.join(map(str, given)) or '(none)'} must name each stage of sales "
            f"cycle {cycle_code} once: {', '.join(map(str, known)) or 'none'}."
        )


# --- the store ---------------------------------------------------------------------------------


class StoreInUseError(PipelineError):
    """Another process has the store's file open."""

    def __init__(self, address: str, holder: str) -> None:
        """Take the address and what is known of the process that has it."""
        super().__init__(
            f"The store {address} is open in another process{holder}. One process writes at a "
            "time: stop the other one, or use the dashboard that is running."
        )


class StoreUnreadableError(PipelineError):
    """The address does not lead to a store."""

    def __init__(self, address: str, why: str) -> None:
        """Take the address and what DuckDB says of it."""
        super().__init__(f"The store {address} cannot be opened: {why}")


class StoreNewerError(PipelineError):
    """The store was written by a newer version of the product."""

    def __init__(self, address: str, version: int, known: int) -> None:
        """Take the address, the version of its schema and the newest one known here."""
        super().__init__(
            f"The store {address} has schema {version}; this version knows {known}. "
            "Install a newer version to open it."
        )


class StoreNotEmptyError(PipelineError):
    """A demo company is loaded only into an empty store."""

    def __init__(self, opportunities: int) -> None:
        """Take the number of opportunities that are there."""
        super().__init__(
            f"The store already holds {opportunities:,} opportunities. A demo company needs an "
            "empty store: choose another file with --store."
        )
