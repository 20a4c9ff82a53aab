"""What a person asks for on the board, and the commands that carry it out; no Streamlit.

Where a drop leads is decided by `pipeline.domain.drops`, whether it is granted by the opportunity.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline import commands
from pipeline.commands import Command
from pipeline.domain import drops
from pipeline.domain.closing import Outcome
from pipeline.domain.cycles import Move, SalesCycle
from pipeline.domain.errors import MissingFieldError
from pipeline.domain.errors.board import DayUnreadableError
from pipeline.domain.opportunities import Change, Opportunity

KINDS = ("move", "close", "save", "done", "undo", "open", "more", "go", "list")
"""Move a card, close it, save what was typed in its panel, tick its next step off, take back what
was just done, open the panel, show more of a column, go to the page of the opportunity, open the
list behind a figure."""
_STEPS = {Move.NEXT: commands.MoveToNextStage, Move.PREVIOUS: commands.MoveToPreviousStage}
_LEAPS = {Move.SKIP: commands.SkipToStage, Move.JUMP: commands.JumpToStage}
_ESTIMATES = {"amount": "The amount", "expected_close_on": "The expected close date"}
_DAYS = {"expected_close_on": "The expected close date", "step_on": "The day of the next step"}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One thing asked for; the answer carries its turn."""

    kind: str
    turn: int = 0
    no: str = ""
    seen: int | None = None
    """The version of the card that was looked at."""
    to: int = drops.DRAFTS
    """The stage it was dropped on."""
    outcome: str = ""
    task_no: str = ""
    batch: int = 0
    """What is to be taken back."""
    stage: int = 0
    what: str = ""
    """The figure of a column whose list is asked for."""
    first: int = 0
    """The place that a column is to be shown from."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """What stands in the fields of a panel, by name."""

    def words(self, name: str) -> str:
        """What was typed in a field, without blanks around it."""
        return self.typed.get(name, "").strip()

    def figure(self, name: str) -> str | None:
        """The figure typed in a field as it stands there; None when blank."""
        return self.words(name).replace("\u00a0", "").replace(" ", "") or None

    def day(self, name: str) -> date | None:
        """The day in a field; None when blank. Raises `DayUnreadableError`."""
        typed = self.words(name)
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            raise DayUnreadableError(_DAYS.get(name, "The day"), name, typed) from None


def read(asked: Mapping[str, Any]) -> Wish | None:
    """The wish in what the browser sent; None where it makes no sense."""
    try:
        seen = asked.get("seen")
        wish = Wish(
            kind=str(asked["kind"]),
            turn=int(asked.get("turn", 0)),
            no=str(asked.get("no", "")),
            seen=None if seen is None else int(seen),
            to=int(asked.get("to", drops.DRAFTS)),
            outcome=str(asked.get("outcome", "")),
            task_no=str(asked.get("task_no", "")),
            batch=int(asked.get("batch", 0)),
            stage=int(asked.get("stage", 0)),
            what=str(asked.get("what", "")),
            first=int(asked.get("first", 0)),
            typed={str(name): str(word) for name, word in dict(asked.get("typed", {})).items()},
        )
    except (KeyError, TypeError, ValueError):
        return None
    return wish if wish.kind in KINDS else None


# --- commands -----------------------------------------------------------------------------------


def moving(wish: Wish, opportunity: Opportunity, cycle: SalesCycle) -> list[Command]:
    """The commands of a drop on a stage, a quote first where one is given.

    Raises what `drops.move_to` refuses with, and `DayUnreadableError`.
    """
    move = drops.move_to(cycle, opportunity.at, wish.to)
    quote = _quote(wish)
    what: dict[str, Any] = {
        "opportunity_no": wish.no,
        "amount": wish.figure("amount"),
        "expected_close_on": wish.day("expected_close_on"),
        # The quote is recorded by the same hand in the same moment; what was seen is checked there.
        "seen": None if quote else wish.seen,
    }
    if move is Move.FIRST:
        return [commands.ActivateFirstStage(**what)]
    what["chances_percent"] = wish.figure("chances_percent")
    if move in _LEAPS:
        return [*quote, _LEAPS[move](stage=wish.to, **what)]
    return [*quote, _STEPS[move](**what)]


def _quote(wish: Wish) -> list[Command]:
    """Assign the quote that was chosen, or make one where it was left to be made."""
    if "quote_no" not in wish.typed:
        return []
    chosen = wish.words("quote_no")
    if chosen:
        return [commands.AssignQuote(opportunity_no=wish.no, quote_no=chosen, seen=wish.seen)]
    amount = wish.figure("amount")
    return [commands.CreateQuote(opportunity_no=wish.no, amount=amount, seen=wish.seen)]


def closing(wish: Wish) -> list[Command]:
    """The command of a drop on won or lost."""
    what: dict[str, Any] = {
        "opportunity_no": wish.no,
        "close_reason_code": wish.words("close_reason_code") or None,
        "note": wish.words("note"),
        "seen": wish.seen,
    }
    if wish.outcome == Outcome.WON:
        return [commands.CloseAsWon(sales_amount=wish.figure("sales_amount"), **what)]
    return [commands.CloseAsLost(**what)]


def saving(wish: Wish) -> list[Command]:
    """The commands of what was typed in a card's panel: estimate, next step, note.

    Raises `DayUnreadableError`, and `MissingFieldError` where an estimate was emptied.
    """
    asked: list[Command] = []
    for name, label in _ESTIMATES.items():
        if name in wish.typed and not wish.words(name):
            raise MissingFieldError(label, name)
    if "amount" in wish.typed or "expected_close_on" in wish.typed:
        asked.append(
            commands.UpdateOpportunity(
                opportunity_no=wish.no,
                amount=wish.figure("amount"),
                expected_close_on=wish.day("expected_close_on"),
                seen=wish.seen,
            )
        )
    if wish.words("step") or wish.words("step_on"):
        asked.append(
            commands.CreateTask(
                opportunity_no=wish.no, description=wish.words("step"), due_on=wish.day("step_on")
            )
        )
    if wish.words("note"):
        asked.append(commands.AddComment(about="opportunity", no=wish.no, text=wish.words("note")))
    return asked


def still_needed(
    wish: Wish, opportunity: Opportunity, cycle: SalesCycle, today: date
) -> tuple[str, ...]:
    """The fields that a drop on a stage needs before it is granted, nothing typed yet.

    Raises the refusal that no field can mend.
    """
    move = drops.move_to(cycle, opportunity.at, wish.to)
    stage = wish.to if move in _LEAPS else None
    change = Change(on=opportunity.latest(today), stage=stage)
    return drops.needs(cycle, opportunity, move, change, today)
