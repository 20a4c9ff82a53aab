"""The settings of the forecast on the company page: fiscal year, cut-off, thresholds."""

from collections.abc import Mapping

import streamlit as st

from dashboard.components.fields import Form
from pipeline.domain.calendar import MONTH_NAMES, FiscalPattern, Weekday, YearLabel

FIELDS = (
    "fiscal_year_start",
    "fiscal_pattern",
    "fiscal_week_start",
    "fiscal_year_label",
    "call_cutoff_days",
    "category_commit_from",
    "category_likely_from",
    "category_best_from",
)
_PATTERNS = {
    FiscalPattern.MONTHS.value: "Calendar months",
    FiscalPattern.FOUR_FOUR_FIVE.value: "4-4-5 weeks",
    FiscalPattern.FOUR_FIVE_FOUR.value: "4-5-4 weeks",
    FiscalPattern.FIVE_FOUR_FOUR.value: "5-4-4 weeks",
}
_LABELS = {
    YearLabel.END.value: "The year of its last month",
    YearLabel.START.value: "The year of its first month",
}


def fields(form: Form, now: Mapping[str, str]) -> None:
    """Draw the fields; they are saved with the others of the form."""
    st.markdown("**Forecast**")
    left, right = st.columns(2)
    with left:
        form.choice(
            "fiscal_year_start",
            "Fiscal year begins in",
            {str(number): name for number, name in enumerate(MONTH_NAMES, 1)},
            now["fiscal_year_start"],
        )
        form.choice(
            "fiscal_week_start",
            "Weeks begin on",
            {day.value: day.value.capitalize() for day in Weekday},
            now["fiscal_week_start"],
            help="Counts where the fiscal year is made of weeks.",
        )
    with right:
        form.choice(
            "fiscal_pattern",
            "A quarter is made of",
            _PATTERNS,
            now["fiscal_pattern"],
            help="Of weeks, a year begins nearest to the first of its month; its 53rd week, every "
            "few years, belongs to the last month.",
        )
        form.choice(
            "fiscal_year_label", "A fiscal year is named for", _LABELS, now["fiscal_year_label"]
        )
    _calls(form, now)


def _calls(form: Form, now: Mapping[str, str]) -> None:
    columns = st.columns(4)
    with columns[0]:
        form.text(
            "call_cutoff_days",
            "Calls lock, days before the end",
            now["call_cutoff_days"],
            help="A call made later counts as late. 0: the last day of the period.",
        )
    for column, (name, label) in zip(columns[1:], _THRESHOLDS.items(), strict=True):
        with column:
            form.text(
                name,
                label,
                now[name],
                help="From which chance to be won by the end of the period it is suggested.",
            )


_THRESHOLDS = {
    "category_commit_from": "Commit from, %",
    "category_likely_from": "Most likely from, %",
    "category_best_from": "Best case from, %",
}
