"""`pipeline imports`: list the imports there were, undo one, do one again from its kept files."""

import argparse
from datetime import UTC, date, datetime

from pipeline.store import Session, import_record


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--undo", type=int, metavar="NUMBER", help="take an import back")
    what.add_argument(
        "--again", type=int, metavar="NUMBER", help="import its kept files anew, in its place"
    )
    parser.add_argument(
        "--profile", metavar="NAME", help="with --again: the mended mapping (a name or TOML file)"
    )
    parser.add_argument("--by", metavar="CODE", default="IMPORT", help="who asks for it")
    parser.add_argument("--today", type=date.fromisoformat, metavar="DATE", help="the work date")


def run(store: Session, arguments: argparse.Namespace) -> int:
    """List, undo or repeat. Raises the `PipelineError` that refuses; nothing was changed then."""
    from pipeline.commands import UndoImport, carry_out  # noqa: PLC0415 - pandas is slow to load

    today = arguments.today or datetime.now(UTC).astimezone().date()
    if arguments.undo is not None:
        carry_out(store, UndoImport(batch_id=arguments.undo), by=arguments.by, today=today)
        print(f"Import {arguments.undo} is undone.")  # noqa: T201 - a command line prints
    elif arguments.again is not None:
        _again(store, arguments, today)
    else:
        print(_listed(store))  # noqa: T201
    return 0


def _again(store: Session, arguments: argparse.Namespace, today: date) -> None:
    from pipeline.commands import carry_out  # noqa: PLC0415 - pandas is slow to load
    from pipeline.importing import batch  # noqa: PLC0415 - the same

    chosen = batch.profile_called(store, arguments.profile) if arguments.profile else None
    command = batch.again(store, arguments.again, profile=chosen, by=arguments.by, today=today)
    (recorded,) = carry_out(store, command, by=arguments.by, today=today)
    print(f"Import {arguments.again} is undone, and its files are import {recorded.no} now.")  # noqa: T201


def _listed(store: Session) -> str:
    past = import_record.past_imports(store)
    undone = past["undone_by"].notna().map({True: ", undone", False: ""})
    lines = [
        f"{row['batch_id']}  {row['imported_at']:%Y-%m-%d %H:%M}  {row['opportunities']:,} "
        f"opportunities, {row['transitions']:,} transitions from {row['files']} "
        f"({row['source']}, by {row['imported_by']}){row['note']}"
        for row in past.assign(note=undone).to_dict("records")
    ]
    return "\n".join(lines) or "Nothing was imported yet."
