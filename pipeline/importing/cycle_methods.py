"""How the sales cycles of a source make their probability: as it says, else as its entries show."""

from collections.abc import Iterable

import pandas as pd

from pipeline.domain.cycles import ProbabilityMethod
from pipeline.domain.words import agreeing
from pipeline.importing.catalogue import Catalogue, cycle_code_of
from pipeline.importing.columns import Values
from pipeline.importing.export import stacked
from pipeline.importing.fields import Role
from pipeline.importing.profile import METHODS, Profile
from pipeline.importing.translate import translated

_EXACT, _ROUNDED = 0.011, 0.51
"""How far a probability may lie from what a method makes, in percent: as stored, as displayed."""


def cycle_table(values: list[Values], profile: Profile) -> pd.DataFrame:
    """Give each sales cycle of the source's own table: cycle_code, description, method, blocked."""
    table = stacked(values, Role.CYCLES).dropna(subset="cycle")
    known = {**{method: method for method in METHODS}, **profile.methods}
    return pd.DataFrame(
        {
            "cycle_code": [cycle_code_of(word, profile) for word in table["cycle"]],
            "description": table["description"].fillna(""),
            "method": translated(table["probability_method"].str.casefold(), known),
            "blocked": table["blocked"].fillna(value=False).astype(bool),
        }
    ).drop_duplicates("cycle_code", ignore_index=True)


def shown_methods(
    codes: Iterable[str], events: pd.DataFrame, otherwise: str
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Give the method of each cycle that its entries show, and notes on those that show none.

    A method is taken where it alone makes the probability of every entry of the cycle from its
    two percentages; where several do, or none, `otherwise` is.
    """
    told = events[events["stage"].notna()].dropna(subset=["probability", "chances", "completed"])
    found, unsure = {}, []
    for code in codes:
        fits = _fitting(told[told["cycle_code"] == code])
        found[code] = fits[0] if len(fits) == 1 else otherwise
        if len(fits) != 1 and len(told):
            unsure.append(code)
    words = f"nothing shows how the probability is made; {otherwise} is taken."
    return found, (f"Sales cycle {', '.join(unsure)}: {words}",) if unsure else ()


def differing(events: pd.DataFrame, found: Catalogue) -> tuple[str, ...]:
    """Say how many entries of the cycles to make carry a probability that is not made of today's.

    The source keeps what its set-up made of them then; here it is made anew.
    """
    stages = found.stages.astype({"stage": "float64"})
    told = events.dropna(subset=["probability", "chances"]).drop(columns="completed")
    told = told.assign(number=found.numbers(told["cycle_code"], told["stage"]))
    told = told.dropna(subset="number").merge(
        stages[["cycle_code", "stage", "completed"]].rename(columns={"stage": "number"}),
        on=["cycle_code", "number"],
    )
    off = sum(
        int(((mine["probability"] - _made(mine)[found.methods[str(code)]]).abs() > _ROUNDED).sum())
        for code, mine in told.groupby("cycle_code")
        if code in found.methods
    )
    entries = agreeing(off, "entry carries", "entries carry")
    words = "a probability that cycle and stage of today do not make; it is made anew from those."
    return (f"{entries} {words}",) if off else ()


def _made(entries: pd.DataFrame) -> dict[str, pd.Series]:
    """Give what each method makes of chances and completed."""
    chances, completed = entries["chances"], entries["completed"]
    return {
        ProbabilityMethod.MULTIPLY.value: chances * completed / 100,
        ProbabilityMethod.ADD.value: (chances + completed) / 2,
        ProbabilityMethod.CHANCES.value: chances,
        ProbabilityMethod.COMPLETED.value: completed,
    }


def _fitting(entries: pd.DataFrame) -> list[str]:
    if entries.empty:
        return []
    made = _made(entries)
    off = {method: (entries["probability"] - one).abs().max() for method, one in made.items()}
    for tolerance in (_EXACT, _ROUNDED):
        fits = [method for method, most in off.items() if most <= tolerance]
        if fits:
            return fits
    return []
