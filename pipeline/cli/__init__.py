"""The command line: every way to use the product without a browser, and the one that starts it."""

import os
import sys
from collections.abc import Sequence

from pipeline.cli.arguments import Run, parser
from pipeline.domain.errors import PipelineError

__all__ = ["main", "parser"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. A refusal is one sentence on standard error and exit code 1."""
    options = parser().parse_args(arguments)
    run: Run = options.run
    try:
        return run(options)
    except PipelineError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:
        _silence_standard_output()
        return 0


def _silence_standard_output() -> None:
    """Whoever read our output has stopped; say nothing more, not even at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
