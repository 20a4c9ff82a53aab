"""`pipeline import FILE...`: show what would happen, ask, import as one batch."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.domain.words import counted
from pipeline.store import Session, records

if TYPE_CHECKING:
    from pipeline.importing.draft import Answers
    from pipeline.importing.errors import OutcomeUnknownError
    from pipeline.importing.own_export import OwnExport
    from pipeline.importing.plan import ImportPlan

DONE, STOPPED = 0, 1
_STEPS = 6
_NOBODY = "IMPORT"
"""Who imports when nobody says."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the exported tables")
    parser.add_argument(
        "--profile", metavar="NAME", help="a known source or a TOML file (default: recognised)"
    )
    parser.add_argument(
        "--won",
        action="append",
        default=[],
        metavar="STAGE",
        help="a stage that means won, again for each; none where no stage does",
    )
    parser.add_argument(
        "--lost",
        action="append",
        default=[],
        metavar="STAGE",
        help="a stage that means lost, again for each; none where no stage does",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would happen, and stop")
    parser.add_argument("--yes", action="store_true", help="import without asking")
    parser.add_argument(
        "--refused",
        type=Path,
        metavar="FILE.csv",
        help="write the rows that cannot be taken here, each with its number and the reason",
    )
    parser.add_argument("--by", metavar="CODE", default=_NOBODY, help="who imports")
    parser.add_argument(
        "--today", type=date.fromisoformat, metavar="DATE", help="the day of the import"
    )


def run(store: Session, arguments: argparse.Namespace) -> int:
    """Import the files of the command line; 0 when nothing was left undone that was asked for.

    Raises the `PipelineError` that stops the import; then nothing was recorded.
    """
    from pipeline.importing.summary import summary  # noqa: PLC0415 - pandas is slow to load

    _refuse_stranger(store, arguments.by)
    today = arguments.today or datetime.now(UTC).astimezone().date()
    if (whole := _own_export(arguments.files)) is not None:
        return _read_back(store, whole, arguments, today)
    plan = _planned(store, arguments, today)
    print(summary(plan))  # noqa: T201 - a command line prints
    if arguments.refused is not None:
        _write_refused(plan, arguments.refused)
    if arguments.dry_run or not plan.commands:
        return DONE
    if not (arguments.yes or _yes("Import this? [y/N] ")):
        print("Nothing was imported.")  # noqa: T201
        return STOPPED
    _import(store, plan, arguments, today)
    return DONE


def _refuse_stranger(store: Session, code: str) -> None:
    """Raise `UnknownSalespersonError` for a code of nobody, once there are salespeople."""
    if code != _NOBODY and store.one("select 1 from salespeople limit 1"):
        records.salesperson(store, code)


def _own_export(files: list[Path]) -> "OwnExport | None":
    """Give the export of a whole store that a single file may be."""
    from pipeline.importing.own_export import own_export  # noqa: PLC0415 - Arrow is slow to load

    if len(files) != 1 or not files[0].is_file():
        return None
    return own_export(files[0])


def _read_back(
    store: Session, whole: "OwnExport", arguments: argparse.Namespace, today: date
) -> int:
    from pipeline.commands import carry_out  # noqa: PLC0415 - pandas is slow to load

    what = f"{counted(whole.opportunities, 'opportunity')} with "
    what += counted(whole.transitions, "transition")
    print(f"An export of a whole store: {what}.")  # noqa: T201
    if arguments.dry_run:
        return DONE
    if not (arguments.yes or _yes("Read it back into this store? [y/N] ")):
        print("Nothing was imported.")  # noqa: T201
        return STOPPED
    carry_out(store, whole.command(), by=arguments.by, today=today)
    print(f"{what} were read back.")  # noqa: T201
    return DONE


def _planned(store: Session, arguments: argparse.Namespace, today: date) -> "ImportPlan":
    from pipeline.importing.draft import plan_import  # noqa: PLC0415 - pandas is slow to load
    from pipeline.importing.errors import OutcomeUnknownError  # noqa: PLC0415 - the same

    try:
        with _progress() as step:
            return plan_import(
                store,
                arguments.files,
                answers=_answers(store, arguments),
                by=arguments.by,
                today=today,
                progress=step,
            )
    except OutcomeUnknownError as open_question:
        if arguments.yes or not sys.stdin.isatty():
            raise
        arguments.won, arguments.lost = _asked(open_question)
        return _planned(store, arguments, today)


def _asked(question: "OutcomeUnknownError") -> tuple[list[str], list[str]]:
    """Ask of each stage that sounds like it whether it means won or lost.

    Raises the question again when nothing was said, so that its sentence tells what to do.
    """
    won = [stage for stage in question.won if _yes(f"Does “{stage}” mean won? [y/N] ")]
    lost = [stage for stage in question.lost if _yes(f"Does “{stage}” mean lost? [y/N] ")]
    if not won and not lost:
        raise question
    return won, lost


def _answers(store: Session, arguments: argparse.Namespace) -> "Answers":
    from pipeline.importing.batch import profile_called, with_saved  # noqa: PLC0415 - pandas
    from pipeline.importing.draft import Answers  # noqa: PLC0415 - the same

    chosen = profile_called(store, arguments.profile) if arguments.profile else None
    said = Answers(profile=chosen, won=tuple(arguments.won), lost=tuple(arguments.lost))
    return with_saved(store, said, arguments.files)


def _yes(question: str) -> bool:
    """Ask; no answer, as in a script, is no."""
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        print()  # noqa: T201
        return False


def _import(store: Session, plan: "ImportPlan", arguments: argparse.Namespace, today: date) -> None:
    from pipeline.commands import carry_out  # noqa: PLC0415 - pandas is slow to load
    from pipeline.importing.batch import files_of, import_of  # noqa: PLC0415 - the same

    with _progress() as step:
        step("Recording")
        asked = import_of(plan, files_of(arguments.files))
        (recorded,) = carry_out(store, asked, by=arguments.by, today=today)
    print(_done(plan))  # noqa: T201
    print(f"Take it back with: pipeline imports --undo {recorded.no}")  # noqa: T201


def _done(plan: "ImportPlan") -> str:
    """Say what was recorded: new opportunities, and older ones that went on."""
    count = len(plan.opportunities)
    were = "was" if count == 1 else "were"
    said = (
        f"{counted(count, 'opportunity')} {were} imported with "
        f"{counted(len(plan.transitions), 'transition')}."
    )
    older = plan.continued["external_id"].nunique()
    if not older:
        return said
    went = "opportunity imported before goes" if older == 1 else "opportunities imported before go"
    return f"{said} {older:,} {went} on with {counted(len(plan.continued), 'transition')}."


def _write_refused(plan: "ImportPlan", target: Path) -> None:
    """Write the refused rows, a file for each table that has any."""
    from pipeline.importing.refused import write_refused  # noqa: PLC0415 - pandas is slow to load

    for path, rows in write_refused(plan, target):
        print(f"Refused: {counted(rows, 'row')}, in {path}.")  # noqa: T201


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show the steps as a bar on a terminal; elsewhere show nothing."""
    from rich.console import Console  # noqa: PLC0415 - slow to load
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description:32}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task("Starting", total=_STEPS)

        def step(name: str) -> None:
            bar.update(task, description=name, advance=1)

        yield step
