"""What each file was taken for, and which column is which field: shown with examples, corrected."""

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import import_draft
from dashboard.components.import_draft import Draft
from pipeline.commands import SaveImportProfile
from pipeline.domain.errors import PipelineError
from pipeline.importing import corrected
from pipeline.importing.corrected import Meaning
from pipeline.importing.fields import FIELDS, Role
from pipeline.importing.profile import with_outcomes
from pipeline.importing.profile_text import to_toml
from pipeline.importing.reading.table import Table

UNUSED = "not used"
_EXAMPLES = 3
_LONGEST_EXAMPLE = 40
_TALL = 12
"""From so many columns on the table scrolls."""
_ROLES = {
    Role.OPPORTUNITIES: "opportunities",
    Role.HISTORY: "their history",
    Role.STAGES: "stages",
    Role.OWNERS: "salespeople",
    Role.CONTACTS: "contacts",
    Role.OPTIONS: "labels of choices",
    Role.CYCLES: "sales cycles",
    Role.CLOSE_REASONS: "close reasons",
    Role.CAMPAIGNS: "campaigns",
    None: UNUSED,
}


def mapping(draft: Draft) -> None:
    """Every file with its role and its columns; what is changed here counts at once."""
    for place, table in enumerate(draft.tables):
        _role(draft, place, table)
        if draft.meanings[place].role is not None:
            _columns(draft, place, table)
    _save(draft)


def _role(draft: Draft, place: int, table: Table) -> None:
    key = import_draft.key(f"role-{place}")
    st.session_state.setdefault(key, draft.meanings[place].role)

    def choose() -> None:
        role = st.session_state[key]
        known = {
            field: column
            for field, column in draft.meanings[place].columns.items()
            if role is not None and field in FIELDS[role]
        }
        _say(draft, place, Meaning(role=role, columns=known))

    rows = formats.counted(len(table.frame) + len(table.unfit), "row")
    st.selectbox(
        f"{formats.escape_markdown(table.name)} ({rows}) holds",
        list(_ROLES),
        format_func=lambda role: _ROLES[role],
        key=key,
        on_change=choose,
        width=360,
    )


def _columns(draft: Draft, place: int, table: Table) -> None:
    """A row for each column: its name, examples, how it is read, and the field it is."""
    meaning = draft.meanings[place]
    role = meaning.role or Role.OPPORTUNITIES
    frame = _mapped(draft, table, meaning)
    edited = st.data_editor(
        frame,
        key=import_draft.key(f"columns-{place}-{draft.corrections}"),
        hide_index=True,
        placeholder="",
        height="content" if len(frame) < _TALL else 420,
        disabled=["column", "examples", "read"],
        column_config={
            "column": st.column_config.TextColumn("Column"),
            "examples": st.column_config.TextColumn("In the file"),
            "read": st.column_config.TextColumn("Read as"),
            "is": st.column_config.SelectboxColumn(
                "Is", options=[UNUSED, *map(_words, FIELDS[role])], required=True
            ),
        },
    )
    changed = edited["is"] != frame["is"]
    if changed.any():
        columns = dict(meaning.columns)
        for column, words in edited.loc[changed, ["column", "is"]].itertuples(index=False):
            _reassign(columns, column, words)
        _say(draft, place, Meaning(role=role, columns=columns))
        st.rerun()


def _mapped(draft: Draft, table: Table, meaning: Meaning) -> pd.DataFrame:
    fields = {column: field for field, column in reversed(list(meaning.columns.items()))}
    return pd.DataFrame(
        {
            "column": table.headers,
            "examples": [_examples(table.frame[name]) for name in table.headers],
            "read": [_read(draft, table, fields.get(name)) for name in table.headers],
            "is": [_words(fields[name]) if name in fields else UNUSED for name in table.headers],
        }
    )


def _examples(cells: "pd.Series[str]") -> str:
    some = cells[cells.str.strip() != ""].drop_duplicates().head(_EXAMPLES)
    return " · ".join(cell[:_LONGEST_EXAMPLE] for cell in some)


def _read(draft: Draft, table: Table, field: str | None) -> str:
    """The first value of a field as it was read, and the reading where there was a choice."""
    if draft.plan is None or field is None:
        return ""
    values = next((one for one in draft.plan.tables if one.table.name == table.name), None)
    if values is None or not values.has(field):
        return ""
    some = values.frame[field].dropna().head(1)
    how = values.readings.get(field, "")
    return " · ".join(filter(None, [*(_written(value) for value in some), how]))


def _written(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return formats.day(value) if value == value.normalize() else formats.moment(value)
    if isinstance(value, float):
        return formats.money(value)
    return str(value)[:_LONGEST_EXAMPLE]


def _words(field: str) -> str:
    return field.replace("_", " ")


def _reassign(columns: dict[str, str], column: str, words: str) -> None:
    """Let a column be another field, or none; a field is one column only."""
    for field in [field for field, one in columns.items() if one == column]:
        del columns[field]
    if words != UNUSED:
        columns[words.replace(" ", "_")] = column


def _say(draft: Draft, place: int, meaning: Meaning) -> None:
    draft.meanings[place] = meaning
    draft.corrections += 1
    draft.changed()


def _save(draft: Draft) -> None:
    """Offer to keep the mapping for the next file of this make."""
    name = import_draft.key("profile-name")

    def save() -> None:
        words = str(st.session_state.get(name) or "").strip()
        profile = corrected.corrected(
            draft.answers().profile or draft.profile, draft.tables, draft.meanings, name=words
        )
        whole = with_outcomes(
            profile, won=draft.outcomes.get("won", ()), lost=draft.outcomes.get("lost", ())
        )
        try:
            session.record(SaveImportProfile(name=words, profile_toml=to_toml(whole)))
        except PipelineError as refusal:
            st.session_state["import-complaint"] = str(refusal)
        else:
            st.session_state["notice"] = "The mapping is kept for the next file of this make."

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "Keep this mapping as", key=name, placeholder="A name, for the next file", width=280
        )
        st.button("Keep", on_click=save, key=import_draft.key("keep"))
