"""Which moves an opportunity offers now, and why it does not offer the others; no Streamlit."""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.domain.cycles import Move, SalesCycle
from pipeline.domain.errors import UnknownStageError
from pipeline.domain.opportunities import Opportunity, Status


class Step(StrEnum):
    """What a person can do to an opportunity, in the order it is offered."""

    FIRST = "first"
    NEXT = "next"
    UPDATE = "update"
    SKIP = "skip"
    PREVIOUS = "previous"
    JUMP = "jump"
    WON = "won"
    LOST = "lost"
    REOPEN = "reopen"
    QUOTE = "quote"
    REASSIGN = "reassign"
    EDIT = "edit"
    RETRACT = "retract"
    DELETE = "delete"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One step: its words on the button, and the reason when it is not possible now."""

    step: Step
    label: str
    refused: str = ""


MOVES = {
    Step.FIRST: Move.FIRST,
    Step.NEXT: Move.NEXT,
    Step.UPDATE: Move.UPDATE,
    Step.SKIP: Move.SKIP,
    Step.PREVIOUS: Move.PREVIOUS,
    Step.JUMP: Move.JUMP,
}
"""The steps that lead to a stage."""

_WORDS = {
    Step.FIRST: "Activate",
    Step.NEXT: "Next",
    Step.UPDATE: "Update",
    Step.SKIP: "Skip ahead",
    Step.PREVIOUS: "Back",
    Step.JUMP: "Jump back",
    Step.WON: "Won",
    Step.LOST: "Lost",
    Step.REOPEN: "Reopen",
    Step.QUOTE: "Quote",
    Step.REASSIGN: "Reassign",
    Step.EDIT: "Edit",
    Step.RETRACT: "Take back",
    Step.DELETE: "Delete",
}
_CLOSED = frozenset({Status.WON, Status.LOST})


def offers(opportunity: Opportunity, cycle: SalesCycle) -> list[Offer]:
    """Every step with its words, the impossible ones with the reason."""
    return [
        Offer(
            step=step,
            label=_label(step, opportunity, cycle),
            refused=_refused(step, opportunity, cycle),
        )
        for step in Step
    ]


def possible(opportunity: Opportunity, cycle: SalesCycle) -> list[Offer]:
    """The steps that can be taken now; the first is proposed."""
    return [offer for offer in offers(opportunity, cycle) if not offer.refused]


def impossible(opportunity: Opportunity, cycle: SalesCycle) -> list[Offer]:
    """The steps that cannot be taken now, each with its reason."""
    return [offer for offer in offers(opportunity, cycle) if offer.refused]


def stage_name(cycle: SalesCycle, number: int | None) -> str:
    """A stage in words: its description, else its number."""
    try:
        return cycle.stage(number or 0).description or f"stage {number}"
    except UnknownStageError:
        return f"stage {number}"


def _label(step: Step, opportunity: Opportunity, cycle: SalesCycle) -> str:
    """The word of a step; where it leads to one stage only, that stage with it."""
    if step in (Step.FIRST, Step.NEXT, Step.PREVIOUS):
        offered = cycle.offered(MOVES[step], opportunity.at)
        if offered:
            return f"{_WORDS[step]}: {stage_name(cycle, offered[0].stage)}"
    return _WORDS[step]


def _refused(step: Step, opportunity: Opportunity, cycle: SalesCycle) -> str:
    if step in MOVES:
        return _move_refused(step, opportunity, cycle)
    status, closed = opportunity.status, opportunity.status in _CLOSED
    in_progress = status is Status.IN_PROGRESS
    reasons = {
        Step.WON: "It is closed." if closed else "",
        Step.LOST: "It is closed." if closed else "",
        Step.REASSIGN: "It is closed." if closed else "",
        Step.REOPEN: "" if closed else "Only a closed opportunity can be reopened.",
        Step.QUOTE: "" if in_progress else "Only one in progress can be given a quote.",
        Step.RETRACT: "" if opportunity.last else "Nothing has been recorded in its log yet.",
        Step.DELETE: "It is in progress; close it first." if in_progress else "",
    }
    return reasons.get(step, "")


def _move_refused(step: Step, opportunity: Opportunity, cycle: SalesCycle) -> str:
    if opportunity.status in _CLOSED:
        return "It is closed; reopen it first."
    if not cycle.stages:
        return "Its sales cycle has no stages."
    if step is Step.FIRST:
        return "It is started." if opportunity.last else ""
    if opportunity.last is None:
        return "It is not started; activate its first stage."
    return "" if cycle.allows(MOVES[step], opportunity.at) else _no_stage(step)


def _no_stage(step: Step) -> str:
    reasons = {
        Step.NEXT: "It stands in the last stage.",
        Step.PREVIOUS: "It stands in the first stage.",
        Step.SKIP: "The next stage does not allow skipping, or there is none behind it.",
        Step.JUMP: "There is no choice of earlier stages.",
    }
    return reasons.get(step, "Its stage is no longer in the sales cycle.")
