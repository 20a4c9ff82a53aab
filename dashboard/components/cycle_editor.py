"""Edit one sales cycle: its description and method, its stages in a grid, block it, remove it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components.fields import Form
from dashboard.components.stage_effects import effects, unreached, without_reason
from dashboard.components.stage_grid import changes, grid, oddities
from pipeline import commands
from pipeline.domain.categories import ForecastCategory
from pipeline.domain.closing import Outcome
from pipeline.domain.cycles import ProbabilityMethod, SalesCycle

METHODS = {
    ProbabilityMethod.MULTIPLY.value: "Chances × completed",
    ProbabilityMethod.ADD.value: "Mean of chances and completed",
    ProbabilityMethod.CHANCES.value: "Chances of success",
    ProbabilityMethod.COMPLETED.value: "Completed",
}


def editor(
    cycle: SalesCycle,
    stages: pd.DataFrame,
    activities: Sequence[str],
    reasons: Mapping[Outcome, Mapping[str, str]],
) -> None:
    """Draw the whole of one cycle, what is odd about it on top."""
    for sentence in [*oddities(stages), *unreached(stages), *without_reason(reasons)]:
        st.warning(formats.escape_markdown(sentence), icon=":material/info:")
    _stages(cycle, stages, activities)
    left, right = st.columns(2, gap="large")
    with left:
        _head(Form(f"cycle-{cycle.code}"), cycle)
    with right:
        _use(Form(f"use-{cycle.code}"), cycle)


def new_cycle() -> None:
    """The form that makes a cycle; its stages come after."""
    form = Form("cycle-new")
    with st.form(form.name, border=False):
        form.text("code", "Code", placeholder="Short, as NEW or EXISTING", max_chars=20)
        _described(form, "", ProbabilityMethod.MULTIPLY.value)
        form.complaint()
        st.form_submit_button(
            "Define the cycle", type="primary", key="define-cycle", on_click=_make, args=(form,)
        )


def _make(form: Form) -> None:
    def carry_out() -> str:
        wish = _definition(form, form.words("code"))
        code = session.record(commands.AsNew(wish))[0].no
        st.session_state["chosen-cycle"] = code
        return f"Sales cycle {formats.escape_markdown(code)} is defined; add its stages."

    form.attempt(carry_out)


def _head(form: Form, cycle: SalesCycle) -> None:
    with st.form(form.name, border=False):
        _described(form, cycle.description, cycle.method.value)
        form.complaint()
        st.form_submit_button(
            "Save",
            key=f"save-{form.name}",
            on_click=_carry,
            args=(form, "Saved.", lambda: [_amended(form, cycle)]),
        )


def _described(form: Form, description: str, method: str) -> None:
    form.text("description", "Description", description)
    form.choice(
        "probability_method",
        "Probability is",
        METHODS,
        method,
        help="What the weighted amount is made with. A change counts from the next move on.",
    )


def _definition(form: Form, code: str) -> commands.DefineSalesCycle:
    return commands.DefineSalesCycle(
        code=code,
        description=form.words("description"),
        probability_method=form.value("probability_method") or "",
    )


def _amended(form: Form, cycle: SalesCycle) -> commands.Amend:
    shown = commands.DefineSalesCycle(
        code=cycle.code,
        description=cycle.description,
        probability_method=cycle.method.value,
    )
    return commands.Amend(wish=_definition(form, cycle.code), shown=shown)


def _use(form: Form, cycle: SalesCycle) -> None:
    """Block or free the cycle, or remove it; a refusal stands under the buttons."""
    st.text(
        "Blocked: no new opportunity can take it; those in it keep moving."
        if cycle.blocked
        else "New opportunities can take it."
    )
    wish = commands.BlockSalesCycle(code=cycle.code, blocked=not cycle.blocked)
    with st.container(horizontal=True):
        st.button(
            "Use it again" if cycle.blocked else "Block it",
            key=f"block-{cycle.code}",
            on_click=_carry,
            args=(form, "Done.", lambda: [wish]),
        )
        st.button(
            "Remove it",
            key=f"remove-{cycle.code}",
            on_click=_carry,
            args=(form, "Removed.", lambda: [commands.RemoveSalesCycle(code=cycle.code)]),
        )
    form.complaint()


def _stages(cycle: SalesCycle, stages: pd.DataFrame, activities: Sequence[str]) -> None:
    """The grid; nothing counts until it is saved, and then all of it or nothing."""
    form = Form(f"stages-{cycle.code}")
    before = grid(stages)
    st.data_editor(
        before,
        key=form.key("grid"),
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        disabled=["open_opportunities", "ever_used"],
        column_config=_columns(activities),
    )
    edits = form.value("grid") or {}
    for sentence in effects(before, edits):
        st.caption(f":material/info: {formats.escape_markdown(sentence)}")
    form.complaint()
    st.button(
        "Save stages",
        type="primary",
        key=f"save-{form.name}",
        disabled=not any(edits.values()),
        on_click=_carry,
        args=(form, "Stages saved.", lambda: changes(cycle.code, before, edits)),
    )


def _columns(activities: Sequence[str]) -> dict[str, Any]:
    number, words, flag = (
        st.column_config.NumberColumn,
        st.column_config.TextColumn,
        st.column_config.CheckboxColumn,
    )
    return {
        "place": number("Place", format="%d", width=80, help="Type another number to move it."),
        "description": words("Stage", width="medium", max_chars=250),
        "completed_percent": number("Completed %", format="%g", width=125),
        "chances_percent": number("Chances %", format="%g", width=115),
        "allow_skip": flag("Skip", width=75, help="May be skipped."),
        "quote_required": flag("Quote", width=80, help="A quote is needed to enter it."),
        "date_formula": words("Closes in", width=110, help="As 1M+10D, 2W or CM."),
        "activity_code": st.column_config.SelectboxColumn(
            "Activity", options=["", *activities], width=110, help="To be done on entering it."
        ),
        "forecast_category": st.column_config.SelectboxColumn(
            "Forecast",
            options=["", *(category.value for category in ForecastCategory)],
            width=105,
            help="The forecast category of what is in it; blank: by its chances.",
        ),
        "open_opportunities": number("Open now", format="%d", width=80),
        "ever_used": flag("Ever used", width=80),
    }


def _carry(form: Form, sentence: str, build: Any) -> None:  # noqa: ANN401 (gives commands)
    def carry_out() -> str:
        session.record(*build())
        return sentence

    form.attempt(carry_out)
