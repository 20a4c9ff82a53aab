"""A saved view: a page with everything its address says, under a name."""

from dataclasses import dataclass

from pipeline.domain.errors import PipelineError

LONGEST_NAME = 60
LONGEST_QUERY = 25_000
"""The characters an address may have behind its question mark; a query in SQL fits."""


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """One saved view, as a person sees it in the list."""

    id: int
    name: str
    page: str
    """The page by the name of its script: `weighted_pipeline`."""
    query: str
    """What stands behind the question mark of its address."""
    by: str
    """Who saved it."""
    shared: bool
    """Whether everybody sees it, or its owner only."""


class UnknownViewError(PipelineError):
    """A view is not there, or not any more."""

    def __init__(self) -> None:
        """Say what may have happened."""
        super().__init__("This view is not there any more; somebody may have removed it.")


class ViewNameTakenError(PipelineError):
    """There is a view of this name already among those the person sees."""

    field = "name"

    def __init__(self, name: str, by: str) -> None:
        """Take the name and who saved it."""
        super().__init__(f"There is a view “{name}” already, saved by {by}. Choose another name.")


class OthersViewError(PipelineError):
    """A view may be changed by whoever saved it."""

    def __init__(self, name: str, by: str) -> None:
        """Take the view's name and who saved it."""
        super().__init__(
            f"The view “{name}” was saved by {by}; only they can rename or remove it. "
            "Save one of your own instead."
        )
