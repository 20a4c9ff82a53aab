"""Why something that was done cannot be taken back."""

from collections.abc import Sequence
from datetime import datetime

from pipeline.domain.errors.refusal import PipelineError

_MOST_NAMED = 5


class UnknownBatchError(PipelineError):
    """No batch has this number, or nothing of it was noted to be undone by."""

    def __init__(self, batch_id: int) -> None:
        """Take the number that was given."""
        super().__init__(
            f"There is nothing to undo under number {batch_id}. “pipeline undo” lists what can be "
            "undone; an import is undone on the page Import."
        )


class OthersBatchError(PipelineError):
    """People take back what they did themselves."""

    def __init__(self, command: str, by: str) -> None:
        """Take what was done, in words, and by whom."""
        super().__init__(
            f"“{command}” was done by {by} and is not yours to undo. Ask {by}, or change it back."
        )


class UndoneAlreadyError(PipelineError):
    """What was taken back is not taken back again."""

    def __init__(self, command: str, at: datetime, by: str) -> None:
        """Take what was done, in words, and when (UTC) and by whom it was undone."""
        super().__init__(f"“{command}” was undone on {at:%Y-%m-%d at %H:%M} by {by} already.")


class TooLongAgoError(PipelineError):
    """What was done long ago has grown into the company's history."""

    def __init__(self, command: str, at: datetime, hours: int) -> None:
        """Take what was done, when (UTC), and for how many hours it could be undone."""
        super().__init__(
            f"“{command}” was done on {at:%Y-%m-%d at %H:%M}. It could be undone for {hours:,} "
            "hours; change it back instead, or raise the setting undo_hours."
        )


class BuiltOnError(PipelineError):
    """Somebody went on with what was done, so that it cannot be taken back."""

    def __init__(self, command: str, reasons: Sequence[str]) -> None:
        """Take what was done, in words, and what was built on it: what, by whom and when."""
        self.reasons = tuple(reasons)
        more = len(reasons) - _MOST_NAMED
        tail = f"; and {more:,} more" if more > 0 else ""
        super().__init__(
            f"“{command}” cannot be undone, for work was built on it since: "
            f"{'; '.join(reasons[:_MOST_NAMED])}{tail}. Undo that first."
        )
