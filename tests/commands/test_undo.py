"""Undoing: what it refuses, what stays known of what was undone, and what it does not give back."""

from datetime import date, datetime, time, timedelta

import pytest

from pipeline.commands import (
    AddComment,
    CloseAsLost,
    CloseAsWon,
    Command,
    CreateOpportunity,
    CreateTask,
    DefineContact,
    DefineContactList,
    DefineSetting,
    DefineStage,
    DeleteOpportunity,
    EditOpportunity,
    ListContacts,
    MoveToNextStage,
    Reassign,
    RemoveStage,
    SetQuota,
    SubmitCall,
    UndoBatch,
    UpdateOpportunity,
    carry_out,
)
from pipeline.domain.calendar import FiscalCalendar
from pipeline.domain.errors import (
    BuiltOnError,
    FigureError,
    OthersBatchError,
    TooLongAgoError,
    UndoneAlreadyError,
    UnknownBatchError,
)
from pipeline.domain.scope import Scope
from pipeline.reports import weighted_pipeline, win_rate
from pipeline.reports.recent_changes import recent_changes, refusal, restores
from pipeline.store import journal_reading as journal
from pipeline.store.journal import KEYS
from pipeline.store.record_names import NOUNS
from tests.commands.conftest import WORK_DATE, Company

LATER = WORK_DATE + timedelta(days=3)
NOON = datetime.combine(WORK_DATE, time(12))


def done(company: Company, *commands: Command, by: str = "SP1", at: datetime | None = None) -> int:
    """Carry out commands and give the number of their batch."""
    recorded = carry_out(company.store, *commands, by=by, today=WORK_DATE, at=at)
    batch_id = recorded[0].batch_id
    assert batch_id is not None
    return batch_id


def open_amount(company: Company, *, known_at: datetime | None = None) -> float:
    """Give the amount in progress on the work date, as known now or at a moment."""
    report = weighted_pipeline(company.store, Scope(as_of=WORK_DATE, known_at=known_at))
    return float(report.totals["amount"] or 0)


# --- refusals ------------------------------------------------------------------------------------


def test_what_somebody_else_did_is_not_undone(company: Company) -> None:
    """The refusal names who did it."""
    batch = done(company, DefineContact(name="New one"), by="JO")
    with pytest.raises(OthersBatchError, match="JO"):
        company.go(UndoBatch(batch_id=batch))


def test_what_was_done_long_ago_is_not_undone(company: Company) -> None:
    """A day is the limit; the company sets another one."""
    batch = done(company, DefineContact(name="New one"), at=NOON)
    late = UndoBatch(batch_id=batch)
    with pytest.raises(TooLongAgoError, match="24"):
        done(company, late, at=NOON + timedelta(hours=25))
    company.go(DefineSetting(name="undo_hours", value="26"))
    done(company, late, at=NOON + timedelta(hours=25))
    with pytest.raises(FigureError):
        company.go(DefineSetting(name="undo_hours", value="soon"))


def test_what_is_undone_is_not_undone_twice(company: Company) -> None:
    """It can be done again instead."""
    batch = done(company, DefineContact(name="New one"))
    company.go(UndoBatch(batch_id=batch))
    with pytest.raises(UndoneAlreadyError):
        company.go(UndoBatch(batch_id=batch))


def test_what_was_never_recorded_is_not_undone(company: Company) -> None:
    """Neither a number that is none, nor what was done in bulk."""
    with pytest.raises(UnknownBatchError):
        company.go(UndoBatch(batch_id=1))


@pytest.mark.parametrize(
    "later",
    [
        Reassign(opportunity_no="OP000001", owner_code="JO"),
        EditOpportunity(opportunity_no="OP000001", description="Tables"),
        CloseAsLost(opportunity_no="OP000001", close_reason_code="L1"),
    ],
    ids=lambda wish: type(wish).__name__,
)
def test_what_somebody_built_on_is_not_undone(company: Company, later: Command) -> None:
    """The refusal names the record, the command, the person and the moment."""
    company.started("ADD")
    batch = done(company, UpdateOpportunity(opportunity_no="OP000001", amount=2000))
    next_batch = done(company, later, by="JO", at=datetime(2026, 11, 24, 9, 30))  # noqa: DTZ001 (UTC)
    assert next_batch > batch
    with pytest.raises(
        BuiltOnError, match=r"opportunity OP000001 .*\(.* by JO on 2026-11-24 at 09:30\)"
    ):
        company.go(UndoBatch(batch_id=batch))
    assert company.last("OP000001").amount == 2000


