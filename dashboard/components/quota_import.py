"""Quotas from a file: a template to fill in, what it would set, and the button that sets it."""

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline.commands import ImportQuotas
from pipeline.domain.errors import PipelineError
from pipeline.importing import quotas as importing
from pipeline.reports import look_ups, quota_table


def part(reading: Session) -> None:
    """Drop a file, see what it sets, set it."""
    form = Form("quota-import")
    known = _known(reading)
    st.download_button(
        "Template",
        importing.template(known.calendar, session.today()),
        file_name="quotas.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    dropped = st.file_uploader(
        "File of quotas",
        type=["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"],
        key=form.key("file"),
        help="A row a quota (whose, period, quota), or a row a holder with a column a period.",
    )
    form.complaint()
    if dropped is None:
        return
    try:
        wish = importing.read_quotas(dropped.getvalue(), dropped.name, known)
    except PipelineError as refusal:
        st.error(formats.escape_markdown(refusal), icon=":material/error:")
        return
    st.dataframe(_shown(wish), hide_index=True, key="quota-import-rows")
    st.button(
        f"Set {formats.counted(len(wish.rows), 'quota')}",
        type="primary",
        key="import-quotas",
        on_click=_set,
        args=(form, wish),
    )


def _known(reading: Session) -> importing.Known:
    names = look_ups.names(reading)
    return importing.Known(
        calendar=quota_table.calendar(reading), owners=names.owners, teams=names.teams
    )


def _shown(wish: ImportQuotas) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Row": number,
                "Of": quota.level,
                "Code": quota.code,
                "Period": f"{quota.kind} of {quota.on}",
                "Measured in": quota.measure,
                "Quota": quota.target,
            }
            for number, quota in wish.rows
        ]
    )


def _set(form: Form, wish: ImportQuotas) -> None:
    def carry_out() -> str:
        session.record(wish)
        return f"{formats.counted(len(wish.rows), 'quota')} set."

    form.attempt(carry_out)
