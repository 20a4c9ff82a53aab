"""Where a card of the board cannot be dropped, and why."""

from collections.abc import Sequence

from pipeline.domain.errors.refusal import PipelineError


class StartsInFirstStageError(PipelineError):
    """What is not started enters its cycle by the first stage."""

    field = "stage"

    def __init__(self, first: str) -> None:
        """Take the name of the first stage."""
        super().__init__(f"An opportunity that is not started begins in {first}. Move it there.")


class StaysStartedError(PipelineError):
    """What is started cannot become a draft again."""

    field = "stage"

    def __init__(self) -> None:
        """Take nothing."""
        super().__init__(
            "It is started and cannot go back to “Not started”. Open it to take its last change "
            "back."
        )


class StageNotSkippedError(PipelineError):
    """A stage on the way must not be skipped."""

    field = "stage"

    def __init__(self, wanted: str, on_the_way: Sequence[str]) -> None:
        """Take the stage that was wanted and those on the way that must not be skipped."""
        names = " and ".join(on_the_way)
        super().__init__(
            f"It cannot go straight to {wanted}: {names} must not be skipped. "
            f"Move it to {on_the_way[0]} first."
        )


class StaysWhereItIsError(PipelineError):
    """The card was dropped where it stands."""

    field = "stage"

    def __init__(self, stage: str) -> None:
        """Take the stage it stands in."""
        super().__init__(f"It stands in {stage} already.")


class NotOnTheWayError(PipelineError):
    """No move leads to the place at all."""

    field = "stage"

    def __init__(self, wanted: str) -> None:
        """Take the place in words."""
        super().__init__(f"No move leads to {wanted} from where it stands.")


class DayUnreadableError(PipelineError):
    """What was typed is no day."""

    def __init__(self, label: str, field: str, typed: str) -> None:
        """Take the field and what stands in it."""
        self.field = field
        super().__init__(f"{label} “{typed}” is no day. Write it as 2026-01-31.")
