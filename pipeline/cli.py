"""The command line: every way to use the product without a browser, and the one that starts it."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pipeline.domain.errors import PipelineError
from pipeline.domain.scope import Scope
from pipeline.store import Store

if TYPE_CHECKING:
    from pipeline.reports.report import Report

DEFAULT_STORE = "data/pipeline.duckdb"
DEMO_OPPORTUNITIES = 2_000
"""The size of the company that is made when there is none: enough for every page to speak."""
DEMO_SEED = 1

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""What a report can look at; other days are slips of the keyboard."""

Run: TypeAlias = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. A refusal is one sentence on standard error and exit code 1."""
    options = _parser().parse_args(arguments)
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


# --- the commands --------------------------------------------------------------------------------


def init(options: argparse.Namespace) -> int:
    """Make an empty store, or bring an older one up to date."""
    with Store.open(options.store):
        print(f"The store {options.store} is ready.")
    return 0


def demo(options: argparse.Namespace) -> int:
    """Fill an empty store with the published example company, or with a simulated one."""
    with Store.open(options.store) as store:
        if options.contoso:
            _load_contoso(store)
        else:
            _simulate(store, options)
    print(f"Look at it with: pipeline --store {options.store} dashboard")
    return 0


def _load_contoso(store: Store) -> None:
    from pipeline.demo.contoso import WORK_DATE, load_contoso

    load_contoso(store)
    print(f"The example company is loaded; look at it as of {WORK_DATE}.")


def _simulate(store: Store, options: argparse.Namespace) -> None:
    from pipeline.demo.simulator import simulate, truth_path

    with _progress("Simulating") as advance:
        simulate(
            store,
            opportunities=options.opportunities,
            seed=options.seed,
            today=options.today,
            progress=advance,
        )
    print(f"{options.opportunities:,} opportunities are simulated.", end=" ")
    path = truth_path(store.address)
    print(f"Their true rates are in {path}." if path else "")


def import_files(options: argparse.Namespace) -> int:
    """Import the export of a CRM; see `pipeline.importing.command_line`."""
    from pipeline.importing import command_line

    with Store.open(options.store) as store:
        return command_line.run(store, options)


def imports(options: argparse.Namespace) -> int:
    """List past imports, undo one, or do one again from its kept files."""
    from pipeline.importing import past

    with _existing(options.store) as store:
        return past.run(store, options)


def undo(options: argparse.Namespace) -> int:
    """List what was done in the last hours, show what undoing would restore, undo it."""
    from pipeline import undo_line

    with _existing(options.store) as store:
        return undo_line.run(store, options)


def quotas(options: argparse.Namespace) -> int:
    """Set the quotas of a file, CSV or Excel: all of them, or none."""
    from pipeline.importing import quota_command

    with _existing(options.store) as store:
        return quota_command.run(store, options, _today())


def export(options: argparse.Namespace) -> int:
    """Write everything into one file, with what each column means."""
    from pipeline.exporting import command_line

    with _existing(options.store) as store:
        return command_line.run_export(store, options)


def backup(options: argparse.Namespace) -> int:
    """Copy the store into a new file and prove the copy equal."""
    from pipeline.exporting import command_line

    with _existing(options.store) as store:
        return command_line.run_backup(store, options)


def restore(options: argparse.Namespace) -> int:
    """Prove a backup and make it the store."""
    from pipeline.exporting import command_line

    return command_line.run_restore(options)


def report(options: argparse.Namespace) -> int:
    """Print one report for a scope."""
    from pipeline.reports import REPORTS
    from pipeline.reports.options import understood
    from pipeline.reports.scopes import check_scope

    ask = REPORTS[options.name]
    given = {name: value for name in options.own if (value := getattr(options, name)) is not None}
    extra = understood(options.name, ask, given)
    with _existing(options.store) as store:
        scope = _scope(options)
        check_scope(store, scope)
        _print(ask(store, scope, **extra), options)
    return 0


def bake_off(options: argparse.Namespace) -> int:
    """Forecast the quarters that are over as they would have been then, and compare the methods."""
    from pipeline.reports import forecast_accuracy, forecast_ranking
    from pipeline.reports.forecast_default import default_method
    from pipeline.reports.scopes import check_scope

    with _existing(options.store) as store:
        scope = _scope(options)
        check_scope(store, scope)
        number = _walk(store, scope, options)
        done = f"{number:,} forecasts were computed." if number else "Nothing was missing."
        chosen = default_method(store, scope)
        print(done, chosen.reason, chosen.track_record, end="\n\n", file=sys.stderr)
        if options.format == "table":
            print(forecast_ranking(store, scope), end="\n")
        _print(forecast_accuracy(store, scope, brief=options.format == "table"), options)
    return 0


def _walk(store: Store, scope: Scope, options: argparse.Namespace) -> int:
    """Compute what is missing and keep it period by period; gives how many forecasts were new."""
    from pipeline.commands import StoreForecasts, carry_out
    from pipeline.reports.forecast_beside_calls import bake_off as steps

    number = 0
    with _progress("Forecasting the past") as advance:
        for step in steps(store, scope, periods=options.quarters):
            if step.is_to_be_kept:
                keep = StoreForecasts(forecasts=step.forecasts, chances=step.chances)
                carry_out(store, keep, by=options.by, today=_today())
                number += len(step.forecasts)
            advance(step.done, step.total)
    return number


def sql(options: argparse.Namespace) -> int:
    """Answer one select statement over the documented views; it can change nothing."""
    from pipeline.reports.asked import asked

    with _existing(options.store) as store:
        store.shut_off()
        _print(asked(store, Scope(as_of=_today()), options.query), options)
    return 0


def _print(table: "Report", options: argparse.Namespace) -> None:
    """Write a report in its format to where it is wanted."""
    from pipeline.reports.printing import printed

    content = printed(table, options.format)
    if options.out:
        _write(options.out, content)
        print(f"Written to {options.out}.")
    else:
        sys.stdout.buffer.write(content)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UnwritableError(path, error) from error


def check(options: argparse.Namespace) -> int:
    """Prove the log intact; exit code 1 when it is not."""
    from pipeline.store.check import check as look

    with _existing(options.store) as store:
        finding = look(store)
    print(finding)
    return 0 if finding.intact else 1


def dashboard(options: argparse.Namespace) -> int:
    """Serve the pages; a store that is not there yet is made, with the demo company."""
    from dashboard.server import refuse_taken_port, serve

    if options.port:
        refuse_taken_port(options.host, options.port)
    if options.store != ":memory:" and not Path(options.store).exists():
        print(f"There is no store {options.store} yet. Filling it with a demo company.")
        options.contoso, options.opportunities = False, DEMO_OPPORTUNITIES
        options.seed, options.today = DEMO_SEED, _today()
        demo(options)
    serve(options.store, host=options.host, port=options.port)
    return 0


# --- what they take ------------------------------------------------------------------------------


class NoStoreError(PipelineError):
    """There is no store where one should be read."""

    def __init__(self, address: str) -> None:
        """Take the address."""
        super().__init__(
            f"There is no store {address}. Make one with “pipeline --store {address} demo” or "
            f"“pipeline --store {address} import FILE”, or name another with --store."
        )


class UnwritableError(PipelineError):
    """A file cannot be written where somebody wants it."""

    def __init__(self, path: Path, error: OSError) -> None:
        """Take the path and what the system says."""
        super().__init__(
            f"{path} cannot be written: {(error.strerror or str(error)).lower()}. "
            "Name a file in a folder that is there."
        )


def _existing(address: str) -> Store:
    """Open a store that must be there: reading makes none."""
    if not Path(address).exists():
        raise NoStoreError(address)
    return Store.open(address)


def _today() -> date:
    """The day of the machine; only the command line and the dashboard's session know it."""
    return datetime.now(UTC).astimezone().date()


