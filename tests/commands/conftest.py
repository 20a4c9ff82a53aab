"""The company of Business Central's worked cases: five sales cycles, two salespeople, contacts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

import pipeline
from pipeline.commands import (
    CloseAsLost,
    CloseAsWon,
    Command,
    CreateOpportunity,
    DefineCloseReason,
    DefineContact,
    DefineSalesCycle,
    DefineSalesperson,
    DefineStage,
    MoveToNextStage,
    Recorded,
    carry_out,
)
from pipeline.domain.opportunities import Opportunity
from pipeline.domain.transitions import Transition
from pipeline.store import Store, records
from pipeline.store.check import check

WORK_DATE = date(2026, 5, 15)
FAR = date(2026, 12, 31)

CYCLES = {
    "MUL": ("multiply", "1(2/10,S) 2(35/25,S) 3(70/60,S,Q) 4(85/80,Q) 5(95/100,Q)"),
    "ADD": ("add", "1(2/20,S) 2(50/40,S) 3(80/60,Q) 4(95/80,Q)"),
    "CHA": ("chances", "1(2/10) 2(5/20) 3(40/50,S,Q) 4(60/75,Q) 5(95/100,Q)"),
    "COM": ("completed", "1(2/10,S) 2(50/40,S) 3(80/80,Q) 4(95/100,Q)"),
    "SEV": (
        "multiply",
        "1(2/10,S) 2(5/20) 3(20/30) 4(40/40) 5(50/60,S,Q) 6(80/80,S,Q) 7(95/100,Q)",
    ),
}
"""Stages are written `number(completed/chances[,S][,Q])`: S may be skipped, Q needs a quote."""


def define(code: str) -> list[Command]:
    """Give the commands that set up one of the cycles."""
    method, stages = CYCLES[code]
    commands: list[Command] = [DefineSalesCycle(code=code, probability_method=method)]
    for stage in stages.split():
        number, inside = stage.rstrip(")").split("(")
        percents, *marks = inside.split(",")
        completed, chances = percents.split("/")
        commands.append(
            DefineStage(
                cycle_code=code,
                stage=int(number),
                description=f"Stage {number}",
                completed_percent=completed,
                chances_percent=chances,
                allow_skip="S" in marks,
                quote_required="Q" in marks,
            )
        )
    return commands


@dataclass(frozen=True)
class Company:
    """A store with the cases' set-up, and short ways to tell what happens in it."""

    store: Store

    def go(self, *commands: Command, today: date = WORK_DATE) -> list[Recorded]:
        """Carry out commands on a work date."""
        return carry_out(self.store, *commands, by="SP1", today=today)

    def create(self, cycle: str, *, today: date = WORK_DATE, **fields: object) -> str:
        """Enter an opportunity, not started, and give its number."""
        wish = {"description": "Chairs", "contact_no": "C1", "owner_code": "SP1"} | fields
        made = self.go(CreateOpportunity(cycle_code=cycle, **wish), today=today)  # type: ignore[arg-type]
        return made[0].no

    def started(self, cycle: str, *, today: date = WORK_DATE, **fields: object) -> str:
        """Enter an opportunity into the first stage of a cycle: 1,000 by the end of the year."""
        wish = {"activate": True, "amount": 1000, "expected_close_on": FAR} | fields
        return self.create(cycle, today=today, **wish)

    def at_stage(self, cycle: str, stage: int, *, today: date = WORK_DATE) -> str:
        """Bring an opportunity forward, one stage after another, past what a quote would guard."""
        no = self.started(cycle, today=today)
        self.store.execute("update stages set quote_required = false where cycle_code = ?", [cycle])
        for _ in range(stage - 1):
            self.go(MoveToNextStage(opportunity_no=no), today=today)
        self.go(*define(cycle), today=today)
        return no

    def won(self, cycle: str = "COM") -> str:
        """Enter an opportunity and win it."""
        no = self.started(cycle)
        self.go(CloseAsWon(opportunity_no=no, close_reason_code="W1"))
        return no

    def lost(self, cycle: str = "COM") -> str:
        """Enter an opportunity and lose it."""
        no = self.started(cycle)
        self.go(CloseAsLost(opportunity_no=no, close_reason_code="L1"))
        return no

    def opportunity(self, no: str) -> Opportunity:
        """Give an opportunity as it stands."""
        return records.opportunity(self.store, no)

    def last(self, no: str) -> Transition:
        """Give the newest transition of an opportunity."""
        last = self.opportunity(no).last
        assert last is not None
        return last

    def log(self, no: str) -> list[dict[str, object]]:
        """Give the whole log of an opportunity, oldest first, a dictionary for each row."""
        rows = self.store.execute(
            "select * from transitions where opportunity_id = ? order by nth",
            [self.opportunity(no).id],
        )
        names = [column[0] for column in rows.description or []]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


@pytest.fixture
def company() -> Iterator[Company]:
    """The set-up of the cases; whatever a test does, the log is intact at its end."""
    with pipeline.open() as store:
        story = Company(store)
        story.go(
            DefineSalesperson(code="SP1", name="Sam Porter"),
            DefineSalesperson(code="JO", name="Jim Olive"),
            DefineContact(no="C1", name="Adatum", is_customer=True),
            DefineContact(no="P1", type="person", name="Robert Townes", company_no="C1"),
            DefineContact(no="C2", name="Trey Research"),
            DefineCloseReason(code="W1", outcome="won"),
            DefineCloseReason(code="W2", outcome="won"),
            DefineCloseReason(code="L1", outcome="lost"),
            DefineCloseReason(code="L2", outcome="lost"),
            *[command for code in CYCLES for command in define(code)],
        )
        yield story
        finding = check(store)
        assert finding.intact, str(finding)


def exactly(text: str) -> Decimal:
    """A figure as the cases write it: `10,000` or `24.5`."""
    return Decimal(text.replace(",", ""))
