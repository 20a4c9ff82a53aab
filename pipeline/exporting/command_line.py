"""`pipeline export`, `pipeline backup` and `pipeline restore`: everything out, safe, and back."""

import argparse
from pathlib import Path

from pipeline.store import Session


def add_export_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `export` takes."""
    parser.add_argument(
        "--format",
        choices=("csv", "xlsx", "parquet"),
        default="csv",
        help="csv and parquet: a zip of tables; xlsx: a sheet for each (default: %(default)s)",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file")


def add_backup_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `backup` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a new file")


def add_restore_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what `restore` takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup")
    parser.add_argument(
        "--force",
        action="store_true",
        help="take the place of the store that is there; it is kept beside the new one",
    )


def run_export(store: Session, options: argparse.Namespace) -> int:
    """Write everything into one file. Raises what `export` refuses with."""
    from pipeline.exporting.export import export  # noqa: PLC0415 - Arrow is slow to load

    tables = export(store, options.format, options.out)
    print(f"{tables} tables are in {options.out}.")  # noqa: T201 - a command line prints
    return 0


def run_backup(store: Session, options: argparse.Namespace) -> int:
    """Make a backup and prove it equal. Raises what `back_up` refuses with."""
    from pipeline.store.backups import back_up  # noqa: PLC0415 - Arrow is slow to load

    made = back_up(store, options.file)
    print(f"The backup {made.path} is equal to the store. {made.finding}")  # noqa: T201
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Prove a backup and put it in place. Raises what `restore` refuses with."""
    from pipeline.store.backups import restore  # noqa: PLC0415 - Arrow is slow to load

    done = restore(options.file, options.store, force=options.force)
    print(f"The store {done.path} is restored. {done.finding}")  # noqa: T201
    if done.kept_aside:
        print(f"The store that was there is {done.kept_aside} now.")  # noqa: T201
    return 0
