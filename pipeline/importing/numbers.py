"""The numbers of opportunities, where those of the source are kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.commands import Command, DefineNumberSeries
from pipeline.domain.numbers import NumberSeries
from pipeline.domain.words import agreeing
from pipeline.importing.known import Known
from pipeline.importing.profile import Profile

_LONGEST = 20
_DIGITS = re.compile(r"(.*?)(\d+)(\D*)")


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """Opportunities with the numbers they keep; the others get the next of the series."""

    opportunities: pd.DataFrame
    notes: tuple[str, ...] = ()


def kept_numbers(opportunities: pd.DataFrame, there: Known, profile: Profile) -> Numbered:
    """Give the opportunities the number they have in the source, where it is free here."""
    if not profile.keeps_numbers or opportunities.empty:
        return Numbered(opportunities=opportunities)
    number = opportunities["external_id"].str.strip().str.upper()
    unfit = number.isin(list(there.numbers())) | number.duplicated() | (number.str.len() > _LONGEST)
    words = agreeing(int(unfit.sum()), "opportunity has", "opportunities have")
    note = f"{words} a number that is in use here already; the series gives another one."
    return Numbered(
        opportunities=opportunities.assign(opportunity_no=number.mask(unfit)),
        notes=(note,) if unfit.any() else (),
    )


def moved_on(opportunities: pd.DataFrame, there: Known) -> Sequence[Command]:
    """Give the command that lets the series go on behind the numbers that were kept, if any are."""
    series = there.series
    if series is None or "opportunity_no" not in opportunities:
        return ()
    kept = opportunities["opportunity_no"].dropna()
    highest = max(
        (number for number in kept if _value(number, series) is not None),
        key=lambda number: _value(number, series) or 0,
        default=None,
    )
    last = _value(series.last_no, series) if series.last_no else 0
    if highest is None or (_value(highest, series) or 0) <= (last or 0):
        return ()
    return (
        DefineNumberSeries(
            code=series.code,
            description=series.description,
            starting_no=series.starting_no,
            ending_no=series.ending_no,
            last_no=highest,
            step=series.step,
            manual_allowed=series.manual_allowed,
        ),
    )


def _value(number: str, series: NumberSeries) -> int | None:
    """Give the value of a number of the series; None for one that is written otherwise."""
    first, last, mine = (
        _DIGITS.fullmatch(one) for one in (series.starting_no, series.ending_no, number)
    )
    if first is None or last is None or mine is None or (mine[1], mine[3]) != (first[1], first[3]):
        return None
    value = int(mine[2])
    return value if int(first[2]) <= value <= int(last[2]) else None
