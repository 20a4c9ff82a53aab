"""The form of each step: its fields as the domain proposes them, and what it asks for."""

from collections.abc import Callable

import streamlit as st

from dashboard import formats
from dashboard.components import move_commands as build
from dashboard.components.fields import Form
from dashboard.components.move_commands import Builder, Case
from dashboard.components.offers import MOVES, Step
from pipeline import commands
from pipeline.domain.closing import Outcome
from pipeline.domain.opportunities import Priority

Fields = Callable[[Form, Case], None]
"""Draws the fields of a form."""


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
    _old_tasks(form, case, ticked=False)


def _old_tasks(form: Form, case: Case, *, ticked: bool) -> None:
    """Whether what is still to be done is called off; asked only where there is something."""
    if case.tasks.open:
        st.checkbox(
            f"Cancel its {formats.counted(case.tasks.open, 'open task')}",
            value=ticked,
            key=form.key("cancel_old_tasks"),
            help="Tasks that the new stage plans are not among them.",
        )


def _tasks_follow(form: Form, number: int, whose: str) -> None:
    """Whether open tasks go along; asked only where there are such."""
    if number:
        st.checkbox(
            f"Take along {formats.counted(number, 'open task')} of {whose}",
            key=form.key("tasks_follow"),
            help="Not ticked, they stay as they are.",
        )


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
    _old_tasks(form, case, ticked=True)


def _lost_fields(form: Form, case: Case) -> None:
    form.day("on", "Closed on", case.on)
    _reason_field(form, case, Outcome.LOST)
    form.text("note", "Note", placeholder="Optional")
    _old_tasks(form, case, ticked=True)


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
    _old_tasks(form, case, ticked=False)


def _reassign_fields(form: Form, case: Case) -> None:
    left, right = st.columns(2)
    with left:
        form.choice("owner_code", "New owner", case.owners, case.opportunity.owner_code)
    with right:
        form.day("on", "Date of change", case.on)
    _tasks_follow(form, case.tasks.of_owner, "the owner it has now")


def _edit_fields(form: Form, case: Case) -> None:
    one = case.opportunity
    form.text("description", "Description", one.description)
    form.text("contact_no", "Contact number", one.contact_no or "")
    left, right = st.columns(2)
    with left:
        form.choice("priority", "Priority", [str(each) for each in Priority], str(one.priority))
    with right:
        form.choice("campaign_no", "Campaign", case.campaigns, one.campaign_no, placeholder="None")
    named = max(case.tasks.of_contact, case.tasks.of_campaign)
    _tasks_follow(form, named, "the contact or campaign it has now")


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


FORMS: dict[Step, tuple[Fields, Builder, str]] = {
    Step.FIRST: (_move_fields(Step.FIRST), build.activate, "Activate the first stage"),
    Step.NEXT: (_move_fields(Step.NEXT), build.stepping(commands.MoveToNextStage), "Move on"),
    Step.UPDATE: (_move_fields(Step.UPDATE), build.stepping(commands.UpdateOpportunity), "Update"),
    Step.SKIP: (_move_fields(Step.SKIP), build.leaping(commands.SkipToStage), "Skip ahead"),
    Step.PREVIOUS: (
        _move_fields(Step.PREVIOUS),
        build.stepping(commands.MoveToPreviousStage),
        "Move back",
    ),
    Step.JUMP: (_move_fields(Step.JUMP), build.leaping(commands.JumpToStage), "Jump back"),
    Step.WON: (_won_fields, build.win, "Close as won"),
    Step.LOST: (_lost_fields, build.lose, "Close as lost"),
    Step.REOPEN: (_reopen_fields, build.reopen, "Reopen"),
    Step.REASSIGN: (_reassign_fields, build.reassign, "Reassign"),
    Step.EDIT: (_edit_fields, build.edit, "Save"),
    Step.RETRACT: (_retract_fields, build.retract, "Take back the last change"),
    Step.DELETE: (_delete_fields, build.delete, "Delete for good"),
}
"""Fields, command and the words on the button of each step; the quote has a section of its own."""