def _scope(options: argparse.Namespace) -> Scope:
    known_at: datetime | None = options.known_at
    if known_at is not None and known_at.tzinfo is not None:
        known_at = known_at.astimezone(UTC).replace(tzinfo=None)
    return Scope(
        as_of=options.as_of,
        known_at=known_at,
        from_on=options.from_on,
        to_on=options.to_on,
        cycles=tuple(options.cycle),
        owners=tuple(options.owner),
        teams=tuple(options.team),
        contacts=tuple(options.contact),
        campaigns=tuple(options.campaign),
    )


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error where that is a terminal; gives the function that moves it."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pipeline", description="The sales pipeline that tells the truth."
    )
    parser.add_argument(
        "--store",
        metavar="ADDRESS",
        default=os.environ.get("PIPELINE_STORE", DEFAULT_STORE),
        help=f"the file that holds everything (default: {DEFAULT_STORE}, or $PIPELINE_STORE)",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
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
    return parser


def _command(commands: Commands, name: str, run: Run) -> argparse.ArgumentParser:
    """Add a command that is helped by the docstring of what it runs."""
    words = " ".join((run.__doc__ or "").split())
    parser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def _init(commands: Commands) -> None:
    _command(commands, "init", init)


def _demo(commands: Commands) -> None:
    parser = _command(commands, "demo", demo)
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
        default=_today(),
        help="the day it ends (default: today)",
    )


