"""Whatever a command does can be undone, and done again: table by table, for every command."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

import pipeline.commands
from pipeline.commands import (
    ActivateFirstStage,
    AddComment,
    AsNew,
    AssignQuote,
    BlockSalesCycle,
    CancelInteraction,
    CancelTask,
    ChangeSeveral,
    CloseAsLost,
    CloseAsWon,
    Command,
    CompleteTask,
    CreateForList,
    CreateFromInteraction,
    CreateOpportunity,
    CreateQuote,
    CreateSeveral,
    CreateTask,
    DefineActivity,
    DefineCampaign,
    DefineCloseReason,
    DefineContact,
    DefineContactList,
    DefineListLine,
    DefineNumberSeries,
    DefineQuote,
    DefineSalesCycle,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    DefineTeam,
    DeleteClosed,
    DeleteOpportunity,
    EditComment,
    EditOpportunity,
    EditTask,
    ImportQuotas,
    JumpToStage,
    KeepApart,
    ListContacts,
    LogInteraction,
    MakeOrder,
    MergeOpportunities,
    MoveToNextStage,
    MoveToPreviousStage,
    PostponeTask,
    Reassign,
    RemoveActivity,
    RemoveCampaign,
    RemoveCloseReason,
    RemoveComment,
    RemoveContact,
    RemoveContactList,
    RemoveQuota,
    RemoveQuote,
    RemoveSalesCycle,
    RemoveSalesperson,
    RemoveStage,
    RemoveTeam,
    RemoveView,
    RenameView,
    Reopen,
    ReopenTask,
    ReorderStages,
    RetractLastTransition,
    SaveImportProfile,
    SaveView,
    SetCategory,
    SetDaysActive,
    SetQuota,
    SkipToStage,
    StartWithUsual,
    SubmitCall,
    UndoBatch,
    UnlistContacts,
    UnmergeOpportunities,
    UpdateOpportunity,
)
from pipeline.domain.activities import ActivityStep
from pipeline.store import Store, whole
from pipeline.store.check import check
from pipeline.store.journal import KEYS, NOT_JOURNALED
from tests.commands.conftest import FAR, WORK_DATE, Company, define

NO = "OP000001"
STEPS = (ActivityStep(description="Call", date_formula="1W"),)


@dataclass(frozen=True)
class Case:
    """A command, and what has to be there for it."""

    wish: Command
    before: tuple[Command, ...] = ()


def _first(**fields: object) -> CreateOpportunity:
    wish = {
        "description": "Chairs",
        "contact_no": "C1",
        "owner_code": "SP1",
        "cycle_code": "ADD",
        "activate": True,
        "amount": 1000,
        "expected_close_on": FAR,
    }
    return CreateOpportunity(**(wish | fields))  # type: ignore[arg-type]


DRAFT = _first(activate=False)
NEXT = MoveToNextStage(opportunity_no=NO)
LOST = CloseAsLost(opportunity_no=NO, close_reason_code="L1")
TASK = CreateTask(description="Call them", due_on=FAR, opportunity_no=NO)
QUOTE = CreateQuote(opportunity_no=NO, amount=900)
LISTED = (
    DefineContactList(description="Fair", no="FAIR"),
    ListContacts(list_no="FAIR", contact_nos=("C1", "C2"), description="Chairs"),
)
TALK = LogInteraction(description="Talked", contact_no="C1", opportunity_no=NO)
REMARK = AddComment(about="opportunity", no=NO, text="They hesitate")
QUOTA = SetQuota(on=WORK_DATE, target=5000)
VIEW = SaveView(name="Mine", page="board", query="")
MERGED = MergeOpportunities(survivor_no=NO, loser_no="OP000002")
TWINS = (
    _first(),
    _first(),
    CreateTask(description="Call them", due_on=FAR, opportunity_no="OP000002"),
    CreateQuote(opportunity_no="OP000002", amount=900),
)
CAMPAIGN = DefineCampaign(
    no="CP1", description="Fair", activated=True, starts_on=date(2026, 1, 1), ends_on=FAR
)

CASES = [
    Case(ActivateFirstStage(opportunity_no=NO), (DRAFT,)),
    Case(REMARK, (_first(),)),
    Case(AsNew(DefineTeam(code="NEW", name="New"))),
    Case(
        AssignQuote(opportunity_no=NO, quote_no="Q1"),
        (_first(), DefineQuote(no="Q1", contact_no="C1", amount=700)),
    ),
    Case(ChangeSeveral(rows=((NEXT,), (REMARK,))), (_first(),)),
    Case(CreateSeveral(opportunities=(_first(), DRAFT))),
    Case(BlockSalesCycle(code="ADD")),
    Case(CancelInteraction(interaction_no="IN000001"), (_first(), TALK)),
    Case(CancelTask(task_no="TD000001"), (_first(), TASK)),
    Case(LOST, (_first(), TASK)),
    Case(LOST, (DRAFT,)),
    Case(CloseAsWon(opportunity_no=NO, close_reason_code="W1"), (_first(contact_no="C2"),)),
    Case(CompleteTask(task_no="TD000001"), (_first(), TASK)),
    Case(CreateForList(list_no="FAIR", owner_code="SP1", cycle_code="ADD"), LISTED),
    Case(
        CreateFromInteraction(interaction_no="IN000001"),
        (
            LogInteraction(contact_no="C1", description="Asked", owner_code="SP1"),
            DefineSetting(name="default_cycle", value="ADD"),
        ),
    ),
    Case(_first()),
    Case(_first(contact_no=None, company_name="Wingtip")),
    Case(DRAFT),
    Case(QUOTE, (_first(),)),
    Case(TASK, (_first(),)),
    Case(DefineActivity(code="CALL", steps=STEPS)),
    Case(
        DefineActivity(code="CALL", description="Phone"),
        (DefineActivity(code="CALL", steps=STEPS),),
    ),
    Case(CAMPAIGN),
    Case(DefineCloseReason(code="W3", outcome="won")),
    Case(DefineContact(name="New one")),
    Case(
        DefineContact(no="P1", type="person", name="Rob", company_no="C2"),
        (
            DefineContact(no="P1", type="person", name="Robert", company_no="C1"),
            _first(contact_no="P1"),
        ),
    ),
    Case(DefineContactList(description="Fair")),
    Case(DefineListLine(list_no="FAIR", contact_no="C1", description="Tables"), LISTED),
    Case(DefineNumberSeries(code="NEW", starting_no="N001", ending_no="N999")),
    Case(DefineNumberSeries(code="OP", starting_no="A001", ending_no="A999")),
    Case(DefineQuote(no="Q1", contact_no="C1", amount=700)),
    Case(DefineSalesCycle(code="ADD", description="Other", probability_method="chances")),
    Case(DefineSalesperson(code="SP1", name="Samuel")),
    Case(DefineSetting(name="currency", value="USD")),
    Case(DefineStage(cycle_code="ADD", stage=2, description="Other")),
    Case(DefineTeam(code="T", name="Team", manager_code="SP1")),
    Case(DeleteClosed(opportunity_nos=(NO,)), (_first(), LOST)),
    Case(DeleteOpportunity(opportunity_no=NO), (_first(), LOST)),
    Case(DeleteOpportunity(opportunity_no=NO), (DRAFT,)),
    Case(EditComment(comment_id=1, text="They are sure"), (_first(), REMARK)),
    Case(
        EditOpportunity(opportunity_no=NO, description="Tables", priority="high", contact_no="P1"),
        (_first(),),
    ),
    Case(
        EditOpportunity(opportunity_no=NO, cycle_code="COM", campaign_no="CP1"), (DRAFT, CAMPAIGN)
    ),
    Case(EditTask(task_no="TD000001", description="Write"), (_first(), TASK)),
    Case(ImportQuotas(rows=((1, QUOTA),))),
    Case(JumpToStage(opportunity_no=NO, stage=1), (_first(), NEXT, NEXT)),
    Case(ListContacts(list_no="FAIR", contact_nos=("P1",)), LISTED),
    Case(TALK, (_first(),)),
    Case(MakeOrder(quote_no="SQ000001", close=True, close_reason_code="W1"), (_first(), QUOTE)),
    Case(NEXT, (_first(),)),
    Case(
        NEXT,
        (
            DefineActivity(code="CALL", steps=STEPS),
            DefineStage(
                cycle_code="ADD",
                stage=2,
                description="Two",
                chances_percent=9,
                activity_code="CALL",
            ),
            _first(),
        ),
    ),
    Case(KeepApart(opportunity_no=NO, other_nos=("OP000002",)), (_first(), _first())),
    Case(MergeOpportunities(survivor_no=NO, loser_no="OP000002"), TWINS),
    Case(UnmergeOpportunities(loser_no="OP000002"), (*TWINS, MERGED)),
    Case(MoveToPreviousStage(opportunity_no=NO), (_first(), NEXT)),
    Case(PostponeTask(task_no="TD000001", due_on=date(2027, 1, 4)), (_first(), TASK)),
    Case(Reassign(opportunity_no=NO, owner_code="JO"), (_first(),)),
    Case(Reassign(opportunity_no=NO, owner_code="JO"), (DRAFT,)),
    Case(RemoveActivity(code="CALL"), (DefineActivity(code="CALL", steps=STEPS),)),
    Case(RemoveCampaign(no="CP1"), (CAMPAIGN,)),
    Case(RemoveCloseReason(code="W2")),
    Case(RemoveComment(comment_id=1), (_first(), REMARK)),
    Case(RemoveContact(no="P1"), (_first(contact_no="P1"), LOST)),
    Case(RemoveContact(no="C1"), (_first(), LOST)),
    Case(RemoveContactList(no="FAIR"), LISTED),
    Case(RemoveQuota(on=WORK_DATE), (QUOTA,)),
    Case(RemoveQuote(quote_no="SQ000001"), (_first(), QUOTE)),
    Case(RemoveSalesCycle(code="SEV"), (_first(activate=False, cycle_code="SEV"),)),
    Case(
        RemoveSalesperson(code="JO"),
        (
            DefineTeam(code="T", name="Team", manager_code="JO"),
            DefineSetting(name="default_owner", value="JO"),
        ),
    ),
    Case(RemoveStage(cycle_code="ADD", stage=4)),
    Case(RemoveTeam(code="T"), (DefineTeam(code="T", name="Team"),)),
    Case(RemoveView(view_id=1), (VIEW,)),
    Case(RenameView(view_id=1, name="Ours"), (VIEW,)),
    Case(Reopen(opportunity_no=NO, note="They called"), (_first(), LOST)),
    Case(ReopenTask(task_no="TD000001"), (_first(), TASK, CompleteTask(task_no="TD000001"))),
    Case(ReorderStages(cycle_code="ADD", stages=(2, 1, 3, 4))),
    Case(RetractLastTransition(opportunity_no=NO), (_first(), NEXT, LOST)),
    Case(RetractLastTransition(opportunity_no=NO), (_first(),)),
    Case(SaveImportProfile(name="Theirs", profile_toml="x = 1")),
    Case(VIEW),
    Case(SetCategory(opportunity_no=NO, category="commit", reason="Signed"), (_first(),)),
    Case(SetDaysActive(code="SP1", joined_on=date(2026, 1, 1))),
    Case(QUOTA),
    Case(SkipToStage(opportunity_no=NO, stage=2), (_first(),)),
    Case(SubmitCall(on=WORK_DATE, amount=4000)),
    Case(UnlistContacts(list_no="FAIR", contact_nos=("C1",)), LISTED),
    Case(UpdateOpportunity(opportunity_no=NO, amount=2000), (_first(),)),
]

NOT_UNDONE_SO = {
    "Amend": "it carries out one of the others",
    "ImportAgain": "an import is undone by UndoImport",
    "RecordHistory": "it is done in bulk, by an import or into an empty store",
    "RecordImport": "an import is undone by UndoImport",
    "StoreForecasts": "what was forecast stays known, for it is measured by what came",
    "RestoreTables": "it fills an empty store; the file is thrown away",
    "UndoImport": "the file is imported again",
}
"""Commands that are not undone batch by batch, and why."""

SET_UP: tuple[Command, ...] = (
    DefineSalesperson(code="SP1", name="Sam Porter"),
    DefineSalesperson(code="JO", name="Jim Olive"),
    DefineContact(no="C1", name="Adatum"),
    DefineContact(no="C2", name="Trey Research"),
    DefineContact(no="P1", type="person", name="Robert Townes", company_no="C1"),
    *[DefineCloseReason(code=code, outcome="won") for code in ("W1", "W2")],
    DefineCloseReason(code="L1", outcome="lost"),
    *[
        DefineStage(
            cycle_code=stage.cycle_code, stage=stage.stage, chances_percent=10, allow_skip=True
        )
        if isinstance(stage, DefineStage)
        else stage
        for code in ("ADD", "COM", "SEV")
        for stage in define(code)
    ],
)

_BOOKS = {"batches", "counters", "journal", "past_removals", "undoings", "forecasts"}
"""Tables that tell what was done; they keep it."""
_COUNTING = {"version", "last_nth", "nth", "recorded_at", "recorded_by", "batch_id", "last_no"} | {
    "removed_at"
}
"""Columns that go on counting, or tell when and in which batch something was recorded."""
_COUNTS = {
    "transitions": "retracted_at is null",
    "opportunities": "not (started_on is null and removed_on is not distinct from created_on)",
}
"""What counts of the tables of the log: no retracted row, nothing that was never entered."""


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table that counts, in order."""
    return {
        table: store.rows(
            f"select {', '.join(c.name for c in columns if c.name not in _COUNTING)} "  # noqa: S608
            f"from {table} where {_COUNTS.get(table, 'true')} order by all"
        )
        for table, columns in whole.tables(store).items()
        if table not in _BOOKS
    }


