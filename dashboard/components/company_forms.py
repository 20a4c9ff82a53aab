"""The company's settings, and its number series."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import available_timezones

import pandas as pd
import streamlit as st

from dashboard import session
from dashboard.components import forecast_settings
from dashboard.components.edit_grid import Delta, Grid, Values, add_row, amended
from dashboard.components.fields import Form
from pipeline import commands
from pipeline.domain.errors import PipelineError
from pipeline.entry.tongues import locales
from pipeline.reports.look_ups import Names

EDITED = (
    "company_name",
    "currency",
    "time_zone",
    "locale",
    "default_cycle",
    "default_owner",
    "opportunity_series",
    "contact_series",
    "task_series",
    "interaction_series",
    "rotting_days",
    "stage_map",
    "no_decision_reasons",
    *forecast_settings.FIELDS,
)


def settings(now: Mapping[str, str], names: Names, series: pd.DataFrame) -> None:
    """Every setting in one form; what is refused is said under its field."""
    form = Form("company")
    with st.form(form.name, border=False):
        _of_the_company(form, now)
        left, right = st.columns(2)
        with left:
            _currency(form, now)
            form.choice(
                "default_cycle", "Default sales cycle", names.open_cycles, now["default_cycle"]
            )
            form.choice(
                "opportunity_series",
                "Opportunities are numbered by",
                _codes(series),
                now["opportunity_series"],
            )
        with right:
            _time_zone(form, now)
            form.choice("default_owner", "Default owner", names.active_owners, now["default_owner"])
            form.choice(
                "contact_series", "Contacts are numbered by", _codes(series), now["contact_series"]
            )
        _more_series(form, now, series)
        _rotting(form, now)
        _readings(form, now)
        forecast_settings.fields(form, now)
        form.complaint()
        st.form_submit_button(
            "Save settings", type="primary", key="save-company", on_click=_save, args=(form, now)
        )


def _of_the_company(form: Form, now: Mapping[str, str]) -> None:
    left, right = st.columns(2)
    with left:
        form.text("company_name", "Company name", now["company_name"], max_chars=250)
    with right:
        form.choice(
            "locale",
            "Language of dates and numbers",
            locales(),
            now["locale"],
            help="In which months, weekdays and amounts are read on one line, beside English.",
        )


def _more_series(form: Form, now: Mapping[str, str], series: pd.DataFrame) -> None:
    left, right = st.columns(2)
    with left:
        form.choice("task_series", "Tasks are numbered by", _codes(series), now["task_series"])
    with right:
        form.choice(
            "interaction_series",
            "Interactions are numbered by",
            _codes(series),
            now["interaction_series"],
        )


def _currency(form: Form, now: Mapping[str, str]) -> None:
    form.text(
        "currency",
        "Currency",
        now["currency"],
        help="Its three letters. Amounts are not converted; only the word for them changes.",
    )


def _time_zone(form: Form, now: Mapping[str, str]) -> None:
    form.choice(
        "time_zone",
        "Time zone",
        sorted(available_timezones()),
        now["time_zone"],
        help="Where the business day begins and ends.",
    )


def _rotting(form: Form, now: Mapping[str, str]) -> None:
    form.text(
        "rotting_days",
        "Days in a stage after which an opportunity rots",
        now["rotting_days"],
        placeholder="Learned from those that advanced",
    )


def _readings(form: Form, now: Mapping[str, str]) -> None:
    """How history is read where the set-up of today does not say it."""
    form.text(
        "stage_map",
        "Removed stages count as",
        now["stage_map"],
        placeholder="NEW 9 > 3; SERVICE 7 > 2",
        help="What a stage that was removed counts as today: cycle, old number > new one.",
    )
    form.text(
        "no_decision_reasons",
        "Close reasons that mean no decision",
        now["no_decision_reasons"],
        placeholder="Told by their words",
        help="Their codes, with commas between.",
    )


def _codes(series: pd.DataFrame) -> list[str]:
    return list(series["series_code"])


def _save(form: Form, now: Mapping[str, str]) -> None:
    """Record what was changed, each setting checked; a refusal stands at its own field."""

    def carry_out() -> str:
        wanted = {name: str(form.value(name) or "") for name in EDITED}
        changed = {name: value for name, value in wanted.items() if value != now[name]}
        if not changed:
            return "Nothing was changed."
        _record(changed, now)
        return "Saved."

    form.attempt(carry_out)


def _record(changed: Mapping[str, str], now: Mapping[str, str]) -> None:
    wishes = {
        name: commands.Amend(
            wish=commands.DefineSetting(name=name, value=changed[name]),
            shown=commands.DefineSetting(name=name, value=now[name]),
        )
        for name in changed
    }
    try:
        session.record(*wishes.values())
    except PipelineError as refusal:
        refusal.field = _about(str(refusal), changed)
        raise


def _about(sentence: str, changed: Mapping[str, str]) -> str | None:
    """The setting whose value a refusal names."""
    named = (name for name, value in changed.items() if value and f"“{value}”" in sentence)
    return next(named, None)


def number_series(series: pd.DataFrame, coming: Iterable[str]) -> None:
    """Where each series begins and ends, what was given last, and whether numbers may be typed."""
    config = st.column_config
    grid = Grid(
        form=Form("series"),
        columns={
            "series_code": config.TextColumn("Code", width=80),
            "description": config.TextColumn("Description", max_chars=250),
            "starting_no": config.TextColumn("First", required=True, width=110),
            "ending_no": config.TextColumn("Last possible", required=True, width=120),
            "last_no": config.TextColumn("Last given", width=110),
            "step": config.NumberColumn("Step", min_value=1, step=1, width=70),
            "manual_allowed": config.CheckboxColumn(
                "May be typed", width=115, help="Whether people may type a number of their own."
            ),
        },
        fixed=("series_code",),
        wishes=_series,
        rows="fixed",
        by=("series_code",),
    )
    grid.draw(series, save="Save number series")
    st.caption(f"The next numbers are {' and '.join(coming)}; one that is taken is passed over.")
    _add_series()


def _add_series() -> None:
    form = Form("series-new")
    add_row(
        form,
        "Add",
        [
            lambda: form.text("code", "Code", placeholder="OP26", max_chars=20),
            lambda: form.text("starting_no", "First", placeholder="OP26-0001", max_chars=20),
            lambda: form.text("ending_no", "Last possible", placeholder="OP26-9999", max_chars=20),
        ],
        lambda: commands.DefineNumberSeries(
            code=form.words("code"),
            starting_no=form.words("starting_no"),
            ending_no=form.words("ending_no"),
        ),
    )


def _series(delta: Delta) -> Iterable[Any]:
    yield from (amended(change, _one_series) for change in delta.changed)


def _one_series(row: Values) -> commands.DefineNumberSeries:
    return commands.DefineNumberSeries(
        code=row["series_code"],
        description=row["description"] or "",
        starting_no=row["starting_no"] or "",
        ending_no=row["ending_no"] or "",
        last_no=row["last_no"] or None,
        step=int(row["step"] or 0),
        manual_allowed=bool(row["manual_allowed"]),
    )
