"""Quotas from a file: a template to fill in, what it would set, and the button that sets it."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline.commands import ImportQuotas
from pipeline.domain.calendar import PeriodKind
from pipeline.domain.errors import PipelineError
from pipeline.importing import quotas as importing


def part(reading: Session, day: date, measure: str) -> None:
    """Take a file to fill in for the fiscal year of a day, drop it, see what it sets, set it."""
    form = Form("quota-import")
    known = importing.known(reading, session.today())
    st.download_button(
        "Template",
        importing.template(known, day, measure),
        file_name="quotas.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        help="A row for the company, each team and each owner; a cell left blank sets nothing.",
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
    st.dataframe(
        _shown(wish, known), hide_index=True, key="quota-import-rows", column_config=_SHOWN
    )
    st.button(
        f"Set {formats.counted(len(wish.rows), 'quota')}",
        type="primary",
        key="import-quotas",
        on_click=_set,
        args=(form, wish),
    )


_SHOWN = {
    "Row": st.column_config.NumberColumn(width=60, help="Of the file."),
    "Quota": st.column_config.NumberColumn(format="localized"),
}


def _shown(wish: ImportQuotas, known: importing.Known) -> pd.DataFrame:
    """What would be set, whose it is and for which period in words."""
    names = {"owner": known.owners, "team": known.teams, "company": {"": "Company"}}
    return pd.DataFrame(
        [
            {
                "Row": number,
                "Of": names[quota.level].get(quota.code) or quota.code,
                "Period": known.calendar.period(PeriodKind(quota.kind), quota.on).label,
                "Measured in": quota.measure,
                "Quota": float(quota.target),
            }
            for number, quota in wish.rows
        ]
    )


def _set(form: Form, wish: ImportQuotas) -> None:
    def carry_out() -> str:
        session.record(wish)
        return f"{formats.counted(len(wish.rows), 'quota')} set."

    form.attempt(carry_out)
