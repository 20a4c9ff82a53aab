"""Set up the company: its settings and number series."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import available_timezones

from babel import localedata

from pipeline.commands.codes import code, text
from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.forecast_settings import CHECKS as _FORECAST_CHECKS
from pipeline.domain.errors import (
    CurrencyCodeError,
    FigureError,
    StageMapError,
    UnknownLocaleError,
    UnknownSettingError,
    UnknownTimeZoneError,
)
from pipeline.domain.numbers import NumberSeries
from pipeline.domain.settings import SETTINGS
from pipeline.store import recording as record
from pipeline.store import records


def _currency(_: Desk, value: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", value):
        raise CurrencyCodeError(value)
    return value.upper()


def _time_zone(_: Desk, value: str) -> str:
    known = available_timezones()
    if value not in known:
        raise UnknownTimeZoneError(value, known)
    return value


def _days(_: Desk, value: str) -> str:
    if not value.isdecimal() or not int(value):
        raise FigureError("The number of days", "value", value, 0)
    return str(int(value))


def _hours(_: Desk, value: str) -> str:
    if not value.isdecimal() or not int(value):
        raise FigureError("The number of hours", "value", value, 0)
    return str(int(value))


def _locale(_: Desk, value: str) -> str:
    known = localedata.locale_identifiers()
    wanted = value.replace("-", "_")
    if wanted not in known:
        raise UnknownLocaleError(value, known)
    return wanted


def _series(desk: Desk, value: str) -> str:
    records.check_number_series(desk.session, value)
    return value


def _stage_map(desk: Desk, value: str) -> str:
    """Every part must lead to a stage that its cycle has."""
    pairs = [pair.strip() for pair in value.split(";") if pair.strip()]
    for pair in pairs:
        found = re.fullmatch(r"(.+?)\s+\d+\s*>\s*(\d+)", pair)
        if found is None:
            raise StageMapError(pair)
        records.sales_cycle(desk.session, found[1]).stage(int(found[2]))
    return "; ".join(pairs)


def _reasons(desk: Desk, value: str) -> str:
    """Every code must be that of a close reason."""
    codes = [one.strip().upper() for one in value.split(",") if one.strip()]
    return ", ".join(records.close_reason(desk.session, one).code for one in codes)


_CHECKS: dict[str, Callable[[Desk, str], str]] = {
    "currency": _currency,
    "locale": _locale,
    "time_zone": _time_zone,
    "rotting_days": _days,
    "stage_map": _stage_map,
    "no_decision_reasons": _reasons,
    "undo_hours": _hours,
    "opportunity_series": _series,
    "contact_series": _series,
    "quote_series": _series,
    "order_series": _series,
    "list_series": _series,
    "task_series": _series,
    "interaction_series": _series,
    "default_cycle": lambda desk, value: records.sales_cycle(desk.session, value).code,
    "default_owner": lambda desk, value: records.salesperson(desk.session, value).code,
    **_FORECAST_CHECKS,
}
"""What a setting's value must be: each check gives it as it is kept, or refuses it."""


@dataclass(frozen=True, kw_only=True)
class DefineSetting:
    """Set one of the company's settings; blank takes it back."""

    name: str
    value: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownSettingError`, `TooLongError`, and what its value is refused with.

        That is `UnknownSalesCycleError`, `UnknownSalespersonError`, `UnknownNumberSeriesError`,
        `UnknownTimeZoneError`, `UnknownCloseReasonError`, `CurrencyCodeError` or `FigureError`.
        """
        if self.name not in SETTINGS:
            raise UnknownSettingError(self.name, SETTINGS)
        value = text(self.value, "The setting", "value")
        if value and self.name in _CHECKS:
            value = _CHECKS[self.name](desk, value)
        record.put(desk.session, "settings", ("name",), name=self.name, value=value)
        return Recorded(what="setting", no=self.name)


@dataclass(frozen=True, kw_only=True)
class DefineNumberSeries:
    """Make a number series, or change where it ends and whether numbers may be typed."""

    code: str
    description: str = ""
    starting_no: str
    ending_no: str
    last_no: str | None = None
    step: int = 1
    manual_allowed: bool = True

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`, `NumberSeriesOrderError`."""
        series = NumberSeries(
            code=code(self.code, "The code of the number series"),
            description=text(self.description, "The description", "description"),
            starting_no=code(self.starting_no, "The starting number", "starting_no"),
            ending_no=code(self.ending_no, "The ending number", "ending_no"),
            last_no=self.last_no or None,
            step=self.step,
            manual_allowed=self.manual_allowed,
        )
        series.check_order()
        record.number_series(desk.session, series)
        return Recorded(what="number series", no=series.code)
