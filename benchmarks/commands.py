"""How long one command takes from asking to being on disk, in a file store of full size."""

from collections.abc import Callable, Iterator
from datetime import date

from benchmarks.measure import table, timed_ms
from pipeline.commands import Command, CreateOpportunity, Reassign, UpdateOpportunity, carry_out
from pipeline.store import Store

TIMES = 100


def run(store: Store, today: date) -> None:
    """Time creating, updating and reassigning, each on opportunities from all over the log."""
    rows = [
        _row(store, today, "create and activate", _creations(store, today)),
        _row(store, today, "update", _updates(store, today)),
        _row(store, today, "reassign", _reassignments(store)),
    ]
    table("Commands, each committed", ("command", "median ms", "95 in 100 below ms"), rows)


def _creations(store: Store, today: date) -> Iterator[Command]:
    cycle, contact, owner = store.rows(
        "select min(cycle_code), (select min(contact_no) from contacts), "
        "(select min(owner_code) from salespeople where not blocked) "
        "from sales_cycles where not blocked"
    )[0]
    for amount in range(1, TIMES + 1):
        yield CreateOpportunity(
            description="Benchmark",
            contact_no=contact,
            owner_code=owner,
            cycle_code=cycle,
            activate=True,
            amount=amount,
            expected_close_on=today,
        )


def _updates(store: Store, today: date) -> Iterator[Command]:
    for amount, (no, _) in enumerate(_scattered(store, "a"), start=1):
        yield UpdateOpportunity(
            opportunity_no=no, amount=amount, chances_percent=50, expected_close_on=today
        )


def _reassignments(store: Store) -> Iterator[Command]:
    owners = store.rows("select owner_code from salespeople where not blocked order by 1 limit 2")
    for no, owner in _scattered(store, "b"):
        other = owners[0][0] if owner != owners[0][0] else owners[1][0]
        yield Reassign(opportunity_no=no, owner_code=other)


def _scattered(store: Store, salt: str) -> list[tuple[str, str]]:
    """Give opportunities in progress in no order, the same ones every time."""
    return store.rows(
        "select opportunity_no, owner_code from opportunities where status = 'in progress' "
        "order by hash(opportunity_no || ?) limit ?",
        [salt, TIMES],
    )


def _row(store: Store, today: date, name: str, wishes: Iterator[Command]) -> tuple[str, str, str]:
    times = sorted(timed_ms(_carrying_out(store, wish, today)) for wish in list(wishes))
    return name, f"{times[len(times) // 2]:.1f}", f"{times[int(len(times) * 0.95)]:.1f}"


def _carrying_out(store: Store, wish: Command, today: date) -> Callable[[], object]:
    return lambda: carry_out(store, wish, by="BENCH", today=today)
