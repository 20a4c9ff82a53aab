"""What the words of the files mean: outcome, sales cycle and stage of every opportunity."""

import pandas as pd

from pipeline.importing import faults
from pipeline.importing.catalogue import Catalogue, catalogue, cycle_code_of
from pipeline.importing.columns import Values
from pipeline.importing.errors import OutcomeUnknownError
from pipeline.importing.export import stacked
from pipeline.importing.fields import Role
from pipeline.importing.outcomes import outcomes_of
from pipeline.importing.profile import Profile
from pipeline.importing.translate import translated

_FLAGS = ("is_closed", "is_won", "is_lost", "status")


def understood(
    deals: pd.DataFrame, values: list[Values], profile: Profile, known_stages: pd.DataFrame
) -> tuple[pd.DataFrame, Catalogue, pd.DataFrame]:
    """Give the deals with `outcome` and `cycle_code`, the stages they speak of, and the faults.

    Raises `OutcomeUnknownError` when nothing says which of them are won or lost.
    """
    table = _stage_table(values, profile)
    words = {**profile.outcomes, **_table_outcomes(table)}
    said = outcomes_of(deals, words)
    if said.isna().all() and not words and len(deals):
        raise OutcomeUnknownError(
            str(deals["file"].iloc[0]), sorted(deals["stage"].dropna().unique())
        )
    named, names = _cycles(deals, values, profile)
    whole = named.assign(outcome=said.fillna("open"))
    stages = catalogue(profile, table, _words(whole), known_stages, names)
    whole, found = _mapped(whole, stages)
    return whole, stages, found


def _stage_table(values: list[Values], profile: Profile) -> pd.DataFrame:
    """Give the source's own stages, with the outcome each of them means."""
    table = stacked(values, Role.STAGES)
    labels = table["cycle"].fillna(table["cycle_id"]).fillna("")
    codes = labels.map(lambda word: cycle_code_of(word, profile) if word else "")
    outcome = outcomes_of(table, {**profile.outcomes}).fillna("open")
    return table.assign(
        cycle_code=codes.astype("str"),
        outcome=outcome,
        stage_id=table["stage_id"].fillna(""),
        stage=table["stage"].fillna(""),
        position=table["position"].fillna(table["row"].astype("float64")),
    )


def _table_outcomes(table: pd.DataFrame) -> dict[str, str]:
    words = pd.concat([table.set_index("outcome")["stage_id"], table.set_index("outcome")["stage"]])
    return {str(word).casefold(): str(outcome) for outcome, word in words.items() if word}


def _cycles(
    deals: pd.DataFrame, values: list[Values], profile: Profile
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give the deals with their cycle_code, and the description of each cycle."""
    table = stacked(values, Role.STAGES)
    labels = dict(
        zip(table["cycle_id"].dropna(), table["cycle"][table["cycle_id"].notna()], strict=True)
    )
    spelled = translated(deals["cycle"], labels).fillna(deals["cycle"]).fillna("")
    words = {word: cycle_code_of(str(word), profile) for word in spelled.unique()}
    names = {
        code: str(word) or profile.cycle.description or profile.title
        for word, code in words.items()
    }
    return deals.assign(cycle_code=translated(spelled, words)), names


def _words(deals: pd.DataFrame) -> pd.DataFrame:
    """Give each stage word of the open deals with its mean chances and its place in the files."""
    used = deals[deals["stage"].notna() & (deals["outcome"] == "open")]
    words = used.assign(word=used["stage"].str.casefold(), place=range(len(used)))
    seen = words.groupby(["cycle_code", "word"], as_index=False, sort=False).agg(
        spelled=("stage", "first"), mean_chances=("chances", "mean"), rank=("place", "min")
    )
    cycles = deals[["cycle_code"]].drop_duplicates()
    return cycles.merge(seen, on="cycle_code", how="left")


def _mapped(deals: pd.DataFrame, stages: Catalogue) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take out the open deals whose stage is missing or is none of the stages known."""
    is_open = deals["outcome"] == "open"
    blank = is_open & deals["stage"].isna()
    strange = is_open & ~blank & stages.numbers(deals["cycle_code"], deals["stage"]).isna()
    names = ", ".join(stages.stages["name"].astype("str").drop_duplicates().head(12))
    found = [
        faults.of_rows(
            deals[blank],
            deals.loc[blank, "external_id"],
            column="stage",
            reason="It is open and in no stage.",
            remedy=f"Fill in one of: {names}.",
        ),
        faults.of_rows(
            deals[strange],
            deals.loc[strange, "stage"],
            column="stage",
            reason="The stage is neither one of the profile's stages nor won nor lost.",
            remedy=f"Use one of: {names}; or add the stage to the profile.",
        ),
    ]
    return deals[~(blank | strange)], faults.together(found)
