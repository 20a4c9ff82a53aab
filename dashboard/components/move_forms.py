"""The form of each step: its fields as the domain proposes them, and the command it builds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard import formats
from dashboard.components.fields import Form
from dashboard.components.offers import MOVES, Step
from pipeline import commands
from pipeline.domain.closing import Outcome
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.opportunities import Opportunity, Priority


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the forms know: the opportunity, its cycle, the names to choose from, and the day."""

    opportunity: Opportunity
    cycle: SalesCycle
    today: date
    owners: Mapping[str, str]
    reasons: Mapping[Outcome, Mapping[str, str]]
    campaigns: Mapping[str, str]

    @property
    def on(self) -> date:
        """The proposed date of change."""
        return self.opportunity.latest(self.today)


Fields = Callable[[Form, Case], None]
"""Draws the fields of a form."""
Builder = Callable[[Form, Case, int], Any]
"""Builds the command of a form for the version its user saw."""


# --- fields of each form -----------------------------------------------------------------------


def _estimate_fields(form: Form, case: Case, step: Step, stage: int | None = None) -> None:
    """Date, amount, chance and expected close date, filled in as the domain proposes them."""
    proposal = case.opportunity.propose(case.cycle, MOVES[step], case.on, stage)
    left, right = st.columns(2)
    with left:
        form.day("on", "Date of change", case.on)
        form.number("amount", "Amount", proposal.amount)
    with right:
        form.day("expected_close_on", "Expected close date", proposal.expected_close_on)
        if step not in (Step.SKIP, Step.JUMP):
            form.number(
                "chances_percent", "Chances of success %", proposal.chances_percent, whole=True
            )
    form.text("note", "Note", placeholder="Optional")


def _move_fields(step: Step) -> Fields:
    def fields(form: Form, case: Case) -> None:
        if step in (Step.SKIP, Step.JUMP):
            _stage_field(form, case, step)
        _estimate_fields(form, case, step)

    return fields


def _stage_field(form: Form, case: Case, step: Step) -> None:
    offered = case.cycle.offered(MOVES[step], case.opportunity.at)
    default = case.cycle.target(MOVES[step], case.opportunity.at, None).stage
    form.choice(
        "stage",
        "To stage",
        {one.stage: f"{one.stage} {one.description}".strip() for one in offered},
        default,
        help="The stage's own chance is taken.",
    )


def _won_fields(form: Form, case: Case) -> None:
    left, right = st.columns(2)
    with left:
        form.day("on", "Closed on", case.on)
    with right:
        form.number("sales_amount", "Sales amount", case.opportunity.won_amount(None))
    _reason_field(form, case, Outcome.WON)
    form.text("note", "Note", placeholder="Optional")


def _lost_fields(form: Form, case: Case) -> None:
    form.day("on", "Closed on", case.on)
    _reason_field(form, case, Outcome.LOST)
    form.text("note", "Note", placeholder="Optional")


def _reason_field(form: Form, case: Case, outcome: Outcome) -> None:
    """The reasons of the outcome; the only one is chosen already."""
    reasons = case.reasons.get(outcome, {})
    only = next(iter(reasons)) if len(reasons) == 1 else None
    form.choice("close_reason_code", "Close reason", reasons, only, placeholder="Choose a reason")


def _reopen_fields(form: Form, case: Case) -> None:
    left, right = st.columns(2)
    with left:
        stages = {one.stage: f"{one.stage} {one.description}".strip() for one in case.cycle.stages}
        form.choice("stage", "Into stage", stages, case.opportunity.reopens_in(case.cycle).stage)
    with right:
        form.day("on", "Date of change", case.on)
    form.day("expected_close_on", "Expected close date", help="Blank: by the stage's date formula.")
    form.text("note", "Reason", placeholder="Why it is open again")


def _reassign_fields(form: Form, case: Case) -> None:
    left, right = st.columns(2)
    with left:
        form.choice("owner_code", "New owner", case.owners, case.opportunity.owner_code)
    with right:
        form.day("on", "Date of change", case.on)


def _edit_fields(form: Form, case: Case) -> None:
    one = case.opportunity
    form.text("description", "Description", one.description)
    form.text("contact_no", "Contact number", one.contact_no or "")
    left, right = st.columns(2)
    with left:
        form.choice("priority", "Priority", [str(each) for each in Priority], str(one.priority))
    with right:
        form.choice("campaign_no", "Campaign", case.campaigns, one.campaign_no, placeholder="None")


def _retract_fields(_form: Form, case: Case) -> None:
    last = case.opportunity.last
    if last is not None:
        st.text(
            f"Takes back “{last.action}” of {formats.day(last.on)}. The row stays in the log, "
            "marked, and counts nowhere."
        )


def _delete_fields(_form: Form, case: Case) -> None:
    st.text(
        f"Deletes {case.opportunity.no} with its log. Reports as of earlier days keep it; "
        "from today on it is gone."
    )


