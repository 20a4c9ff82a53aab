"""What the browser sends becomes a wish, and a wish the right commands."""

from datetime import date
from decimal import Decimal

import pytest

from dashboard.components.board.wishes import Wish, closing, moving, read, saving
from pipeline import commands
from pipeline.domain.cycles import SalesCycle, Stage
from pipeline.domain.errors import MissingFieldError
from pipeline.domain.errors.board import DayUnreadableError
from pipeline.domain.opportunities import Opportunity
from pipeline.domain.transitions import Action, Transition

CYCLE = SalesCycle(
    code="C",
    stages=tuple(Stage(stage=number, allow_skip=True) for number in (1, 2, 3)),
)


def at(stage: int | None) -> Opportunity:
    """Give an opportunity that stands in a stage, or is not started."""
    last = Transition(
        action=Action.NEXT,
        on=date(2026, 1, 5),
        cycle_code="C",
        stage=stage or 0,
        from_stage=0,
        path="1",
        amount=Decimal(1),
        chances_percent=Decimal(1),
        completed_percent=Decimal(0),
        probability_percent=Decimal(0),
        weighted_amount=None,
        expected_close_on=None,
        owner_code=None,
        contact_no=None,
        forecast_category=None,
        note="",
    )
    return Opportunity(
        id=1,
        no="OP1",
        description="",
        contact_no=None,
        company_no=None,
        owner_code=None,
        cycle_code="C",
        created_on=date(2026, 1, 5),
        last=last if stage else None,
    )


def test_what_makes_no_sense_is_no_wish() -> None:
    """Whatever a browser sends, nothing but a known kind with readable numbers is asked for."""
    for sent in (
        {},
        {"kind": "drop tables"},
        {"kind": "move", "to": "x"},
        {"kind": "move", "to": None},
        {"kind": "move", "typed": 3},
        {"kind": "move", "seen": "new"},
    ):
        assert read(sent) is None
    wish = read(
        {"kind": "move", "turn": 7, "no": "OP1", "to": 2, "seen": 3, "typed": {"amount": 5}}
    )
    assert wish == Wish(kind="move", turn=7, no="OP1", to=2, seen=3, typed={"amount": "5"})


@pytest.mark.parametrize(
    ("stage", "to", "command"),
    [
        (None, 1, commands.ActivateFirstStage(opportunity_no="OP1", seen=4)),
        (1, 2, commands.MoveToNextStage(opportunity_no="OP1", seen=4)),
        (2, 1, commands.MoveToPreviousStage(opportunity_no="OP1", seen=4)),
        (1, 3, commands.SkipToStage(opportunity_no="OP1", stage=3, seen=4)),
        (3, 1, commands.JumpToStage(opportunity_no="OP1", stage=1, seen=4)),
    ],
)
def test_a_drop_becomes_its_command_with_the_version_seen(
    stage: int | None, to: int, command: commands.Command
) -> None:
    """Next, previous, skip, jump, and the first of what is not started."""
    wish = Wish(kind="move", no="OP1", to=to, seen=4)
    assert moving(wish, at(stage), CYCLE) == [command]


def test_what_was_typed_travels_with_the_move() -> None:
    """An amount as it was typed, its thousands apart; a day; a quote that is assigned first."""
    typed = {"amount": " 4 200.50 ", "expected_close_on": "2026-05-01", "quote_no": "Q1"}
    wish = Wish(kind="move", no="OP1", to=2, seen=4, typed=typed)
    assert moving(wish, at(1), CYCLE) == [
        commands.AssignQuote(opportunity_no="OP1", quote_no="Q1", seen=4),
        commands.MoveToNextStage(
            opportunity_no="OP1", amount="4200.50", expected_close_on=date(2026, 5, 1)
        ),
    ]


def test_a_quote_left_to_be_made_is_made_on_the_way() -> None:
    """For the amount that was typed, else the opportunity's own."""
    wish = Wish(kind="move", no="OP1", to=2, seen=4, typed={"quote_no": ""})
    assert moving(wish, at(1), CYCLE)[0] == commands.CreateQuote(opportunity_no="OP1", seen=4)


def test_a_day_that_is_none_is_refused_at_its_field() -> None:
    """A year of five figures can be typed in a date field."""
    wish = Wish(kind="save", no="OP1", typed={"expected_close_on": "12026-01-01"})
    with pytest.raises(DayUnreadableError, match="12026-01-01") as refused:
        saving(wish)
    assert refused.value.field == "expected_close_on"


@pytest.mark.parametrize("field", ["amount", "expected_close_on"])
def test_an_estimate_cannot_be_emptied(field: str) -> None:
    """What was there is not kept silently: the field is named."""
    with pytest.raises(MissingFieldError) as refused:
        saving(Wish(kind="save", no="OP1", typed={field: " "}))
    assert refused.value.field == field


def test_closing_takes_reason_note_and_amount() -> None:
    """Lost has no amount."""
    typed = {"close_reason_code": "GOOD", "sales_amount": "900", "note": " signed "}
    won = Wish(kind="close", no="OP1", outcome="won", seen=4, typed=typed)
    assert closing(won) == [
        commands.CloseAsWon(
            opportunity_no="OP1",
            close_reason_code="GOOD",
            sales_amount="900",
            note="signed",
            seen=4,
        )
    ]
    lost = Wish(kind="close", no="OP1", outcome="lost", typed={})
    assert closing(lost) == [commands.CloseAsLost(opportunity_no="OP1")]


def test_a_panel_saves_only_what_was_changed() -> None:
    """Nothing, a step with its day, a note, a new amount: each by itself and all together."""
    assert saving(Wish(kind="save", no="OP1", typed={})) == []
    typed = {"step": "Call", "step_on": "2026-02-03", "note": "Green", "amount": "5"}
    assert saving(Wish(kind="save", no="OP1", seen=2, typed=typed)) == [
        commands.UpdateOpportunity(opportunity_no="OP1", amount="5", seen=2),
        commands.CreateTask(opportunity_no="OP1", description="Call", due_on=date(2026, 2, 3)),
        commands.AddComment(about="opportunity", no="OP1", text="Green"),
    ]


def test_the_number_of_what_is_taken_back_travels_as_text() -> None:
    """A browser would round so long a number."""
    wish = read({"kind": "undo", "no": "OP000001", "batch": "1795521258003872123"})
    assert wish is not None
    assert wish.batch == 1795521258003872123
