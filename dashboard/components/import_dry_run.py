"""What an import would do: counts, totals to compare, what is made new, and every fault."""

import io
import zipfile
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture, import_draft
from dashboard.components.furniture import Tile
from dashboard.components.import_draft import Draft
from pipeline.domain.errors import PipelineError
from pipeline.importing.plan import ImportPlan
from pipeline.importing.refused import harmless

MOST_FAULTS = 1_000
"""More are in the error file."""


def dry_run(draft: Draft, plan: ImportPlan) -> None:
    """Everything a person should see before agreeing, and the button that agrees."""
    _tiles(plan)
    _agree(draft, plan)
    totals, new = st.columns([3, 2], gap="large")
    with totals:
        st.subheader("Where they stand", anchor=False)
        st.caption("Compare these totals with those of your CRM.")
        _table(_totals(plan), key="totals")
    with new:
        st.subheader("Made new", anchor=False)
        st.caption("What the files name and this store does not have yet.")
        _table(_made_new(plan), key="made-new")
    for note in plan.notes:
        st.text(note)
    _faults(plan)


def _tiles(plan: ImportPlan) -> None:
    furniture.tiles(
        [
            Tile(label="Opportunities", value=f"{len(plan.opportunities):,}", note="to import"),
            Tile(label="Transitions", value=f"{len(plan.transitions):,}", note="of their lives"),
            Tile(label="Imported before", value=f"{plan.already_there:,}", note=_goes_on(plan)),
            Tile(label="Rows refused", value=f"{plan.refused:,}", note="see below"),
        ]
    )


def _goes_on(plan: ImportPlan) -> str:
    return (
        f"{formats.counted(len(plan.continued), 'transition')} more"
        if len(plan.continued)
        else "left as they are"
    )


def _agree(draft: Draft, plan: ImportPlan) -> None:
    if not plan.commands:
        st.info("There is nothing new in these files.", icon=":material/check:")
        return
    what = formats.opportunities(len(plan.opportunities))
    label = f"Import {what}" if draft.replaces is None else f"Import {what} in place of the old"
    with st.container(horizontal=True, vertical_alignment="center"):
        is_agreed = st.button(label, type="primary", key=import_draft.key("agree"))
        st.caption("All of it as one batch, or nothing; it can be undone.")
    if is_agreed:
        _carry_out(draft, what)


def _carry_out(draft: Draft, what: str) -> None:
    """Record the batch, and say how it went when the page is drawn anew."""
    with st.spinner(f"Recording {what}", show_time=True):
        try:
            session.record(draft.command())
        except PipelineError as refusal:
            st.session_state["import-complaint"] = str(refusal)
        else:
            import_draft.lay_aside()
            st.session_state["notice"] = f"{what} imported. They can be taken back below."
    st.rerun()


def _totals(plan: ImportPlan) -> pd.DataFrame:
    totals = plan.totals()
    return pd.DataFrame(
        {
            "Standing": totals["standing"].astype("str"),
            "Opportunities": totals["opportunities"].map("{:,}".format),
            "Amount": totals["amount"].map(formats.money),
        }
    )


def _made_new(plan: ImportPlan) -> pd.DataFrame:
    """A row for each kind of record: how many, and the names of the first."""
    stages = plan.catalogue.stages
    new_stages = stages[stages["is_new"].astype(bool)]
    kinds = {
        "sales cycles": list(plan.catalogue.new_cycles),
        "stages": list(new_stages["name"]),
        "salespeople": list(plan.new_owners["name"]),
        "contacts": list(plan.new_contacts["name"]),
        "close reasons": list(plan.new_close_reasons["name"]),
    }
    return pd.DataFrame(
        [(kind, f"{len(some):,}", _some(some)) for kind, some in kinds.items() if some],
        columns=["What", "How many", "Names"],
    )


def _some(names: Sequence[object], most: int = 6) -> str:
    shown = ", ".join(map(str, names[:most]))
    return f"{shown} …" if len(names) > most else shown


def _faults(plan: ImportPlan) -> None:
    if plan.faults.empty:
        st.caption("Every row can be taken as it is.")
        return
    st.subheader("What was found wrong", anchor=False)
    grouped = plan.faults_by_reason()
    columns = {
        "effect": "The row is",
        "rows": "Rows",
        "file": "File",
        "column": "Column",
        "reason": "Why",
        "example": "For example",
        "remedy": "What to do",
        "first_rows": "First rows",
    }
    _table(grouped[list(columns)].rename(columns=columns), key="faults")
    with st.expander(f"Every one with its row ({len(plan.faults):,})"):
        each = plan.faults.head(MOST_FAULTS)
        names = ["file", "row", "column", "text", "reason", "effect"]
        _table(each[names].rename(columns=str.capitalize), key="each-fault")
        if len(plan.faults) > MOST_FAULTS:
            st.caption(f"The first {MOST_FAULTS:,}.")
    _error_file(plan)


def _error_file(plan: ImportPlan) -> None:
    refused = plan.refused_rows()
    if not refused:
        return
    name, content = _as_file(refused)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download the refused rows",
            data=content,
            file_name=name,
            on_click="ignore",
            icon=":material/download:",
            key=import_draft.key("refused"),
        )
        st.caption("Each row with its number and the reason; mend them and drop the file here.")


def _as_file(refused: dict[str, pd.DataFrame]) -> tuple[str, bytes]:
    """One CSV file, or a zip of one for each table."""
    texts = {name: _csv(rows) for name, rows in refused.items()}
    if len(texts) == 1:
        return "refused-rows.csv", next(iter(texts.values()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, text in enumerate(texts.values(), 1):
            archive.writestr(f"refused-rows-{place}.csv", text)
    return "refused-rows.zip", packed.getvalue()


def _csv(rows: pd.DataFrame) -> bytes:
    text: str = harmless(rows).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")


def _table(frame: pd.DataFrame, *, key: str) -> None:
    """A table of people's words: cells of a table are never read as markup."""
    if frame.empty:
        st.caption("Nothing.")
        return
    numbers = {"Opportunities", "Amount", "Rows", "How many", "Row"}
    st.dataframe(
        frame,
        key=import_draft.key(key),
        hide_index=True,
        height="content" if len(frame) < 12 else 440,  # noqa: PLR2004 - about a screen
        column_config={
            name: st.column_config.Column(alignment="right" if name in numbers else "left")
            for name in frame.columns
        },
    )
