"""What each command does; a heavy part is imported by the command that needs it."""

import argparse
import sys
from pathlib import Path

from pipeline.cli.defaults import DEMO_OPPORTUNITIES, DEMO_SEED
from pipeline.cli.output import show
from pipeline.cli.store import existing, progress, scope_of, today
from pipeline.domain.scope import Scope
from pipeline.store import Store


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

    with progress("Simulating") as advance:
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

    with existing(options.store) as store:
        return past.run(store, options)


def undo(options: argparse.Namespace) -> int:
    """List what was done in the last hours, show what undoing would restore, undo it."""
    from pipeline import undo_line

    with existing(options.store) as store:
        return undo_line.run(store, options)


def quotas(options: argparse.Namespace) -> int:
    """Set the quotas of a file, CSV or Excel: all of them, or none."""
    from pipeline.importing import quota_command

    with existing(options.store) as store:
        return quota_command.run(store, options, today())


def export(options: argparse.Namespace) -> int:
    """Write everything into one file, with what each column means."""
    from pipeline.exporting import command_line

    with existing(options.store) as store:
        return command_line.run_export(store, options)


def backup(options: argparse.Namespace) -> int:
    """Copy the store into a new file and prove the copy equal."""
    from pipeline.exporting import command_line

    with existing(options.store) as store:
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
    with existing(options.store) as store:
        scope = scope_of(options)
        check_scope(store, scope)
        show(ask(store, scope, **extra), options)
    return 0


def bake_off(options: argparse.Namespace) -> int:
    """Forecast the quarters that are over as they would have been then, and compare the methods."""
    from pipeline.reports import forecast_accuracy, forecast_ranking
    from pipeline.reports.forecast_default import default_method
    from pipeline.reports.scopes import check_scope

    with existing(options.store) as store:
        scope = scope_of(options)
        check_scope(store, scope)
        number = _walk(store, scope, options)
        done = f"{number:,} forecasts were computed." if number else "Nothing was missing."
        chosen = default_method(store, scope)
        print(done, chosen.reason, chosen.track_record, end="\n\n", file=sys.stderr)
        if options.format == "table":
            print(forecast_ranking(store, scope), end="\n")
        show(forecast_accuracy(store, scope, brief=options.format == "table"), options)
    return 0


def _walk(store: Store, scope: Scope, options: argparse.Namespace) -> int:
    """Compute what is missing and keep it period by period; gives how many forecasts were new."""
    from pipeline.commands import StoreForecasts, carry_out
    from pipeline.reports.forecast_beside_calls import bake_off as steps

    number = 0
    with progress("Forecasting the past") as advance:
        for step in steps(store, scope, periods=options.quarters):
            if step.is_to_be_kept:
                keep = StoreForecasts(forecasts=step.forecasts, chances=step.chances)
                carry_out(store, keep, by=options.by, today=today())
                number += len(step.forecasts)
            advance(step.done, step.total)
    return number


def sql(options: argparse.Namespace) -> int:
    """Answer one select statement over the documented views; it can change nothing."""
    from pipeline.reports.asked import asked

    with existing(options.store) as store:
        store.shut_off()
        show(asked(store, Scope(as_of=today()), options.query), options)
    return 0


def check(options: argparse.Namespace) -> int:
    """Prove the log intact; exit code 1 when it is not."""
    from pipeline.store.check import check as look

    with existing(options.store) as store:
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
        options.seed, options.today = DEMO_SEED, today()
        demo(options)
    serve(options.store, host=options.host, port=options.port)
    return 0
