"""What stands beside the moves of an opportunity: its timeline, tasks, interactions, comments."""

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components import comments, furniture, interactions, task_list
from dashboard.components.event_words import Known
from dashboard.components.interactions import Given as Meeting
from dashboard.components.move_commands import Case
from dashboard.components.task_form import Given, add_task
from dashboard.components.timeline import timeline
from dashboard.session import Session
from pipeline.domain.comments import About
from pipeline.reports import interactions as interaction_reports
from pipeline.reports import look_ups, set_up_pages
from pipeline.reports import tasks as task_reports
from pipeline.reports.look_ups import Names
from pipeline.reports.tasks import Asked
from pipeline.reports.timeline import events

VIEWS = ("Timeline", "Tasks", "Interactions", "Comments")


def next_step(reading: Session, case: Case) -> None:
    """The next step in a line under the header; where none is planned, that is said."""
    steps = task_reports.next_steps(reading, case.opportunity.no)
    if steps.empty:
        st.caption("No next step is planned.")
        return
    row = steps.iloc[0]
    day = pd.Timestamp(row["next_step_on"]).date()
    late = ", :red[overdue]" if day < case.today else ""
    st.markdown(
        f"Next step: **{formats.escape_markdown(row['next_step'])}**, {formats.day(day)}{late}"
    )


def around(reading: Session, case: Case, names: Names) -> None:
    """One of the four views, kept in the address."""
    view = furniture.switch("show", VIEWS)
    if view == "Timeline":
        _timeline(reading, case, names)
    elif view == "Tasks":
        _tasks(reading, case, names)
    elif view == "Interactions":
        _interactions(reading, case, names)
    else:
        comments.panel(reading, About.OPPORTUNITY, case.opportunity.no)


def _timeline(reading: Session, case: Case, names: Names) -> None:
    log = look_ups.log(reading, case.opportunity.id)
    written = events(reading, case.opportunity)
    timeline(log, written, _known(reading, case, names, log, written))
    furniture.set_up_footing(
        log,
        name=f"log-of-{case.opportunity.no}",
        definition="Everything that was recorded about it, the newest first. The files have the "
        "rows of its log as they are; what was taken back stays readable.",
        key="log",
    )


def _known(
    reading: Session, case: Case, names: Names, log: pd.DataFrame, written: pd.DataFrame
) -> Known:
    campaigns = set_up_pages.campaigns(reading)
    changed = pd.concat([written["before"], written["after"]])
    mentioned = {*log["contact_no"].dropna(), *(one.get("contact_no") for one in changed)} - {None}
    return Known(
        cycle=case.cycle,
        owners=names.owners,
        teams=names.teams,
        campaigns=dict(zip(campaigns["campaign_no"], campaigns["description"], strict=True)),
        contacts={str(no): look_ups.contact_name(reading, str(no)) for no in mentioned},
    )


def _tasks(reading: Session, case: Case, names: Names) -> None:
    one = case.opportunity
    frame = task_reports.tasks(reading, Asked(opportunity_id=one.id, which="all"))
    if frame.empty:
        st.caption("Nothing is to be done; the earliest open task would be its next step.")
    task_list.grouped(frame, names, today=case.today, with_about=False)
    st.markdown("**Add a task**")
    given = Given(opportunity_no=one.no, contact_no=one.contact_no, owner_code=one.owner_code)
    add_task(names, given, today=case.today)


def _interactions(reading: Session, case: Case, names: Names) -> None:
    one = case.opportunity
    frame = interaction_reports.interactions(reading, opportunity_id=one.id)
    st.caption(interactions.in_words(interaction_reports.summed(reading, opportunity_id=one.id)))
    interactions.listed(reading, frame, key="interactions")
    st.markdown("**Log an interaction**")
    meeting = Meeting(
        contact_no=one.contact_no or "",
        owner_code=one.owner_code,
        opportunity_no=one.no,
        campaign_no=one.campaign_no,
        campaigns=dict(case.campaigns),
    )
    interactions.log(reading, names, meeting, today=case.today)
