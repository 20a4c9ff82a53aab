"""A report written where it is wanted, in its format."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.domain.errors import PipelineError

if TYPE_CHECKING:
    from pipeline.reports.report import Report


class UnwritableError(PipelineError):
    """A file cannot be written where somebody wants it."""

    def __init__(self, path: Path, error: OSError) -> None:
        """Take the path and what the system says."""
        super().__init__(
            f"{path} cannot be written: {(error.strerror or str(error)).lower()}. "
            "Name a file in a folder that is there."
        )


def show(table: "Report", options: argparse.Namespace) -> None:
    """Write a report in its format to where it is wanted."""
    from pipeline.reports.printing import printed

    content = printed(table, options.format)
    if options.out:
        write(options.out, content)
        print(f"Written to {options.out}.")
    else:
        sys.stdout.buffer.write(content)


def write(path: Path, content: bytes) -> None:
    """Write a file. Raises `UnwritableError`."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UnwritableError(path, error) from error
