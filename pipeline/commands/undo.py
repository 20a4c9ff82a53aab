"""Take back what was done together; taking back is a command too, and can be taken back."""

from dataclasses import dataclass

from pipeline.commands.desk import Desk, Recorded
from pipeline.store import undo


@dataclass(frozen=True, kw_only=True)
class UndoBatch:
    """Put everything a batch wrote as it was before, or do again what was undone.

    A batch is one command, or several that were carried out together. Numbers that were given are
    not given again. What was known before the undoing stays readable as of then.
    """

    batch_id: int
    """Of the batch, or of any that undid it or did it again: the newest of them is undone."""
    again: bool = False
    """Do again what was undone."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownBatchError`, `OthersBatchError`, `UndoneAlreadyError`, ….

        And `TooLongAgoError`, and `BuiltOnError` naming what, by whom and when.
        """
        undo.undo(desk.session, self.batch_id, desk.stamp, again=self.again)
        return Recorded(what="batch", no=str(self.batch_id))
