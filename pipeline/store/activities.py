"""Read and write activities and their steps."""

from pipeline.domain.activities import Activity, ActivityStep
from pipeline.domain.errors import UnknownActivityError
from pipeline.store import recording as record
from pipeline.store import records
from pipeline.store.connection import Session


def activity(session: Session, code: str) -> Activity:
    """Give an activity with its steps in order. Raises `UnknownActivityError`."""
    row = session.one(
        "select activity_code, description from activities where activity_code = ?", [code]
    )
    if row is None:
        raise records.unknown(session, UnknownActivityError, code, "activities", "activity_code")
    steps = session.rows(
        "select description, type, priority, date_formula from activity_steps "
        "where activity_code = ? order by step",
        [code],
    )
    return Activity(
        code=row[0],
        description=row[1],
        steps=tuple(
            ActivityStep(description=text, type=kind, priority=priority, date_formula=formula)
            for text, kind, priority, formula in steps
        ),
    )


def put(session: Session, new: Activity) -> None:
    """Record an activity as it stands now; its steps replace those it had."""
    record.put(
        session,
        "activities",
        ("activity_code",),
        activity_code=new.code,
        description=new.description,
    )
    record.remove(session, "activity_steps", activity_code=new.code)
    for number, step in enumerate(new.steps, start=1):
        record.insert(
            session,
            "activity_steps",
            activity_code=new.code,
            step=number,
            type=step.type,
            description=step.description,
            priority=step.priority,
            date_formula=step.date_formula,
        )


def remove(session: Session, code: str) -> None:
    """Take an activity and its steps out."""
    record.remove(session, "activity_steps", activity_code=code)
    record.remove(session, "activities", activity_code=code)
