"""One opportunity from its first task to the steps still planned, as Business Central prints it."""

from datetime import date

import pandas as pd

from pipeline.domain.cycles import Stage
from pipeline.domain.opportunities import Opportunity, Status
from pipeline.domain.planning import PlannedStep, planned_steps
from pipeline.domain.scope import Scope
from pipeline.reports.report import Report
from pipeline.store import Session, activities, records

DEFINITION = (
    "The entries of the opportunity with the tasks they brought, after the tasks made by hand; "
    "then the steps that the stages to come will bring. A stage is planned to begin its date "
    "formula after the one before it, the first after the earliest task of the current stage."
)
COLUMNS = [
    "kind",
    "stage",
    "what",
    "due_on",
    "expected_close_on",
    "is_active",
    "quote_required",
    "allow_skip",
    "task_status",
    "priority",
    "task_type",
    "record_no",
]


def opportunity_details(session: Session, scope: Scope, *, no: str = "") -> Report:
    """Entries, tasks and planned steps of the opportunity with this number; columns `COLUMNS`.

    Without a number there is nothing to show. Raises `UnknownOpportunityError`.
    """
    if not no:
        frame = pd.DataFrame(columns=COLUMNS)
        return Report(name="opportunity-details", definition=DEFINITION, frame=frame, scope=scope)
    opportunity = records.opportunity(session, no)
    found = session.frame("opportunity_details", scope, opportunity_id=opportunity.id)
    planned = _planned(session, opportunity, _start(found, opportunity, scope.as_of))
    frame = pd.concat([found[COLUMNS].astype("object"), planned], ignore_index=True)
    return Report(
        name="opportunity-details",
        definition=f"{opportunity.no}: {opportunity.description}. {DEFINITION}",
        frame=frame,
        scope=scope,
    )


def _start(found: pd.DataFrame, opportunity: Opportunity, today: date) -> date:
    """The day from which the stages to come are planned."""
    if opportunity.last is None:
        return today
    own = found[(found["stage"] == opportunity.last.stage) & (found["kind"] == "task of the stage")]
    first = own["due_on"].min() if len(own) else opportunity.last.on
    return pd.Timestamp(first).date()


def _planned(session: Session, opportunity: Opportunity, start: date) -> pd.DataFrame:
    """The steps of the stages behind the current one; all of them before it is started."""
    stages = _to_come(session, opportunity)
    codes = {stage.activity_code for stage in stages if stage.activity_code}
    known = {code: activities.activity(session, code) for code in codes}
    steps = planned_steps(stages, known, start)
    return pd.DataFrame([_row(step) for step in steps], columns=COLUMNS).astype("object")


def _to_come(session: Session, opportunity: Opportunity) -> tuple[Stage, ...]:
    if opportunity.status in (Status.WON, Status.LOST) or not opportunity.cycle_code:
        return ()
    stages = records.sales_cycle(session, opportunity.cycle_code).stages
    numbers = [stage.stage for stage in stages]
    if opportunity.last is None or opportunity.last.stage not in numbers:
        return stages
    return stages[numbers.index(opportunity.last.stage) + 1 :]


def _row(planned: PlannedStep) -> dict[str, object]:
    return {
        "kind": "planned",
        "stage": planned.stage.stage,
        "what": planned.step.description,
        "due_on": pd.Timestamp(planned.due_on),
        "task_status": "planned",
        "priority": planned.step.priority,
        "task_type": planned.step.type,
    }
