"""Measure the product at full size: `make bench`, or `python -m benchmarks.run --opportunities N`.

The simulated company is made once for a size and a seed and kept in benchmarks/results; commands
are timed on a copy.
"""

import argparse
import resource
import shutil
import tempfile
from datetime import date
from pathlib import Path

from benchmarks import board, commands, entry, forecast, pages, reports, sheet, survival
from benchmarks.measure import table, timed_ms
from pipeline.demo.simulator import simulate
from pipeline.store import Store

RESULTS = Path(__file__).parent / "results"
TODAY = date(2026, 11, 24)
SEED = 1
PARTS = ["reports", "forecast", "commands", "pages", "entry", "sheet"]


def main() -> None:
    """Make the company where it is missing, then time reports, commands and pages."""
    wanted = _arguments()
    if "board" in wanted.only:
        with tempfile.TemporaryDirectory() as folder:
            board.run(Path(folder), TODAY)
    if set(wanted.only) == {"board"}:
        return
    company = _company(wanted.opportunities)
    if "reports" in wanted.only:
        with Store.open(company) as store:
            reports.run(store, TODAY)
            survival.run(store, TODAY)
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        copy = Path(shutil.copy(company, folder))
        if "forecast" in wanted.only:
            with Store.open(copy) as store:
                forecast.run(store, TODAY)
        if "commands" in wanted.only:
            with Store.open(copy) as store:
                commands.run(store, TODAY)
        if "pages" in wanted.only:
            pages.run(copy, TODAY)
        if "entry" in wanted.only:
            entry.run(copy, TODAY)
        if "sheet" in wanted.only:
            sheet.run(copy, TODAY)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the product at full size.")
    parser.add_argument("--opportunities", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="+", default=PARTS)
    return parser.parse_args()


def _company(opportunities: int) -> Path:
    """Give the file of the simulated company, made and timed where it is not there yet."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"company-{opportunities}-{SEED}-{TODAY}.duckdb"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        seconds = timed_ms(lambda: _simulate(unfinished, opportunities)) / 1000
        gibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        unfinished.rename(path)
        row = (f"{opportunities:,}", f"{seconds:.0f}", f"{gibibytes:.2f}")
        table("Simulating a company", ("opportunities", "s", "peak GiB"), [row])
    return path


def _simulate(path: Path, opportunities: int) -> None:
    with Store.open(path) as store:
        simulate(store, opportunities=opportunities, seed=SEED, today=TODAY)


if __name__ == "__main__":
    main()