@pytest.mark.parametrize(
    "later",
    [
        CreateTask(description="Call", due_on=LATER, opportunity_no="OP000001"),
        AddComment(about="opportunity", no="OP000001", text="They hesitate"),
    ],
    ids=lambda wish: type(wish).__name__,
)
def test_an_entry_with_something_around_it_is_not_undone(company: Company, later: Command) -> None:
    """A task or a comment of somebody else would lead nowhere."""
    no = company.started("ADD")
    assert no == "OP000001"
    batch = max(one.id for one in journal.batches(company.store))
    done(company, later, by="JO")
    with pytest.raises(BuiltOnError, match="JO"):
        company.go(UndoBatch(batch_id=batch))


def test_a_contact_somebody_sells_to_is_not_undone(company: Company) -> None:
    """The opportunity of a later batch refers to it."""
    batch = done(company, DefineContact(no="NEW", name="New one"))
    company.started("ADD", contact_no="NEW")
    with pytest.raises(BuiltOnError) as refused:
        company.go(UndoBatch(batch_id=batch))
    assert len(refused.value.reasons) == 1
    name = company.opportunity("OP000001").description
    assert refused.value.reasons[0].startswith(f"opportunity OP000001 {name} (create opportunity")


def test_a_move_out_of_a_stage_that_was_removed_is_not_undone(company: Company) -> None:
    """Where it stood is not there any more; who removed it is named."""
    no = company.started("ADD")
    batch = done(company, MoveToNextStage(opportunity_no=no))
    done(company, RemoveStage(cycle_code="ADD", stage=1), by="JO")
    with pytest.raises(BuiltOnError, match=r"stage ADD 1 \(remove stage by JO"):
        company.go(UndoBatch(batch_id=batch))
    stage = DefineStage(cycle_code="ADD", stage=1, chances_percent=10)
    company.go(stage)
    company.go(UndoBatch(batch_id=batch))
    assert company.last(no).stage == 1


def test_what_was_built_on_is_undone_after_that_was(company: Company) -> None:
    """Backwards, one after another, everything can be taken back."""
    no = company.started("ADD")
    first = done(company, UpdateOpportunity(opportunity_no=no, amount=2000))
    second = done(company, UpdateOpportunity(opportunity_no=no, amount=3000))
    company.go(UndoBatch(batch_id=second))
    company.go(UndoBatch(batch_id=first))
    assert company.last(no).amount == 1000
    with pytest.raises(BuiltOnError):
        company.go(UndoBatch(batch_id=second, again=True))
    company.go(UndoBatch(batch_id=first, again=True))
    company.go(UndoBatch(batch_id=second, again=True))
    assert company.last(no).amount == 3000


# --- what stays known ----------------------------------------------------------------------------


def test_what_was_known_before_an_entry_was_undone_stays_readable(company: Company) -> None:
    """Known later it never was; known before the undoing it is there with its amount."""
    entry = CreateOpportunity(
        description="Chairs",
        contact_no="C1",
        owner_code="SP1",
        cycle_code="ADD",
        activate=True,
        amount=1000,
        expected_close_on=LATER,
    )
    batch = done(company, entry, at=NOON)
    done(company, UndoBatch(batch_id=batch), at=NOON + timedelta(hours=1))
    done(company, UndoBatch(batch_id=batch, again=True), at=NOON + timedelta(hours=2))
    known = [open_amount(company, known_at=NOON + timedelta(minutes=30 + 60 * n)) for n in range(3)]
    assert known == [1000, 0, 1000]
    assert open_amount(company) == 1000


def test_what_was_known_while_something_was_deleted_stays_readable(company: Company) -> None:
    """A won opportunity that was deleted counts again, and did not in between."""
    no = company.started("ADD")
    done(company, CloseAsWon(opportunity_no=no, close_reason_code="W1"), at=NOON)
    batch = done(company, DeleteOpportunity(opportunity_no=no), at=NOON + timedelta(hours=1))
    done(company, UndoBatch(batch_id=batch), at=NOON + timedelta(hours=2))

    def won(known_at: datetime | None) -> float:
        scope = Scope(as_of=LATER, known_at=known_at)
        return float(win_rate(company.store, scope).totals["won"] or 0)

    moments = [datetime.now(), *[NOON + timedelta(minutes=minutes) for minutes in (90, 150)]]  # noqa: DTZ005
    assert [won(moment) for moment in moments[1:]] == [0, 1]
    assert won(None) == 1


def test_numbers_that_were_given_are_not_given_again(company: Company) -> None:
    """The next entry gets the next number."""
    batch = done(company, DefineContact(name="New one"))
    company.go(UndoBatch(batch_id=batch))
    recorded = company.go(DefineContact(name="Another one"))
    assert recorded[0].no == "CT000002"


