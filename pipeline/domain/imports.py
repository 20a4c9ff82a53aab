"""What an import leaves behind to be undone by, and why it sometimes cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.domain.errors import PipelineError

_MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True)
class ImportedFile:
    """A file that was imported, as it was."""

    name: str
    content: bytes


class UnknownImportError(PipelineError):
    """No import has this number."""

    def __init__(self, batch_id: int) -> None:
        """Take the number that was given."""
        super().__init__(
            f"There is no import {batch_id}. “pipeline imports” lists those there are."
        )


class ImportUndoneError(PipelineError):
    """An import is undone once."""

    def __init__(self, batch_id: int, at: datetime, by: str) -> None:
        """Take the import, and when and by whom it was undone."""
        super().__init__(f"Import {batch_id} was undone on {at:%Y-%m-%d} by {by} already.")


class ImportBuiltOnError(PipelineError):
    """Somebody went on with what an import brought, so that it cannot be taken back."""

    def __init__(self, batch_id: int, reasons: Sequence[str]) -> None:
        """Take the import and what was built on it, a sentence without its stop for each."""
        self.reasons = tuple(reasons)
        more = len(reasons) - _MOST_NAMED
        tail = f"; and {more:,} more" if more > 0 else ""
        super().__init__(
            f"Import {batch_id} cannot be undone, for work was built on it since: "
            f"{'; '.join(reasons[:_MOST_NAMED])}{tail}. Nothing was changed."
        )


class FilesNotKeptError(PipelineError):
    """An import can be done again only from files that were kept."""

    def __init__(self, batch_id: int, names: Sequence[str]) -> None:
        """Take the import and the files that were too large to be kept."""
        super().__init__(
            f"Import {batch_id} cannot be done again from its kept files: "
            f"{', '.join(names) or 'none'} was not kept. Undo it, and import the files anew."
        )
