"""Edit one activity: its description, its steps in a grid, remove it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components.fields import Form
from pipeline import commands
from pipeline.domain.activities import Activity, ActivityStep, StepPriority, StepType

COLUMNS = ["description", "type", "priority", "date_formula"]


def new_activity() -> None:
    """The form that makes an activity; its steps come after."""
    form = Form("activity-new")
    with st.form(form.name, border=False):
        form.text("code", "Code", placeholder="Short, as INIT", max_chars=20)
        form.text("description", "Description", max_chars=250)
        form.complaint()
        st.form_submit_button(
            "Define the activity",
            type="primary",
            key="define-activity",
            on_click=_make,
            args=(form,),
        )


def _make(form: Form) -> None:
    def carry_out() -> str:
        wish = commands.DefineActivity(
            code=form.words("code"), description=form.words("description")
        )
        code = session.record(commands.AsNew(wish))[0].no
        st.session_state["chosen-activity"] = code
        return f"Activity {formats.escape_markdown(code)} is defined; add its steps."

    form.attempt(carry_out)


def editor(activity: Activity) -> None:
    """The whole of one activity; nothing counts until it is saved."""
    form = Form(f"activity-{activity.code}")
    before = pd.DataFrame([vars(step) for step in activity.steps], columns=COLUMNS)
    with st.form(form.name, border=False):
        form.text("description", "Description", activity.description, max_chars=250)
        st.data_editor(
            before,
            key=form.key("grid"),
            num_rows="dynamic",
            hide_index=True,
            placeholder="",
            column_config=_columns(),
        )
        form.complaint()
        st.form_submit_button(
            "Save",
            type="primary",
            key=f"save-{form.name}",
            on_click=_save,
            args=(form, activity, before),
        )
    _remove(activity)


def _columns() -> dict[str, Any]:
    config = st.column_config
    return {
        "description": config.TextColumn("To be done", max_chars=250, required=True),
        "type": config.SelectboxColumn("Type", options=[str(one) for one in StepType], width=120),
        "priority": config.SelectboxColumn(
            "Priority",
            options=[str(one) for one in StepPriority],
            default=str(StepPriority.NORMAL),
            width=110,
        ),
        "date_formula": config.TextColumn(
            "After", width=100, help="Time from entering the stage, as 1W or 3D; blank: at once."
        ),
    }


def _save(form: Form, activity: Activity, before: pd.DataFrame) -> None:
    def carry_out() -> str:
        steps = steps_after(before, form.value("grid") or {})
        session.record(
            commands.Amend(
                wish=commands.DefineActivity(
                    code=activity.code, description=form.words("description"), steps=steps
                ),
                shown=commands.DefineActivity(
                    code=activity.code, description=activity.description, steps=activity.steps
                ),
            )
        )
        return "Saved."

    form.attempt(carry_out)


def steps_after(before: pd.DataFrame, edits: Mapping[str, Any]) -> tuple[ActivityStep, ...]:
    """The steps that a grid's edits leave, the added ones last."""
    edited = {int(place): values for place, values in edits.get("edited_rows", {}).items()}
    removed = set(edits.get("deleted_rows", []))
    kept = [
        {str(name): value for name, value in row.items()} | edited.get(place, {})
        for place, row in enumerate(before.to_dict(orient="records"))
        if place not in removed
    ]
    return tuple(_step(row) for row in [*kept, *edits.get("added_rows", [])])


def _step(row: Mapping[str, Any]) -> ActivityStep:
    return ActivityStep(
        description=row.get("description") or "",
        type=row.get("type") or "",
        priority=row.get("priority") or StepPriority.NORMAL.value,
        date_formula=row.get("date_formula") or "",
    )


def _remove(activity: Activity) -> None:
    form = Form(f"remove-{activity.code}")

    def carry_out() -> str:
        session.record(commands.RemoveActivity(code=activity.code))
        return "Removed."

    def remove() -> None:
        form.attempt(carry_out)

    st.button("Remove it", key=form.name, on_click=remove)
    form.complaint()
