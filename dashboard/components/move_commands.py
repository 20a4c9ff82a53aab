"""What the forms of an opportunity know, and the command each of them builds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dashboard.components.fields import Form
from pipeline import commands
from pipeline.domain.closing import Outcome
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.opportunities import Opportunity
from pipeline.reports.tasks import Around


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the forms know: the opportunity, its cycle, the names to choose from, and the day."""

    opportunity: Opportunity
    cycle: SalesCycle
    today: date
    owners: Mapping[str, str]
    reasons: Mapping[Outcome, Mapping[str, str]]
    campaigns: Mapping[str, str]
    tasks: Around = field(default_factory=Around)
    """Its open tasks, which a change may call off or take along."""

    @property
    def on(self) -> date:
        """The proposed date of change."""
        return self.opportunity.latest(self.today)


Builder = Callable[[Form, Case, int], list[commands.Command]]
"""Builds what a form asks for, for the version its user saw."""


def _estimates(form: Form) -> dict[str, Any]:
    return {
        "on": form.value("on"),
        "amount": form.amount("amount"),
        "expected_close_on": form.value("expected_close_on"),
        "note": form.words("note"),
        "cancel_old_tasks": bool(form.value("cancel_old_tasks")),
    }


def activate(form: Form, case: Case, seen: int) -> list[commands.Command]:
    """Start it with what was typed."""
    return [
        commands.ActivateFirstStage(
            opportunity_no=case.opportunity.no,
            chances_percent=form.amount("chances_percent"),
            seen=seen,
            **_estimates(form),
        )
    ]


def stepping(kind: type) -> Builder:
    """The builder of a move to a stage that is given: next, previous, update."""

    def build(form: Form, case: Case, seen: int) -> list[commands.Command]:
        return [
            kind(
                opportunity_no=case.opportunity.no,
                chances_percent=form.amount("chances_percent"),
                seen=seen,
                **_estimates(form),
            )
        ]

    return build


def leaping(kind: type) -> Builder:
    """The builder of a move to a stage that is chosen: skip, jump."""

    def build(form: Form, case: Case, seen: int) -> list[commands.Command]:
        return [
            kind(
                opportunity_no=case.opportunity.no,
                stage=form.value("stage"),
                seen=seen,
                **_estimates(form),
            )
        ]

    return build


def win(form: Form, case: Case, seen: int) -> list[commands.Command]:
    """Close it as won."""
    return [
        commands.CloseAsWon(
            opportunity_no=case.opportunity.no,
            close_reason_code=form.value("close_reason_code"),
            sales_amount=form.amount("sales_amount"),
            on=form.value("on"),
            note=form.words("note"),
            cancel_old_tasks=bool(form.value("cancel_old_tasks", otherwise=True)),
            seen=seen,
        )
    ]


def lose(form: Form, case: Case, seen: int) -> list[commands.Command]:
    """Close it as lost."""
    return [
        commands.CloseAsLost(
            opportunity_no=case.opportunity.no,
            close_reason_code=form.value("close_reason_code"),
            on=form.value("on"),
            note=form.words("note"),
            cancel_old_tasks=bool(form.value("cancel_old_tasks", otherwise=True)),
            seen=seen,
        )
    ]


def reopen(form: Form, case: Case, seen: int) -> list[commands.Command]:
    """Take it back into its cycle."""
    return [
        commands.Reopen(
            opportunity_no=case.opportunity.no,
            stage=form.value("stage"),
            note=form.words("note"),
            on=form.value("on"),
            expected_close_on=form.value("expected_close_on"),
            cancel_old_tasks=bool(form.value("cancel_old_tasks")),
            seen=seen,
        )
    ]


def reassign(form: Form, case: Case, seen: int) -> list[commands.Command]:
    """Give it to somebody else."""
    return [
        commands.Reassign(
            opportunity_no=case.opportunity.no,
            owner_code=form.value("owner_code"),
            on=form.value("on"),
            tasks_follow=bool(form.value("tasks_follow")),
            seen=seen,
        )
    ]


def edit(form: Form, case: Case, seen: int) -> list[commands.Command]:
    """Change what is not part of a move; a blank campaign is taken away."""
    return [
        commands.EditOpportunity(
            opportunity_no=case.opportunity.no,
            description=form.words("description"),
            contact_no=form.words("contact_no") or None,
            priority=form.value("priority"),
            campaign_no=form.value("campaign_no") or "",
            tasks_follow=bool(form.value("tasks_follow")),
            seen=seen,
        )
    ]


def retract(_form: Form, case: Case, seen: int) -> list[commands.Command]:
    """Take the last change back."""
    return [commands.RetractLastTransition(opportunity_no=case.opportunity.no, seen=seen)]


def delete(_form: Form, case: Case, seen: int) -> list[commands.Command]:
    """Take it out."""
    return [commands.DeleteOpportunity(opportunity_no=case.opportunity.no, seen=seen)]
