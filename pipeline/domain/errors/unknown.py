"""Codes and numbers that name nothing."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import ClassVar

from pipeline.domain.errors.refusal import PipelineError


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