def test_a_customer_who_bought_otherwise_stays_one(company: Company) -> None:
    """Of two wins the first is undone: the second still made a customer of the contact."""
    company.go(DefineContact(no="NEW", name="New one"))
    first, second = (company.started("ADD", contact_no="NEW") for _ in range(2))
    batch = done(company, CloseAsWon(opportunity_no=first, close_reason_code="W1"))
    done(company, CloseAsWon(opportunity_no=second, close_reason_code="W1"))
    company.go(UndoBatch(batch_id=batch))
    assert company.store.rows("select is_customer from contacts where contact_no = 'NEW'") == [
        (True,)
    ]


# --- what is shown -------------------------------------------------------------------------------


def test_what_undoing_restores_is_said_in_words(company: Company) -> None:
    """Stage and amount as they are and as they were; what follows from them is left out."""
    no = company.started("ADD")
    batch = journal.batch(
        company.store, done(company, MoveToNextStage(opportunity_no=no, amount=2))
    )
    rows = restores(company.store, batch)
    shown = dict(
        zip(rows["changed_column"], zip(rows["is_now"], rows["will_be"], strict=True), strict=True)
    )
    assert shown["Stage"] == ("2 Stage 2", "1 Stage 1")
    assert shown["Amount"] == ("2.00", "1,000.00")
    assert set(rows["record"]) == {f"opportunity {no} Chairs"}


def test_the_list_has_what_a_person_did_in_the_last_hours(company: Company) -> None:
    """Done, undone and done again is one line; what is too long ago is none."""
    now = datetime(2031, 11, 24, 12)  # noqa: DTZ001 (UTC)
    done(company, DefineContact(name="Old"), at=now - timedelta(hours=30))
    batch = done(company, DefineContact(name="New"), at=now - timedelta(hours=3))
    done(company, UndoBatch(batch_id=batch), at=now - timedelta(hours=2))
    done(company, DefineContact(name="Theirs"), by="JO", at=now - timedelta(hours=1))
    (change,) = recent_changes(company.store, now=now, by="SP1")
    assert change.words == "Define contact: contact CT000002"
    assert change.batch.is_undone
    assert refusal(company.store, change.batch, by="SP1", now=now) is None
    sentence = refusal(company.store, change.batch, by="JO", now=now)
    assert sentence is not None
    assert "SP1" in sentence


def test_an_opportunity_is_entered_on_a_day_and_undone_on_another(company: Company) -> None:
    """It is out from its first day on, whatever day it is undone."""
    no = company.started("ADD", today=date(2026, 5, 1))
    batch = max(one.id for one in journal.batches(company.store))
    company.go(UndoBatch(batch_id=batch), today=LATER)
    assert company.store.rows(
        "select removed_on from opportunities where opportunity_no = ?", [no]
    ) == [(date(2026, 5, 1),)]
    assert open_amount(company) == 0


def test_lists_and_other_records_are_called_what_people_call_them(company: Company) -> None:
    """Not by the names of their tables."""
    done(company, DefineContactList(description="Guests"), at=NOON)
    done(company, ListContacts(list_no="CL000001", contact_nos=("C1",)), at=NOON)
    changes = recent_changes(company.store, now=NOON + timedelta(hours=1), by="SP1")
    told = [change.words for change in changes if change.batch.at == NOON]
    assert told == [
        "List contacts: contact on list CL000001 C1",
        "Define contact list: list of contacts CL000001",
    ]
    assert not [table for table in KEYS if table not in NOUNS]


def test_quotas_calls_and_settings_are_called_what_people_call_them(company: Company) -> None:
    """By whose they are and for which period, not by the parts of their key."""
    done(company, SetQuota(on=WORK_DATE, target=10))
    done(company, SetQuota(on=WORK_DATE, target=10, level="owner", code="JO", measure="won count"))
    done(company, SubmitCall(on=WORK_DATE, amount=10, level="owner", code="JO"))
    done(company, DefineSetting(name="call_cutoff_days", value="3"))
    changes = recent_changes(company.store, now=NOON, by="SP1")
    quarter = FiscalCalendar().quarter(WORK_DATE).label
    name = company.store.rows("select name from salespeople where owner_code = 'JO'")[0][0]
    told = {record for change in changes for record in change.records}
    assert {
        f"quota of the company for {quarter}",
        f"quota of {name} for {quarter} (won count)",
        f"call of {name} for {quarter}",
        "setting call cutoff days",
    } <= told
