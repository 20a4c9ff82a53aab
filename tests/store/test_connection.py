"""An address becomes an open store: made, migrated, held by one process, shared by its threads."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import pipeline
from pipeline.commands import (
    CloseAsLost,
    CloseAsWon,
    CreateOpportunity,
    DefineCloseReason,
    DefineContact,
    DefineSalesCycle,
    DefineSalesperson,
    DefineStage,
    MoveToNextStage,
    UpdateOpportunity,
    carry_out,
)
from pipeline.domain.errors import (
    BusyError,
    ChangedMeanwhileError,
    ClosedError,
    PipelineError,
    StoreInUseError,
    StoreNewerError,
    StoreUnreadableError,
)
from pipeline.store import Session, Store, records
from pipeline.store.check import check
from pipeline.store.connection import TRIES
from pipeline.store.migrate import migrations

DAY = date(2026, 5, 15)

HOLDER = """
import sys, pipeline
with pipeline.open(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""


def set_up(store: Store) -> str:
    """A cycle of two stages and one opportunity in the first; gives its number."""
    made = carry_out(
        store,
        DefineSalesCycle(code="C"),
        DefineStage(cycle_code="C", stage=1, chances_percent=10, completed_percent=10),
        DefineStage(cycle_code="C", stage=2, chances_percent=20, completed_percent=20),
        DefineSalesperson(code="JO", name="Jim Olive"),
        DefineContact(no="C1", name="Adatum"),
        DefineCloseReason(code="W", outcome="won"),
        DefineCloseReason(code="L", outcome="lost"),
        CreateOpportunity(
            description="Chairs",
            contact_no="C1",
            owner_code="JO",
            cycle_code="C",
            activate=True,
            amount=100,
            expected_close_on=date(2026, 9, 1),
        ),
        by="JO",
        today=DAY,
    )
    return made[-1].no


def test_a_store_is_made_with_its_folder_and_found_again(tmp_path: Path) -> None:
    """What one session recorded is there when the file is opened the next day."""
    address = tmp_path / "new" / "sales.duckdb"
    with pipeline.open(address) as store:
        no = set_up(store)
    with pipeline.open(address) as store:
        assert records.opportunity(store, no).description == "Chairs"
        applied = store.rows("select migration from migrations order by 1")
        assert [row[0] for row in applied] == list(migrations())


def test_a_file_that_another_process_holds_is_refused_in_words(tmp_path: Path) -> None:
    """The sentence names the process and what to do."""
    address = tmp_path / "sales.duckdb"
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLDER,
            str(address),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreInUseError, match=f"process {holder.pid}.*stop the other one"):
            pipeline.open(address)
        holder.communicate()


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A spreadsheet stays a spreadsheet."""
    address = tmp_path / "sales.csv"
    address.write_text("a;b\n1;2\n" * 1000)
    before = address.read_bytes()
    with pytest.raises(StoreUnreadableError, match="cannot be opened"):
        pipeline.open(address)
    assert address.read_bytes() == before


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """Its schema may hold what this version would destroy."""
    address = tmp_path / "sales.duckdb"
    with pipeline.open(address) as store:
        store.execute("insert into migrations values (999, 'later', now()::timestamp)")
    with pytest.raises(StoreNewerError, match="schema 999"):
        pipeline.open(address)


def test_a_migration_that_was_passed_over_is_applied(tmp_path: Path) -> None:
    """Whatever order they landed in, a store has them all once it is open."""
    address = tmp_path / "sales.duckdb"
    with pipeline.open(address) as store:
        store.execute("drop table views")
        store.execute("delete from migrations where migration = 2")
    with pipeline.open(address) as store:
        assert store.rows("select count(*) from views") == [(0,)]


def test_a_quote_in_a_file_name_is_just_a_letter(tmp_path: Path) -> None:
    """The address is the one text that cannot be a parameter."""
    address = tmp_path / "o'brien; drop.duckdb"
    with pipeline.open(address) as store:
        set_up(store)
    assert address.exists()


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run functions in a thread each; a refusal is an answer, too."""

    def answer(work: Callable[[], object]) -> object:
        try:
            return work()
        except PipelineError as refusal:
            return refusal

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(answer, works))


def test_of_two_who_close_at_once_one_is_refused_in_words(tmp_path: Path) -> None:
    """Won and lost at the same moment, many times over: never both."""
    with pipeline.open(tmp_path / "sales.duckdb") as store:
        for _ in range(10):
            no = set_up(store)

            def win(no: str = no) -> object:
                wish = CloseAsWon(opportunity_no=no, close_reason_code="W")
                with store.session() as session:
                    return carry_out(session, wish, by="A", today=DAY)

            def lose(no: str = no) -> object:
                wish = CloseAsLost(opportunity_no=no, close_reason_code="L")
                with store.session() as session:
                    return carry_out(session, wish, by="B", today=DAY)

            refusals = [answer for answer in at_once(win, lose) if isinstance(answer, ClosedError)]
            assert len(refusals) == 1
        assert check(store).intact


def test_nobody_overwrites_what_they_did_not_see(tmp_path: Path) -> None:
    """Six people who saw the same version move it at once: one moves, five are told."""
    with pipeline.open(tmp_path / "sales.duckdb") as store:
        no = set_up(store)
        seen = records.opportunity(store, no).version

        def move() -> object:
            wish = MoveToNextStage(opportunity_no=no, seen=seen)
            with store.session() as session:
                return carry_out(session, wish, by="JO", today=DAY)

        answers = at_once(*[move] * 6)
        assert sum(isinstance(answer, ChangedMeanwhileError) for answer in answers) == 5
        assert check(store).intact


def test_all_who_update_at_once_get_their_turn(tmp_path: Path) -> None:
    """Thirty updates from three threads, each on the standing the one before left."""
    with pipeline.open(tmp_path / "sales.duckdb") as store:
        no = set_up(store)

        def update() -> None:
            with store.session() as session:
                for amount in range(1, 11):
                    wish = UpdateOpportunity(opportunity_no=no, amount=amount)
                    carry_out(session, wish, by="JO", today=DAY)

        assert at_once(*[update] * 3) == [None] * 3
        assert store.rows("select last_nth from opportunities") == [(31,)]
        assert check(store).intact


def test_a_transaction_that_met_another_is_judged_anew() -> None:
    """Somebody won it between reading and writing: the second run sees that, and is refused."""
    with pipeline.open() as store:
        no = set_up(store)
        seen = []

        def work(session: Session) -> str:
            opportunity = records.opportunity(session, no)
            seen.append(opportunity.description)
            if len(seen) == 1:
                store.execute("update opportunities set version = 2, description = 'Desks'")
            session.execute("update opportunities set version = version + 1")
            return opportunity.description

        assert store.transaction(work) == "Desks"
        assert seen == ["Chairs", "Desks"]


def test_a_transaction_that_always_meets_another_gives_up_in_words() -> None:
    """After a bounded number of tries, each begun anew."""
    with pipeline.open() as store:
        set_up(store)
        tries = []

        def work(session: Session) -> None:
            tries.append(session)
            session.execute("update opportunities set priority = 'low'")
            store.execute("update opportunities set priority = 'high'")

        with pytest.raises(BusyError, match=f"{TRIES} tries"):
            store.transaction(work)
        assert len(tries) == TRIES
