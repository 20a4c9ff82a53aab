"""The moves an opportunity offers now: choose one, its form is filled in, and it is recorded."""

import streamlit as st

from dashboard import formats, session
from dashboard.components import quote_section
from dashboard.components.drill import GO_TO
from dashboard.components.fields import SEEN, Form
from dashboard.components.move_commands import Builder, Case
from dashboard.components.move_forms import FORMS
from dashboard.components.offers import Offer, Step, impossible, possible
from pipeline.domain.errors import ChangedMeanwhileError
from pipeline.domain.opportunities import Opportunity

ASKED = "do"
"""The parameter of the address that names a step to begin with."""


def panel(case: Case) -> None:
    """Offer the moves, draw the form of the one chosen, explain the others."""
    offered = possible(case.opportunity, case.cycle)
    labels = {offer.step: formats.escape_markdown(offer.label) for offer in offered}
    key = f"step-{case.opportunity.no}-{case.opportunity.at}-{case.opportunity.status}"
    _take_asked(key, list(labels))
    step = st.pills(
        "What happened?",
        list(labels),
        format_func=lambda one: labels.get(one, str(one)),
        default=offered[0].step,
        required=True,
        wrap=True,
        key=key,
    )
    if step is Step.QUOTE:
        quote_section.panel(case)
    else:
        draw(step or offered[0].step, case)
    _explain(impossible(case.opportunity, case.cycle))


def _take_asked(key: str, steps: list[Step]) -> None:
    """Choose the step that the address asks for, once; a refusal leads to what it needs so."""
    asked = st.query_params.get(ASKED)
    if asked is not None:
        del st.query_params[ASKED]
    if asked in steps:
        st.session_state[key] = Step(asked)


def leave() -> None:
    """Forget which versions were seen: whoever comes back to an opportunity looks at it anew."""
    for key in [str(key) for key in st.session_state if str(key).endswith(SEEN)]:
        del st.session_state[key]


def draw(step: Step, case: Case) -> None:
    """The form of one step; Enter records it."""
    form = Form(f"{case.opportunity.no}-{step}", group=case.opportunity.no)
    seen = _seen(form, case.opportunity)
    fields, command, button = FORMS[step]
    with st.form(form.name, border=False):
        fields(form, case)
        form.complaint()
        st.form_submit_button(
            button,
            type="primary",
            key=f"record-{form.name}",
            on_click=_record,
            args=(form, case, step, command, seen),
        )


def _record(form: Form, case: Case, step: Step, command: Builder, seen: int) -> None:
    """Carry out what the form says; the version seen travels with it."""

    def carry_out() -> str:
        try:
            session.record(*command(form, case, seen))
        except ChangedMeanwhileError:
            st.session_state.pop(f"{form.group}{SEEN}", None)
            raise
        return f"{formats.escape_markdown(case.opportunity.no)}: recorded “{step}”."

    if form.attempt(carry_out) and step is Step.DELETE:
        st.session_state[GO_TO] = ("opportunities", {})


def _seen(form: Form, opportunity: Opportunity) -> int:
    """The version at which the person began to type; a later one is refused, and then shown."""
    seen: int = st.session_state.setdefault(f"{form.group}{SEEN}", opportunity.version)
    return seen


def _explain(refused: list[Offer]) -> None:
    if not refused:
        return
    with st.expander("Not possible now", type="compact"):
        for offer in refused:
            st.text(f"{offer.label}: {offer.refused}")
