"""Why two opportunities cannot become one, or one two again."""

from pipeline.domain.errors.refusal import PipelineError


class SameOpportunityError(PipelineError):
    """An opportunity is not merged with itself."""

    field = "loser_no"

    def __init__(self, no: str) -> None:
        """Take the number that was given twice."""
        super().__init__(f"Opportunity {no} cannot be merged with itself. Choose another one.")


class WinWouldGoError(PipelineError):
    """A win does not leave the statistics with a merge."""

    field = "survivor_no"

    def __init__(self, loser_no: str, survivor_no: str) -> None:
        """Take the won opportunity, and the one it would go into."""
        super().__init__(
            f"Opportunity {loser_no} is won and {survivor_no} is not: the win would be lost. Let "
            f"{loser_no} be the one that stays."
        )


class NotMergedError(PipelineError):
    """Only what was merged is taken apart."""

    field = "loser_no"

    def __init__(self, no: str) -> None:
        """Take the number of the opportunity."""
        super().__init__(f"Opportunity {no} is not merged into another one.")


class SurvivorGoneError(PipelineError):
    """What went into an opportunity cannot come out once that one is gone itself."""

    def __init__(self, loser_no: str, survivor_no: str) -> None:
        """Take both numbers."""
        super().__init__(
            f"Opportunity {survivor_no}, into which {loser_no} was merged, is not there any more. "
            "Bring it back first."
        )
