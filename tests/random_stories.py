"""Stories that nobody wrote: random wishes of sellers, carried out or refused by the real rules."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict

from hypothesis import settings
from hypothesis import strategies as st

import pipeline
from pipeline.commands import (
    CloseAsLost,
    CloseAsWon,
    Command,
    CreateOpportunity,
    DeleteOpportunity,
    JumpToStage,
    MoveToNextStage,
    MoveToPreviousStage,
    Reassign,
    Reopen,
    RetractLastTransition,
    SetCategory,
    SkipToStage,
    UpdateOpportunity,
    carry_out,
)
from pipeline.domain.errors import PipelineError
from pipeline.store import Store
from tests.stories import company, three_stages

FIRST_DAY = date(2025, 1, 1)
SEARCHED = 20
"""How many times as many examples are tried where new ones are searched."""

KINDS = ("next", "next", "next", "previous", "skip", "jump", "update", "reassign", "edit")
ENDS = ("won", "lost", "double", "reopen", "retract", "delete")


@dataclass(frozen=True)
class Wish:
    """What someone wants on a day, of one of a few opportunities."""

    opportunity: int
    kind: str
    after_days: int
    amount: int
    closes_in_days: int


class Step(TypedDict):
    """What every move is given."""

    opportunity_no: str
    amount: int
    expected_close_on: date


WISHES = st.builds(
    Wish,
    opportunity=st.integers(0, 4),
    kind=st.sampled_from(KINDS + ENDS),
    after_days=st.integers(0, 20),
    amount=st.integers(1, 50_000),
    closes_in_days=st.integers(0, 60),
)
STORIES = st.lists(WISHES, min_size=1, max_size=12)


def examples(number: int) -> settings:
    """So many examples, each with a store of its own; many more with HYPOTHESIS_PROFILE=search.

    The suite meets the same few every time, so more of them would prove little; those that find
    something new are searched.
    """
    searching = os.environ.get("HYPOTHESIS_PROFILE") == "search"
    return settings(max_examples=number * SEARCHED if searching else number)


def told(wishes: list[Wish], *, times: int = 1) -> tuple[Store, date]:
    """Carry wishes out in a new store, amounts times a factor; give it and the last day.

    The first wish for an opportunity creates it, in one of two cycles, as a draft when it is for
    an edit. A wish that the rules refuse changes nothing.
    """
    store = pipeline.open(":memory:")
    setting_up = [*company(), *three_stages("ONE"), *three_stages("TWO")]
    carry_out(store, *setting_up, by="ANN", today=FIRST_DAY, at=datetime.combine(FIRST_DAY, time()))
    return store, tell_on(store, wishes, FIRST_DAY, known=set(), times=times)


def tell_on(
    store: Store, wishes: list[Wish], day: date, *, known: set[int], times: int = 1
) -> date:
    """Carry more wishes out, from a day on; `known` are the opportunities there are."""
    for wish in wishes:
        day += timedelta(days=wish.after_days)
        make = _asked if wish.opportunity in known else _created
        known.add(wish.opportunity)
        with suppress(PipelineError):
            carry_out(
                store,
                make(wish, day, times),
                by="ANN",
                today=day,
                at=datetime.combine(day, time(12)),
            )
    return day


def _created(wish: Wish, day: date, times: int) -> Command:
    return CreateOpportunity(
        no=f"OP000{wish.opportunity}",
        description=f"Opportunity {wish.opportunity}",
        contact_no="C1",
        owner_code="ANN" if wish.amount % 2 else "BOB",
        cycle_code="ONE" if wish.opportunity % 2 else "TWO",
        activate=wish.kind != "edit",
        amount=wish.amount * times,
        expected_close_on=day + timedelta(days=wish.closes_in_days),
    )


def _asked(wish: Wish, day: date, times: int) -> Command:
    no = f"OP000{wish.opportunity}"
    step = Step(
        opportunity_no=no,
        amount=wish.amount * times,
        expected_close_on=day + timedelta(days=wish.closes_in_days),
    )
    wishes: dict[str, Callable[[], Command]] = {
        "next": lambda: MoveToNextStage(**step),
        "previous": lambda: MoveToPreviousStage(**step),
        "skip": lambda: SkipToStage(**step),
        "jump": lambda: JumpToStage(**step),
        "update": lambda: UpdateOpportunity(**step),
        "reassign": lambda: Reassign(
            opportunity_no=no, owner_code="ANN" if wish.amount % 2 else "BOB"
        ),
        "edit": lambda: SetCategory(opportunity_no=no, category="commit", reason="They signed"),
        "won": lambda: CloseAsWon(opportunity_no=no, sales_amount=wish.amount * times),
        "lost": lambda: CloseAsLost(opportunity_no=no, close_reason_code="PRICE"),
        "double": lambda: CloseAsLost(opportunity_no=no, close_reason_code="DOUBLE"),
        "reopen": lambda: Reopen(**step, note="They called"),
        "retract": lambda: RetractLastTransition(opportunity_no=no),
        "delete": lambda: DeleteOpportunity(opportunity_no=no),
    }
    return wishes[wish.kind]()
