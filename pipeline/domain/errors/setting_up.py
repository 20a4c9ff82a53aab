"""Numbers, set-up and deleting."""

from collections.abc import Sequence

from pipeline.domain.errors.refusal import PipelineError
from pipeline.domain.words import counted


class NumberSeriesMissingError(PipelineError):
    """No number series gives numbers to what is made."""

    field = "opportunity_no"

    def __init__(self, setting: str = "opportunity_series") -> None:
        """Take the setting that names no number series."""
        noun = setting.removesuffix("_series")
        article = "an" if noun[0] in "aeiou" else "a"
        super().__init__(
            f"The setting “{setting}” must name a number series before {article} {noun} "
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
        self.opportunity_no = opportunity_no
        super().__init__(f"{opportunity_no} cannot be deleted while it is in progress. Close it.")


class SalesCycleInUseError(PipelineError):
    """A sales cycle with open opportunities cannot be removed."""

    def __init__(self, code: str, opportunities: int) -> None:
        """Take the cycle and the number of started, open opportunities in it."""
        self.code = code
        self.opportunities = opportunities
        super().__init__(
            f"Sales cycle {code} has {counted(opportunities, 'open opportunity')}. "
            f"Close or move {'it' if opportunities == 1 else 'them'} first, or block the cycle."
        )


class StageInUseError(PipelineError):
    """A stage that opportunities stand in cannot be removed."""

    def __init__(self, cycle_code: str, stage: int, opportunities: int) -> None:
        """Take the stage and the number of opportunities that stand in it."""
        self.cycle_code, self.stage = cycle_code, stage
        self.opportunities = opportunities
        super().__init__(
            f"Stage {stage} of sales cycle {cycle_code} has "
            f"{counted(opportunities, 'open opportunity')}. Move on what stands there first."
        )


class CloseReasonInUseError(PipelineError):
    """A close reason that was used cannot be removed."""

    def __init__(self, code: str, opportunities: int) -> None:
        """Take the reason and the number of opportunities closed with it."""
        self.code = code
        super().__init__(
            f"Close reason {code} was used by {counted(opportunities, 'opportunity')}. "
            "It stays, so that they keep their reason."
        )


class CloseReasonOutcomeFixedError(PipelineError):
    """A close reason that was used keeps its outcome."""

    field = "outcome"

    def __init__(self, code: str, outcome: str, opportunities: int) -> None:
        """Take the reason, the outcome it has and the number of opportunities closed with it."""
        self.code = code
        super().__init__(
            f"{counted(opportunities, 'opportunity')} {'was' if opportunities == 1 else 'were'} "
            f"{outcome} for close reason {code}; it stays one "
            f"for {outcome}. Define another reason."
        )


class SalespersonInUseError(PipelineError):
    """A salesperson with open opportunities cannot be removed."""

    def __init__(self, code: str, opportunities: int) -> None:
        """Take the salesperson and the number of opportunities neither won nor lost."""
        self.code, self.opportunities = code, opportunities
        super().__init__(
            f"Salesperson {code} has {counted(opportunities, 'open opportunity')}. Reassign or "
            f"close {'it' if opportunities == 1 else 'them'} first, or block the salesperson."
        )


class TeamInUseError(PipelineError):
    """A team with members cannot be removed."""

    def __init__(self, code: str, members: Sequence[str]) -> None:
        """Take the team and the names of its members."""
        self.code, self.members = code, tuple(members)
        super().__init__(
            f"Team {code} has {counted(len(members), 'member')}: {', '.join(members)}. "
            "Give every one of them another team first."
        )


class CampaignInUseError(PipelineError):
    """A campaign that opportunities came from cannot be removed."""

    def __init__(self, no: str, opportunities: int) -> None:
        """Take the campaign and the number of its opportunities."""
        self.no, self.opportunities = no, opportunities
        super().__init__(
            f"Campaign {no} has {counted(opportunities, 'opportunity')}. Deactivate it instead, or "
            f"take it from {'it' if opportunities == 1 else 'them'} first."
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
            f"Contact {no} has {counted(opportunities, 'open opportunity')}. Close "
            f"{'it or give it' if opportunities == 1 else 'them or give them'} "
            "another contact first."
        )


class ContactTypeError(PipelineError):
    """A contact that opportunities or persons are linked to keeps its type."""

    field = "type"

    def __init__(self, no: str, opportunities: int, persons: int) -> None:
        """Take the contact and the numbers of opportunities and persons linked to it."""
        self.no = no
        super().__init__(
            f"The type of contact {no} stays: {counted(opportunities, 'opportunity')} and "
            f"{counted(persons, 'person')} are linked to it. Make another contact."
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
