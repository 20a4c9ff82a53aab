"""Downloads of everything; each is made when it is asked for."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from dashboard import session
from pipeline.exporting.export import FORMATS, SUFFIXES, export
from pipeline.exporting.safe import backed_up

_LABELS = {
    "csv": ("CSV", "A zip of tables; opens in every spreadsheet."),
    "xlsx": ("Excel", "A workbook with a sheet for each table; up to a million rows."),
    "parquet": ("Parquet", "A zip of typed tables, for data tools."),
}
_SUFFIX = {"csv": "csv.zip", "xlsx": "xlsx", "parquet": "parquet.zip"}


def exports() -> None:
    """A button for each format."""
    st.subheader("Export", anchor=False)
    st.caption(
        "Opportunities, transitions, stages, people, contacts: every table. Imported into an "
        "empty store, an export is the same store again."
    )
    with st.container(horizontal=True):
        for kind in FORMATS:
            label, words = _LABELS[kind]
            st.download_button(
                f"Download {label}",
                data=_made(kind),
                file_name=f"pipeline-{session.today()}.{_SUFFIX[kind]}",
                on_click="ignore",
                icon=":material/download:",
                help=words,
                key=f"export-{kind}",
            )


def backup() -> None:
    """A button that makes a backup and proves it equal before it is given out."""
    st.subheader("Backup", anchor=False)
    st.caption(
        "A copy of the whole store at this moment, proven equal row by row. Put it back with "
        "“pipeline restore FILE”."
    )
    st.download_button(
        "Download a backup",
        data=_safe,
        file_name=f"pipeline-{session.today()}.duckdb",
        on_click="ignore",
        icon=":material/shield:",
        key="backup",
    )


def _made(kind: str) -> Callable[[], bytes]:
    def make() -> bytes:
        with TemporaryDirectory(prefix="export-") as folder, session.read() as reading:
            path = Path(folder, f"all{SUFFIXES[kind]}")
            export(reading, kind, path)
            return path.read_bytes()

    return make


def _safe() -> bytes:
    with TemporaryDirectory(prefix="backup-") as folder, session.read() as reading:
        return backed_up(reading, Path(folder)).read_bytes()
