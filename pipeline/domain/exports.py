"""Why an export cannot be written, or cannot be read back."""

from pipeline.domain.errors import PipelineError


class StoreInUseAlreadyError(PipelineError):
    """An export is read back into an empty store only."""

    def __init__(self, table: str, rows: int) -> None:
        """Take the table that holds something, and how many rows."""
        super().__init__(
            f"These files are an export of a whole store, and the store here is not empty: it has "
            f"{rows:,} {table.replace('_', ' ')}. Name a new store with --store."
        )


class NotAnExportError(PipelineError):
    """The files look like an export and do not make a store."""

    def __init__(self, what: str, why: str) -> None:
        """Take the part that is wrong, and what is wrong with it."""
        super().__init__(f"This export cannot be read back: {what}: {why}. Nothing was recorded.")


class TooMuchForExcelError(PipelineError):
    """A sheet has 1,048,576 rows, and a cell 32,767 characters."""

    def __init__(self, table: str, much: int, what: str) -> None:
        """Take the table, how much there is in it, and of what."""
        super().__init__(
            f"Table {table} has {much:,} {what}, which a workbook cannot hold. "
            "Export as csv or parquet."
        )


class FileThereError(PipelineError):
    """Nothing is written over a file that is there."""

    def __init__(self, path: str) -> None:
        """Take the path."""
        super().__init__(f"There is a file {path} already. Name another one, or remove it first.")


class FileEndingError(PipelineError):
    """A file's name says that it holds something else than an export."""

    def __init__(self, path: str, kind: str, ending: str) -> None:
        """Take the path, the kind of export and how its file has to end."""
        super().__init__(
            f"An export as {kind} is a file that ends in {ending}; {path} does not. Rename it."
        )


class CannotWriteError(PipelineError):
    """The system does not let the file be written."""

    def __init__(self, path: str, why: str) -> None:
        """Take the path and what the system says."""
        super().__init__(f"{path} cannot be written: {why}.")
