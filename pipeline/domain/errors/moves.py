"""Moving an opportunity through its cycle."""

from collections.abc import Sequence
from datetime import date

from pipeline.domain.errors.refusal import PipelineError
from pipeline.domain.words import counted


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
        self.opportunity_no = opportunity_no
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
            f"Others were writing at the same moment ({counted(tries, 'try')}). Nothing was "
            "recorded; try again."
        )
