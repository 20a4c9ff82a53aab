"""Contacts, people and campaigns."""

from datetime import date

from pipeline.domain.errors.refusal import PipelineError


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
