"""The store and its files."""

from pipeline.domain.errors.refusal import PipelineError
from pipeline.domain.words import counted


class StoreInUseError(PipelineError):
    """Another process has the store's file open."""

    def __init__(self, address: str, holder: str) -> None:
        """Take the address and what is known of the process that has it."""
        super().__init__(
            f"The store {address} is open in another process{holder}. One process writes at a "
            "time: stop the other one, or use the dashboard that is running."
        )


class StoreUnreadableError(PipelineError):
    """The address does not lead to a store."""

    def __init__(self, address: str, why: str) -> None:
        """Take the address and what DuckDB says of it."""
        super().__init__(f"The store {address} cannot be opened: {why}")


class StoreNewerError(PipelineError):
    """The store was written by a newer version of the product."""

    def __init__(self, address: str, version: int, known: int) -> None:
        """Take the address, the version of its schema and the newest one known here."""
        super().__init__(
            f"The store {address} has schema {version}; this version knows {known}. "
            "Install a newer version to open it."
        )


class StoreNotEmptyError(PipelineError):
    """A demo company is loaded only into an empty store."""

    def __init__(self, opportunities: int) -> None:
        """Take the number of opportunities that are there."""
        super().__init__(
            f"The store already holds {counted(opportunities, 'opportunity')}. A demo company "
            "needs an empty store: choose another file with --store."
        )
