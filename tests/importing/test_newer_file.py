"""A newer export of the same source adds what happened since, and nothing twice."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.commands import MoveToNextStage, carry_out
from pipeline.commands.continuation import ContinueHistory
from pipeline.domain.histories import HistoryRefusedError
from pipeline.importing.draft import Answers, plan_import
from pipeline.importing.plan import ImportPlan
from pipeline.importing.profile import Profile
from pipeline.store import Store
from pipeline.store.check import check
from tests.importing.conftest import Write

LOG = """
select
    external_id, nth, log.action, log.stage, log.path, log.amount::double, valid_from::varchar,
    note
from transitions as log join opportunities using (opportunity_id)
order by external_id, nth
"""
JUNE, JULY = date(2024, 6, 30), date(2024, 7, 31)


@pytest.fixture
def bring(store: Store, acme: Profile) -> "Bring":
    """Import a file with Acme's profile on a day."""
    return Bring(store, acme)


class Bring:
    """Import files one day after another."""

    def __init__(self, store: Store, acme: Profile) -> None:
        """Take the store and the profile."""
        self._store = store
        self._acme = acme

    def __call__(self, *files: Path, on: date, known: bool = True) -> ImportPlan:
        """Import files on a day, with Acme's profile or with a recognised one."""
        plan = plan_import(
            self._store,
            files,
            answers=Answers(profile=self._acme if known else None),
            by="ME",
            today=on,
            now=pd.Timestamp(on) + pd.Timedelta(hours=12),
        )
        carry_out(self._store, *plan.commands, by="ME", today=on)
        assert check(self._store).intact
        return plan


OLD = """
    Deal,What,Seller,State,Begun,Ended,Value,Why
    A,Pump,Ann,Talk,2024-01-02,,1000,
    B,Hose,Ann,Talk,2024-01-03,,200,
    C,Tank,Ann,Offer,2024-01-04,,300,
"""
NEW = """
    Deal,What,Seller,State,Begun,Ended,Value,Why
    A,Pump,Ann,Offer,2024-01-02,,1200,
    B,Hose,Ann,Lost,2024-01-03,2024-07-10,200,Price
    C,Tank,Ann,Offer,2024-01-04,,300,
    D,Lid,Bob,Talk,2024-07-01,,40,
"""


def test_without_history_two_imports_are_compared(bring: Bring, write: Write, store: Store) -> None:
    """A moved and grew, B was lost on a day the file knows, C is as it was, D is new."""
    bring(write(OLD, "june.csv"), on=JUNE)
    plan = bring(write(NEW, "july.csv"), on=JULY)
    assert (len(plan.opportunities), len(plan.continued), plan.already_there) == (1, 2, 3)
    assert store.rows(LOG) == [
        ("A", 1, "first", 1, "1", 1000.0, "2024-01-02", ""),
        ("A", 2, "next", 2, "1 2", 1200.0, "2024-07-31", "between two imports"),
        ("B", 1, "first", 1, "1", 200.0, "2024-01-03", ""),
        ("B", 2, "lost", 0, "1", 200.0, "2024-07-10", "between two imports"),
        ("C", 1, "first", 2, "2", 300.0, "2024-01-04", ""),
        ("D", 1, "first", 1, "1", 40.0, "2024-07-01", ""),
    ]
    assert store.rows("select name from salespeople order by 1") == [("Ann",), ("Bob",)]


def test_the_newer_file_twice_changes_nothing_more(
    bring: Bring, write: Write, store: Store
) -> None:
    """What differed is recorded now."""
    bring(write(OLD, "june.csv"), on=JUNE)
    bring(write(NEW, "july.csv"), on=JULY)
    before = store.rows("select * from transitions")
    assert bring(write(NEW, "july.csv"), on=date(2024, 8, 1)).commands == ()
    assert store.rows("select * from transitions") == before


def test_a_lost_one_that_is_open_again_is_reopened(
    bring: Bring, write: Write, store: Store
) -> None:
    """The older file has B lost, the newer one in Offer."""
    bring(write(NEW, "a.csv"), on=JULY)
    bring(write(OLD.replace("B,Hose,Ann,Talk", "B,Hose,Ann,Offer"), "b.csv"), on=date(2024, 8, 9))
    rows = [row[2:4] for row in store.rows(LOG) if row[0] == "B"]
    assert rows == [("first", 1), ("lost", 0), ("reopen", 2)]