def _import(commands: Commands) -> None:
    from pipeline.importing import command_line

    command_line.add_arguments(_command(commands, "import", import_files))


def _imports(commands: Commands) -> None:
    from pipeline.importing import past

    past.add_arguments(_command(commands, "imports", imports))


def _undo(commands: Commands) -> None:
    from pipeline import undo_line

    undo_line.add_arguments(_command(commands, "undo", undo))


def _quotas(commands: Commands) -> None:
    from pipeline.importing.quota_command import add_arguments

    add_arguments(_command(commands, "quotas", quotas))


def _export(commands: Commands) -> None:
    from pipeline.exporting.command_line import add_export_arguments

    add_export_arguments(_command(commands, "export", export))


def _backup(commands: Commands) -> None:
    from pipeline.exporting.command_line import add_backup_arguments

    add_backup_arguments(_command(commands, "backup", backup))


def _restore(commands: Commands) -> None:
    from pipeline.exporting.command_line import add_restore_arguments

    add_restore_arguments(_command(commands, "restore", restore))


def _report(commands: Commands) -> None:
    from pipeline.reports import REPORTS

    parser = _command(commands, "report", report)
    parser.add_argument("name", metavar="NAME", choices=sorted(REPORTS), help=", ".join(REPORTS))
    _scope_options(parser)
    _own_options(parser)
    _output_options(parser)


def _bake_off(commands: Commands) -> None:
    from pipeline.reports.forecast_walk import PERIODS

    parser = _command(commands, "bake-off", bake_off)
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
    parser = _command(commands, "sql", sql)
    parser.add_argument("query", metavar="QUERY", help="one select statement, in quotes")
    _output_options(parser)


def _scope_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that make a scope; those that name something may be given several times."""
    day = _day
    parser.add_argument("--as-of", type=day, default=_today(), help="the day to look at")
    parser.add_argument("--known-at", type=_moment, help="only what was recorded by this moment")
    parser.add_argument("--from", dest="from_on", type=day, help="the first day of the period")
    parser.add_argument("--to", dest="to_on", type=day, help="the last day of the period")
    for name in ("cycle", "team", "owner", "contact", "campaign"):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar="CODE", help=f"only this {name}"
        )


def _check(commands: Commands) -> None:
    _command(commands, "check", check)


def _dashboard(commands: Commands) -> None:
    parser = _command(commands, "dashboard", dashboard)
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
