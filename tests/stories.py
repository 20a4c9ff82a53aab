"""Stories that several tests are about, each told once, with real commands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from pipeline.commands import (
    CloseAsLost,
    CloseAsWon,
    Command,
    CreateOpportunity,
    DefineCloseReason,
    DefineContact,
    DefineNumberSeries,
    DefineSalesCycle,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    DefineTeam,
    MoveToNextStage,
    MoveToPreviousStage,
    Reopen,
    SkipToStage,
    UpdateOpportunity,
    carry_out,
)
from pipeline.domain.scope import Scope
from pipeline.store import Store

QUARTER_END = date(2025, 3, 31)
Q1 = Scope(as_of=QUARTER_END, from_on=date(2025, 1, 1), to_on=QUARTER_END)
"""The first quarter of 2025, looked at from its last day."""


@dataclass(frozen=True)
class Told:
    """One thing that happens on a day."""

    day: date
    command: Command


def tell(store: Store, story: Iterable[Told], *, by: str = "ANN") -> None:
    """Carry a story out in the order of its days, each day recorded at noon of that day."""
    in_order = sorted(story, key=lambda told: told.day)
    for day, told in groupby(in_order, key=lambda told: told.day):
        commands = [each.command for each in told]
        carry_out(store, *commands, by=by, today=day, at=datetime.combine(day, time(12)))


def company() -> list[Command]:
    """Ann and Bob of two teams, one contact, three reasons to close, one of them no defeat."""
    return [
        DefineNumberSeries(code="OPP", starting_no="OP0001", ending_no="OP9999"),
        DefineSetting(name="opportunity_series", value="OPP"),
        DefineTeam(code="NORTH", name="North"),
        DefineTeam(code="SOUTH", name="South"),
        DefineSalesperson(code="ANN", name="Ann Áspa", team_code="NORTH"),
        DefineSalesperson(code="BOB", name="Bob Bock", team_code="SOUTH"),
        DefineContact(no="C1", name="Société Générique", is_customer=True),
        DefineCloseReason(code="GOOD", description="Convinced", outcome="won"),
        DefineCloseReason(code="PRICE", description="Too expensive", outcome="lost"),
        DefineCloseReason(
            code="DOUBLE", description="Entered twice", outcome="lost", in_win_rate=False
        ),
    ]


def three_stages(cycle_code: str = "F10") -> list[Command]:
    """Qualify (10 percent), propose (40, may be skipped), negotiate (70); chances alone count."""
    stages = [(1, "Qualify", 10, False), (2, "Propose", 40, True), (3, "Negotiate", 70, False)]
    return [
        DefineSalesCycle(code=cycle_code, description="Ten", probability_method="chances"),
        *(
            DefineStage(
                cycle_code=cycle_code,
                stage=stage,
                description=description,
                chances_percent=chances,
                allow_skip=allow_skip,
            )
            for stage, description, chances, allow_skip in stages
        ),
    ]


def ten_opportunities(store: Store) -> Store:
    """Fixture F10: ten opportunities that skip, go back, are re-dated, lost, reopened and won.

    D01  2025-01-05 in 1, 10,000, to close 03-15; 01-20 to 2; 02-10 to 3; 03-10 won
    D02  2025-01-10 in 1, 20,000, 03-31; 02-01 to 2; 03-05 lost
    D03  2025-01-15 in 1, 30,000, 03-20; 02-14 to 3 (skips 2); 03-18 27,000; 03-20 won
    D04  2025-02-01 in 1, 15,000, 03-25; 02-21 to 2; 03-15 to close 04-30; 04-28 won
    D05  2024-11-20 in 1, 40,000, 02-28; 2024-12-20 to 2; 01-31 to 3; 02-20 back to 2, 03-31;
         03-01 45,000
    D06  2024-12-15 in 1, 12,000, 04-15; 01-25 to 2; 03-01 to close 03-28; 03-20 to 3; 03-28 lost
    D07  2025-03-10 in 1, 8,000, 03-31
    D08  2024-12-01 in 1, 25,000, 02-15; 2024-12-20 to 2; 01-20 lost; 02-25 reopened in 2, 03-30;
         03-25 to 3; 03-29 won
    D09  2025-02-10 in 1, 5,000, 05-31
    D10  2024-12-28 in 1, 18,000, 03-10; 03-04 14,000; 03-10 to close 06-15
    """
    carry_out(store, *company(), *three_stages(), by="ANN", today=date(2024, 11, 1))
    tell(store, ten())
    return store


def ten() -> Iterator[Told]:
    """Give what happens to the ten opportunities; the docstring above in commands."""
    yield from _created("D01", "2025-01-05", 10_000, "2025-03-15")
    yield _next("D01", "2025-01-20")
    yield _next("D01", "2025-02-10")
    yield _won("D01", "2025-03-10")
    yield from _created("D02", "2025-01-10", 20_000, "2025-03-31")
    yield _next("D02", "2025-02-01")
    yield _lost("D02", "2025-03-05")
    yield from _created("D03", "2025-01-15", 30_000, "2025-03-20")
    yield Told(date(2025, 2, 14), SkipToStage(opportunity_no="D03", stage=3))
    yield _update("D03", "2025-03-18", amount=27_000)
    yield _won("D03", "2025-03-20")
    yield from _created("D04", "2025-02-01", 15_000, "2025-03-25")
    yield _next("D04", "2025-02-21")
    yield _update("D04", "2025-03-15", expected="2025-04-30")
    yield _won("D04", "2025-04-28")
    yield from _created("D05", "2024-11-20", 40_000, "2025-02-28")
    yield _next("D05", "2024-12-20")
    yield _next("D05", "2025-01-31")
    back = MoveToPreviousStage(opportunity_no="D05", expected_close_on=date(2025, 3, 31))
    yield Told(date(2025, 2, 20), back)
    yield _update("D05", "2025-03-01", amount=45_000)
    yield from _created("D06", "2024-12-15", 12_000, "2025-04-15")
    yield _next("D06", "2025-01-25")
    yield _update("D06", "2025-03-01", expected="2025-03-28")
    yield _next("D06", "2025-03-20")
    yield _lost("D06", "2025-03-28")
    yield from _created("D07", "2025-03-10", 8_000, "2025-03-31")
    yield from _created("D08", "2024-12-01", 25_000, "2025-02-15")
    yield _next("D08", "2024-12-20")
    yield _lost("D08", "2025-01-20")
    again = Reopen(
        opportunity_no="D08", stage=2, note="They called", expected_close_on=date(2025, 3, 30)
    )
    yield Told(date(2025, 2, 25), again)
    yield _next("D08", "2025-03-25")
    yield _won("D08", "2025-03-29")
    yield from _created("D09", "2025-02-10", 5_000, "2025-05-31")
    yield from _created("D10", "2024-12-28", 18_000, "2025-03-10")
    yield _update("D10", "2025-03-04", amount=14_000)
    yield _update("D10", "2025-03-10", expected="2025-06-15")


def _created(no: str, day: str, amount: int, expected: str) -> Iterator[Told]:
    create = CreateOpportunity(
        no=no,
        description=f"Opportunity {no}",
        contact_no="C1",
        owner_code="ANN",
        cycle_code="F10",
        activate=True,
        amount=amount,
        expected_close_on=date.fromisoformat(expected),
    )
    yield Told(date.fromisoformat(day), create)


def _next(no: str, day: str) -> Told:
    return Told(date.fromisoformat(day), MoveToNextStage(opportunity_no=no))


def _update(no: str, day: str, *, amount: int | None = None, expected: str | None = None) -> Told:
    close_on = date.fromisoformat(expected) if expected else None
    change = UpdateOpportunity(opportunity_no=no, amount=amount, expected_close_on=close_on)
    return Told(date.fromisoformat(day), change)


def _won(no: str, day: str) -> Told:
    return Told(date.fromisoformat(day), CloseAsWon(opportunity_no=no))


def _lost(no: str, day: str) -> Told:
    close = CloseAsLost(opportunity_no=no, close_reason_code="PRICE")
    return Told(date.fromisoformat(day), close)
