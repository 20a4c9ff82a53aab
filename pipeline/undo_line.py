"""`pipeline undo`: list what was done in the last hours, show what undoing restores, undo it."""

import argparse
import sys
from datetime import UTC, date, datetime

from pipeline.store import Session, records


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument(
        "batch", type=int, nargs="?", metavar="BATCH", help="what to undo; none: list them"
    )
    parser.add_argument("--again", action="store_true", help="do again what was undone")
    parser.add_argument("--yes", action="store_true", help="do not ask before undoing")
    parser.add_argument(
        "--by", metavar="CODE", help="who asks for it (default: the company's default owner)"
    )
    parser.add_argument("--today", type=date.fromisoformat, metavar="DATE", help="the work date")


def run(store: Session, arguments: argparse.Namespace) -> int:
    """List or undo. Raises the `PipelineError` that refuses; nothing was changed then."""
    if arguments.batch is None:
        print(_listed(store, arguments.by))  # noqa: T201 - a command line prints
        return 0
    return _undo(store, arguments)


def _undo(store: Session, arguments: argparse.Namespace) -> int:
    from pipeline.commands import UndoBatch, carry_out  # noqa: PLC0415 - pandas is slow to load
    from pipeline.reports import recent_changes as recent  # noqa: PLC0415 - the same

    wish = UndoBatch(batch_id=arguments.batch, again=arguments.again)
    found = recent.change(store, arguments.batch)
    print(found.words)  # noqa: T201
    print(recent.restores(store, found.batch).to_string(index=False))  # noqa: T201
    if not arguments.yes and not _agreed():
        print("Nothing was changed; --yes undoes it without asking.")  # noqa: T201
        return 0
    today = arguments.today or datetime.now(UTC).astimezone().date()
    carry_out(store, wish, by=arguments.by or _somebody(store), today=today)
    print("It is done again." if arguments.again else "It is undone.")  # noqa: T201
    return 0


def _agreed() -> bool:
    return sys.stdin.isatty() and input("Undo this? [y/N] ").strip().lower() in ("y", "yes")


def _somebody(store: Session) -> str:
    return records.setting(store, "default_owner") or "unknown"


def _listed(store: Session, by: str | None) -> str:
    from pipeline.reports import recent_changes as recent  # noqa: PLC0415 - pandas is slow to load

    now = datetime.now(UTC).replace(tzinfo=None)
    lines = [
        f"{one.batch.id}  {one.batch.at:%Y-%m-%d %H:%M}  {one.batch.by}  {one.words}"
        f"{', undone' if one.batch.is_undone else ''}"
        for one in recent.recent_changes(store, now=now, by=by)
    ]
    return "\n".join(lines) or "Nothing was done that could be undone."
