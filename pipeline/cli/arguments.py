"""What each command takes, and how what somebody typed is read."""

import argparse
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias

from pipeline.cli import running
from pipeline.cli.defaults import (
    DEFAULT_STORE,
    DEMO_OPPORTUNITIES,
    DEMO_SEED,
    FIRST_DAY,
    LAST_DAY,
)
from pipeline.cli.store import today

Run: TypeAlias = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def parser() -> argparse.ArgumentParser:
    """Give the parser of the whole command line."""
    made = argparse.ArgumentParser(
        prog="pipeline", description="The sales pipeline that tells the truth."
    )
    made.add_argument(
        "--store",
        metavar="ADDRESS",
        default=os.environ.get("PIPELINE_STORE", DEFAULT_STORE),
        help=f"the file that holds everything (default: {DEFAULT_STORE}, or $PIPELINE_STORE)",
    )
    commands = made.add_subparsers(metavar="COMMAND", required=True)
    for add in (
        _init,
        _demo,
        _import,
        _imports,
        _quotas,
        _undo,
        _export,
        _backup,
        _restore,
        _report,
        _bake_off,
        _sql,
        _check,
        _dashboard,
    ):
        add(commands)
    return made


def _command(commands: Commands, name: str, run: Run) -> argparse.ArgumentParser:
    """Add a command that is helped by the docstring of what it runs."""
    words = " ".join((run.__doc__ or "").split())
    parser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def _init(commands: Commands) -> None:
    _command(commands, "init", running.init)


def _demo(commands: Commands) -> None:
    parser = _command(commands, "demo", running.demo)
    parser.add_argument("--contoso", action="store_true", help="the published example company")
    parser.add_argument(
        "--opportunities",
        type=_positive,
        default=DEMO_OPPORTUNITIES,
        metavar="N",
        help="simulate a company of this size (default: %(default)s)",
    )
    parser.add_argument(
        "--seed", type=int, default=DEMO_SEED, help="the same seed gives the same company"
    )
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=today(),
        help="the day it ends (default: today)",
    )


def _import(commands: Commands) -> None:
    from pipeline.importing import command_line

    command_line.add_arguments(_command(commands, "import", running.import_files))


def _imports(commands: Commands) -> None:
    from pipeline.importing import past

    past.add_arguments(_command(commands, "imports", running.imports))


def _undo(commands: Commands) -> None:
    from pipeline import undo_line

    undo_line.add_arguments(_command(commands, "undo", running.undo))


def _quotas(commands: Commands) -> None:
    from pipeline.importing.quota_command import add_arguments

    add_arguments(_command(commands, "quotas", running.quotas))


def _export(commands: Commands) -> None:
    from pipeline.exporting.command_line import add_export_arguments

    add_export_arguments(_command(commands, "export", running.export))


def _backup(commands: Commands) -> None:
    from pipeline.exporting.command_line import add_backup_arguments

    add_backup_arguments(_command(commands, "backup", running.backup))


def _restore(commands: Commands) -> None:
    from pipeline.exporting.command_line import add_restore_arguments

    add_restore_arguments(_command(commands, "restore", running.restore))


def _report(commands: Commands) -> None:
    from pipeline.reports import REPORTS

    parser = _command(commands, "report", running.report)
    parser.add_argument("name", metavar="NAME", choices=sorted(REPORTS), help=", ".join(REPORTS))
    _scope_options(parser)
    _own_options(parser)
    _output_options(parser)


def _bake_off(commands: Commands) -> None:
    from pipeline.reports.forecast_walk import PERIODS

    parser = _command(commands, "bake-off", running.bake_off)
    parser.add_argument(
        "--quarters",
        type=_positive,
        default=PERIODS,
        metavar="N",
        help="how many quarters back (default: %(default)s)",
    )
    parser.add_argument("--by", metavar="CODE", default="BAKE-OFF", help="who asks for it")
    _scope_options(parser)
    _output_options(parser)


def _own_options(parser: argparse.ArgumentParser) -> None:
    """Add every option that some report has besides its scope; whose it is, its help says."""
    from pipeline.reports import REPORTS
    from pipeline.reports.options import options_of

    whose: dict[str, dict[str, str]] = {}
    for name, ask in REPORTS.items():
        for option in options_of(ask).values():
            whose.setdefault(option.name, {})[name] = option.takes
    own = parser.add_argument_group("options of some reports")
    for name, takes in whose.items():
        words = "; ".join(f"{report}: {said}" for report, said in takes.items())
        own.add_argument(f"--{name.replace('_', '-')}", metavar="VALUE", help=words)
    parser.set_defaults(own=tuple(whose))


def _output_options(parser: argparse.ArgumentParser) -> None:
    from pipeline.reports.printing import FORMATS

    parser.add_argument("--format", choices=FORMATS, default="table")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write to a file")


def _sql(commands: Commands) -> None:
    parser = _command(commands, "sql", running.sql)
    parser.add_argument("query", metavar="QUERY", help="one select statement, in quotes")
    _output_options(parser)


def _scope_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that make a scope; those that name something may be given several times."""
    day = _day
    parser.add_argument("--as-of", type=day, default=today(), help="the day to look at")
    parser.add_argument("--known-at", type=_moment, help="only what was recorded by this moment")
    parser.add_argument("--from", dest="from_on", type=day, help="the first day of the period")
    parser.add_argument("--to", dest="to_on", type=day, help="the last day of the period")
    for name in ("cycle", "team", "owner", "contact", "campaign"):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="CODE", help=f"only this {name}"
        )


def _check(commands: Commands) -> None:
    _command(commands, "check", running.check)


def _dashboard(commands: Commands) -> None:
    parser = _command(commands, "dashboard", running.dashboard)
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: only here)")
    parser.add_argument("--port", type=int, default=8501)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY:
        message = f"“{text}” is no day from {FIRST_DAY} to {LAST_DAY}; write it like 2026-01-28"
        raise argparse.ArgumentTypeError(message)
    return day


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        message = f"“{text}” is no moment; write it like 2026-01-28T17:30"
        raise argparse.ArgumentTypeError(message) from None


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        message = f"{number} is not above 0"
        raise argparse.ArgumentTypeError(message)
    return number
