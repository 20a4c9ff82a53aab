"""Time things: the median of several runs, and how the figures are printed."""

import statistics
import time
from collections.abc import Callable, Sequence

RUNS = 7


def median_ms(work: Callable[[], object], runs: int = RUNS) -> float:
    """Give the median time of a piece of work in milliseconds, after one run to warm up."""
    work()
    return statistics.median(timed_ms(work) for _ in range(runs))


def timed_ms(work: Callable[[], object]) -> float:
    """Give the time of one run in milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table as plain text, right-aligned but for its first column."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    print(f"\n{title}")
    for line in lines:
        cells = [
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  " + "  ".join(cells))
