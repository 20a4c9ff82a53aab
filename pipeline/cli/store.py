"""What every command works with: the store that must be there, the day, a scope, a bar."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from pipeline.domain.errors import PipelineError
from pipeline.domain.scope import Scope
from pipeline.store import Store


class NoStoreError(PipelineError):
    """There is no store where one should be read."""

    def __init__(self, address: str) -> None:
        """Take the address."""
        super().__init__(
            f"There is no store {address}. Make one with “pipeline --store {address} demo” or "
            f"“pipeline --store {address} import FILE”, or name another with --store."
        )


def existing(address: str) -> Store:
    """Open a store that must be there: reading makes none."""
    if not Path(address).exists():
        raise NoStoreError(address)
    return Store.open(address)


def today() -> date:
    """The day of the machine; only the command line and the dashboard's session know it."""
    return datetime.now(UTC).astimezone().date()


def scope_of(options: argparse.Namespace) -> Scope:
    """Give the scope that the options of a report make."""
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
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error where that is a terminal; gives the function that moves it."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
