"""`pipeline quotas FILE`: set the quotas of a file, or write one to fill in."""

import argparse
from datetime import date
from pathlib import Path

from pipeline.commands import carry_out
from pipeline.importing import quotas
from pipeline.store import Session

_BY = "command line"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `quotas` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV or Excel file of quotas")
    parser.add_argument(
        "--template", action="store_true", help="write a file to fill in instead of reading one"
    )
    parser.add_argument("--by", default=_BY, metavar="NAME", help="who sets them")


def run(store: Session, options: argparse.Namespace, today: date) -> int:
    """Set them, all or none. Raises `QuotaFileError`, `QuotaRowError`."""
    known = quotas.known(store, today)
    if options.template:
        options.file.write_text(quotas.template(known, today), encoding="utf-8")
        print(f"{options.file} is there to be filled in.")  # noqa: T201 - a command line prints
        return 0
    wish = quotas.read_quota_file(options.file, known)
    carry_out(store, wish, by=options.by, today=today)
    print(f"{len(wish.rows)} quotas are set.")  # noqa: T201 - a command line prints
    return 0
