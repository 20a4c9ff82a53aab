"""What a new company needs before its first opportunity, and the button that makes the usual."""

import streamlit as st

from dashboard import formats, session
from dashboard.components.drill import GO_TO
from dashboard.components.fields import Form
from pipeline import commands
from pipeline.commands import usual
from pipeline.domain.closing import Outcome
from pipeline.reports.set_up_pages import SoFar


def start(form: Form, begun: SoFar) -> None:
    """Ask for the first person's name, unless there is one, and make whatever is missing."""
    with st.container(border=True, key="start"), st.form(form.name, border=False):
        st.markdown("**Start with the usual ones**")
        st.caption(" ".join(_promises(begun)) + " All of it can be changed later.")
        if not begun.has_salesperson:
            form.text("name", "Your name", placeholder="Jim Olive", max_chars=250)
        form.complaint()
        st.form_submit_button(
            "Start with these", type="primary", key="start-usual", on_click=_start, args=(form,)
        )


def _start(form: Form) -> None:
    def carry_out() -> str:
        session.record(commands.StartWithUsual(name=form.words("name")))
        st.session_state[GO_TO] = ("new_opportunity", {})
        return "All set: enter the first opportunity."

    form.attempt(carry_out)


def _promises(begun: SoFar) -> list[str]:
    """What the button makes, in sentences."""
    stages = ", ".join(f"{name} ({chances}\u00a0%)" for name, _, chances, _ in usual.STAGES)
    sentences = []
    if not begun.has_cycle:
        sentences.append(f"A sales cycle of five stages, with their chances: {stages}.")
    if not begun.has_won_reason:
        sentences.append(f"Reasons for winning: {_words(Outcome.WON)}.")
    if not begun.has_lost_reason:
        sentences.append(
            f"Reasons for losing: {_words(Outcome.LOST)}; what was entered twice does not count "
            "in the win rate."
        )
    if not begun.has_salesperson:
        sentences.append("You, as the first salesperson.")
    return sentences


def _words(outcome: Outcome) -> str:
    reasons = [words for _, words, of, _ in usual.REASONS if of is outcome]
    return ", ".join(reasons).lower()


def checklist(begun: SoFar) -> None:
    """The four things, what is done of them, and where to make one's own instead."""
    st.subheader("Or one by one" if not begun.is_complete else "What is there", anchor=False)
    for done, what, why, page in (
        (begun.has_salesperson, "A salesperson", "who owns opportunities", "people"),
        (begun.has_cycle, "A sales cycle", "with the stages they go through", "sales_cycles"),
        (begun.has_reasons, "Close reasons", "one for winning, one for losing", "close_reasons"),
        (begun.has_opportunity, "An opportunity", "its contact comes with it", "new_opportunity"),
    ):
        _step(done=done, what=what, why=why, page=page)


def _step(*, done: bool, what: str, why: str, page: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(
            f"app_pages/{page}.py",
            label=what,
            icon=":material/check_circle:" if done else ":material/radio_button_unchecked:",
        )
        st.caption(f"{formats.escape_markdown(why)}{' – done' if done else ''}")
