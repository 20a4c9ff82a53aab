"""What only a person can say: which stages mean won and lost, and how ambiguous cells are meant."""

import streamlit as st

from dashboard import formats
from dashboard.components import import_draft
from dashboard.components.import_draft import Draft
from pipeline.importing.errors import (
    AmbiguousColumnError,
    ContradictingColumnError,
    OutcomeUnknownError,
)

_READINGS = {"date_order": ("dmy", "mdy"), "decimal": (".", ",")}
"""The two ways to read such columns, in the order in which a refusal gives its examples."""


def question(draft: Draft) -> None:
    """Ask what stopped the planning; what cannot be asked is said as it is."""
    match draft.refusal:
        case OutcomeUnknownError() as refusal:
            _outcomes(draft, refusal)
        case AmbiguousColumnError() | ContradictingColumnError() as refusal:
            _reading(draft, refusal)
        case refusal:
            st.error(formats.escape_markdown(refusal), icon=":material/error:")
            st.caption("Nothing was recorded. Correct the mapping below, or drop another file.")


def _outcomes(draft: Draft, refusal: OutcomeUnknownError) -> None:
    """Ask which stages mean won and lost; names that sound like it are proposed, not assumed."""
    st.markdown("**Which stages mean won, and which lost?** Nothing in the files says so.")
    keys = {outcome: import_draft.key(outcome) for outcome in ("won", "lost")}
    with st.container(width=560):
        for outcome, likely in (("won", refusal.won), ("lost", refusal.lost)):
            st.session_state.setdefault(keys[outcome], list(likely))
            st.multiselect(f"Stages that mean {outcome}", refusal.stages, key=keys[outcome])

    def answer() -> None:
        draft.outcomes = {name: tuple(st.session_state[key]) for name, key in keys.items()}
        draft.changed()

    st.button("That is right", type="primary", on_click=answer, key=import_draft.key("outcomes"))


def _reading(draft: Draft, refusal: AmbiguousColumnError | ContradictingColumnError) -> None:
    """Ask how the cells of a column are meant, with an example of each reading."""
    column, file = (formats.escape_markdown(one) for one in (refusal.column, refusal.file))
    st.markdown(f"**How is the column {column} of {file} meant?** Its cells do not decide it.")
    ways = _READINGS[refusal.setting]
    examples = dict(zip(ways, refusal.readings, strict=False))
    key = import_draft.key(f"reading-{refusal.setting}")
    st.radio(
        "Read it as",
        ways,
        format_func=lambda way: formats.escape_markdown(_words(way, examples.get(way, ""))),
        index=None,
        key=key,
        label_visibility="collapsed",
    )

    def answer() -> None:
        if st.session_state.get(key) is not None:
            draft.readings[refusal.setting] = st.session_state[key]
            draft.changed()

    st.button("Read it so", type="primary", on_click=answer, key=import_draft.key("reading"))


def _words(way: str, example: str) -> str:
    names = {
        "dmy": "Day before month",
        "mdy": "Month before day",
        ".": "A point before the decimals",
        ",": "A comma before the decimals",
    }
    return f"{names[way]}: {example}" if example else names[way]
