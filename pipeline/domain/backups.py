"""Why a backup cannot be made, trusted or put in place."""

from pipeline.domain.errors import PipelineError


class BackupMissingError(PipelineError):
    """There is no file where the backup should be."""

    def __init__(self, path: str) -> None:
        """Take the path."""
        super().__init__(f"There is no backup {path}. Check the name and the folder.")


class BackupDamagedError(PipelineError):
    """The file is no store, or not one that can be trusted."""

    def __init__(self, path: str, why: str) -> None:
        """Take the path and what was found."""
        super().__init__(f"The backup {path} is damaged and was not used: {why}")


class BackupNotEqualError(PipelineError):
    """A table of the backup is not what it was when the backup was made."""

    def __init__(self, path: str, table: str, expected: int, found: int) -> None:
        """Take the path, the table, and its rows as they should be and as they are."""
        what = (
            f"it has {found:,} rows and should have {expected:,}"
            if expected != found
            else "some of its values were changed"
        )
        super().__init__(
            f"The backup {path} is not what was backed up and was not used: table {table}, {what}."
        )


class WouldOverwriteError(PipelineError):
    """A store is replaced only when that is asked for."""

    def __init__(self, address: str) -> None:
        """Take the address of the store that is there."""
        super().__init__(
            f"There is a store {address} already. With --force the backup takes its place, and the "
            "store that is there is kept beside it; or name another place with --store."
        )


class MemoryStoreError(PipelineError):
    """A store in memory ends with its process."""

    def __init__(self) -> None:
        """Take nothing."""
        super().__init__("A backup is restored into a file: name one with --store.")