def newest(store: Store) -> int:
    """Give the number of the newest batch."""
    return int(store.rows("select max(batch_id) from batches")[0][0])


@pytest.fixture
def company() -> Iterator[Company]:
    """Two salespeople, two companies and a person, three cycles; the log stays intact."""
    with pipeline.open() as store:
        story = Company(store)
        story.go(*SET_UP)
        yield story
        finding = check(store)
        assert finding.intact, str(finding)


def _name(case: Case) -> str:
    return type(case.wish).__name__


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_undoing_a_command_puts_every_table_as_it_was(company: Company, case: Case) -> None:
    """Carried out and undone, nothing is left; done again, everything is as it was made."""
    for command in case.before:
        company.go(command)
    before = everything(company.store)

    company.go(case.wish)
    after = everything(company.store)
    done = newest(company.store)
    assert after != before

    company.go(UndoBatch(batch_id=done))
    assert everything(company.store) == before

    company.go(UndoBatch(batch_id=done, again=True))
    assert everything(company.store) == after

    company.go(UndoBatch(batch_id=done))
    assert everything(company.store) == before
    finding = check(company.store)
    assert finding.intact, str(finding)


def test_every_command_is_tried_or_has_a_reason() -> None:
    """A new command gets a case above, or a reason why it is not undone like the others."""
    commands = {
        name
        for name in pipeline.commands.__all__
        if hasattr(getattr(pipeline.commands, name), "apply") and name != "Command"
    }
    assert commands - {_name(case) for case in CASES} - set(NOT_UNDONE_SO) == {
        "StartWithUsual",
        "UndoBatch",
    }


def test_the_usual_company_is_undone() -> None:
    """A new company that was started with the usual is an empty one again."""
    with pipeline.open() as store:
        before = everything(store)
        Company(store).go(StartWithUsual(name="Ann"))
        Company(store).go(UndoBatch(batch_id=newest(store)))
        assert everything(store) == before


def test_every_table_has_a_key_or_is_kept_out_of_the_journal() -> None:
    """A new table stands in `journal.KEYS`, or in `journal.NOT_JOURNALED`."""
    with pipeline.open() as store:
        assert not set(whole.tables(store)) - set(KEYS) - NOT_JOURNALED


def test_a_batch_of_many_commands_is_undone_as_one(company: Company) -> None:
    """All cases that can follow each other, carried out one after another and undone backwards."""
    company.go(_first())
    before = everything(company.store)
    company.go(NEXT, TASK, REMARK, QUOTE, Reassign(opportunity_no=NO, owner_code="JO"), LOST, TALK)
    company.go(UndoBatch(batch_id=newest(company.store)))
    assert everything(company.store) == before