def test_what_people_did_here_is_not_overruled(bring: Bring, write: Write, store: Store) -> None:
    """A was moved on by hand; the newer file, which knows less, leaves it alone and says so."""
    bring(write(OLD, "june.csv"), on=JUNE)
    (number,) = store.rows("select opportunity_no from opportunities where external_id = 'A'")[0]
    move = MoveToNextStage(opportunity_no=number, amount=5000, expected_close_on=date(2024, 9, 1))
    carry_out(store, move, by="ANN", today=date(2024, 7, 5))
    plan = bring(write(NEW, "july.csv"), on=JULY)
    assert [row[2] for row in store.rows(LOG) if row[0] == "A"] == ["first", "next"]
    assert any(note.startswith("1 opportunity was changed here") for note in plan.notes)


DEALS = """
    Id,AccountId,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CreatedDate
    1,A,Pump,{stage},{amount},2024-09-01,{closed},{closed},2024-01-02
"""
HISTORY = """
    OpportunityId,StageName,Amount,CloseDate,Probability,CreatedDate
    1,Prospecting,100,2024-09-01,10,2024-01-02T08:00:00Z
    1,Qualification,100,2024-09-01,10,2024-02-02T08:00:00Z
"""
MORE = """
    1,Qualification,150,2024-09-01,10,2024-07-02T08:00:00Z
    1,Closed Won,150,2024-07-20,100,2024-07-20T08:00:00Z
"""


def test_a_longer_history_goes_on_where_the_shorter_one_ended(
    bring: Bring, write: Write, store: Store
) -> None:
    """The second export holds the first two rows again and two more."""
    deals = DEALS.format(stage="Qualification", amount=100, closed="false")
    bring(write(deals, "o1.csv"), write(HISTORY, "h1.csv"), on=JUNE, known=False)
    deals = DEALS.format(stage="Closed Won", amount=150, closed="true")
    longer = write(HISTORY.rstrip() + MORE, "h2.csv")
    plan = bring(write(deals, "o2.csv"), longer, on=JULY, known=False)
    assert (len(plan.opportunities), len(plan.continued)) == (0, 2)
    assert [row[1:7] for row in store.rows(LOG)] == [
        (1, "first", 1, "1", 100.0, "2024-01-02"),
        (2, "next", 2, "1 2", 100.0, "2024-02-02"),
        (3, "update", 2, "1 2", 150.0, "2024-07-02"),
        (4, "won", 0, "1 2", 150.0, "2024-07-20"),
    ]
    standing = "select status, weighted_amount::double, last_nth, closed_on from opportunities"
    assert store.rows(standing) == [("won", 150.0, 4, date(2024, 7, 20))]
    again = bring(write(deals, "o2.csv"), longer, on=JULY, known=False)
    assert again.commands == ()


def test_a_continuation_that_breaks_rules_is_refused_whole(
    bring: Bring, write: Write, store: Store
) -> None:
    """A number too high, a day before the standing row, an unknown key: all are named at once."""
    bring(write(OLD, "june.csv"), on=JUNE)
    rows = pd.DataFrame(
        {
            "external_id": ["A", "B", "X"],
            "nth": [5, 2, 2],
            "action": ["next", "next", "next"],
            "stage": [2, 2, 2],
            "amount": [1.0, 1.0, 1.0],
            "chances_percent": [None, None, None],
            "expected_close_on": pd.Series([None] * 3, dtype="datetime64[us]"),
            "owner_code": ["ANN"] * 3,
            "close_reason_code": pd.Series([None] * 3, dtype="str"),
            "valid_from": pd.to_datetime(["2024-07-01", "2023-07-01", "2024-07-01"]),
            "recorded_at": pd.to_datetime(["2024-07-01"] * 3),
            "recorded_by": ["ME"] * 3,
        }
    )
    before = store.rows("select * from transitions")
    with pytest.raises(HistoryRefusedError) as refused:
        carry_out(store, ContinueHistory(source="acme", transitions=rows), by="ME", today=JULY)
    assert {fault.key for fault in refused.value.faults} == {
        "not in sequence",
        "runs backwards",
        "of no opportunity",
    }
    assert store.rows("select * from transitions") == before