# --- the command each form builds --------------------------------------------------------------


def _estimates(form: Form) -> dict[str, Any]:
    return {
        "on": form.value("on"),
        "amount": form.amount("amount"),
        "expected_close_on": form.value("expected_close_on"),
        "note": form.words("note"),
    }


def _activate(form: Form, case: Case, seen: int) -> Any:  # noqa: ANN401 (one of the commands)
    return commands.ActivateFirstStage(
        opportunity_no=case.opportunity.no,
        chances_percent=form.amount("chances_percent"),
        seen=seen,
        **_estimates(form),
    )


def _stepping(kind: type) -> Builder:
    def build(form: Form, case: Case, seen: int) -> Any:  # noqa: ANN401 (one of the commands)
        return kind(
            opportunity_no=case.opportunity.no,
            chances_percent=form.amount("chances_percent"),
            seen=seen,
            **_estimates(form),
        )

    return build


def _leaping(kind: type) -> Builder:
    def build(form: Form, case: Case, seen: int) -> Any:  # noqa: ANN401 (one of the commands)
        return kind(
            opportunity_no=case.opportunity.no,
            stage=form.value("stage"),
            seen=seen,
            **_estimates(form),
        )

    return build


def _win(form: Form, case: Case, seen: int) -> Any:  # noqa: ANN401 (one of the commands)
    return commands.CloseAsWon(
        opportunity_no=case.opportunity.no,
        close_reason_code=form.value("close_reason_code"),
        sales_amount=form.amount("sales_amount"),
        on=form.value("on"),
        note=form.words("note"),
        seen=seen,
    )


def _lose(form: Form, case: Case, seen: int) -> Any:  # noqa: ANN401 (one of the commands)
    return commands.CloseAsLost(
        opportunity_no=case.opportunity.no,
        close_reason_code=form.value("close_reason_code"),
        on=form.value("on"),
        note=form.words("note"),
        seen=seen,
    )


def _reopen(form: Form, case: Case, seen: int) -> Any:  # noqa: ANN401 (one of the commands)
    return commands.Reopen(
        opportunity_no=case.opportunity.no,
        stage=form.value("stage"),
        note=form.words("note"),
        on=form.value("on"),
        expected_close_on=form.value("expected_close_on"),
        seen=seen,
    )


def _reassign(form: Form, case: Case, seen: int) -> Any:  # noqa: ANN401 (one of the commands)
    return commands.Reassign(
        opportunity_no=case.opportunity.no,
        owner_code=form.value("owner_code"),
        on=form.value("on"),
        seen=seen,
    )


def _edit(form: Form, case: Case, seen: int) -> Any:  # noqa: ANN401 (one of the commands)
    return commands.EditOpportunity(
        opportunity_no=case.opportunity.no,
        description=form.words("description"),
        contact_no=form.words("contact_no") or None,
        priority=form.value("priority"),
        campaign_no=form.value("campaign_no") or "",
        seen=seen,
    )


def _retract(_form: Form, case: Case, seen: int) -> Any:  # noqa: ANN401 (one of the commands)
    return commands.RetractLastTransition(opportunity_no=case.opportunity.no, seen=seen)


def _delete(_form: Form, case: Case, seen: int) -> Any:  # noqa: ANN401 (one of the commands)
    return commands.DeleteOpportunity(opportunity_no=case.opportunity.no, seen=seen)


FORMS: dict[Step, tuple[Fields, Builder, str]] = {
    Step.FIRST: (_move_fields(Step.FIRST), _activate, "Activate the first stage"),
    Step.NEXT: (_move_fields(Step.NEXT), _stepping(commands.MoveToNextStage), "Move on"),
    Step.UPDATE: (_move_fields(Step.UPDATE), _stepping(commands.UpdateOpportunity), "Update"),
    Step.SKIP: (_move_fields(Step.SKIP), _leaping(commands.SkipToStage), "Skip ahead"),
    Step.PREVIOUS: (
        _move_fields(Step.PREVIOUS),
        _stepping(commands.MoveToPreviousStage),
        "Move back",
    ),
    Step.JUMP: (_move_fields(Step.JUMP), _leaping(commands.JumpToStage), "Jump back"),
    Step.WON: (_won_fields, _win, "Close as won"),
    Step.LOST: (_lost_fields, _lose, "Close as lost"),
    Step.REOPEN: (_reopen_fields, _reopen, "Reopen"),
    Step.REASSIGN: (_reassign_fields, _reassign, "Reassign"),
    Step.EDIT: (_edit_fields, _edit, "Save"),
    Step.RETRACT: (_retract_fields, _retract, "Take back the last change"),
    Step.DELETE: (_delete_fields, _delete, "Delete for good"),
}
"""Fields, command and the words on the button of each step."""
