"""The commands that make what an import needs and the store does not have yet."""

from decimal import Decimal

import pandas as pd

from pipeline.commands import (
    BlockSalesCycle,
    Command,
    DefineCampaign,
    DefineCloseReason,
    DefineSalesCycle,
    DefineSalesperson,
    DefineStage,
    DefineTeam,
)
from pipeline.domain.dates import parse_formula
from pipeline.domain.errors import PipelineError
from pipeline.importing.catalogue import Catalogue
from pipeline.importing.known import Known
from pipeline.importing.matching import Matches
from pipeline.importing.profile import Profile
from pipeline.importing.translate import translated

_OF_STAGE = [
    "cycle_code",
    "stage",
    "name",
    "chances",
    "completed",
    "allow_skip",
    "quote_required",
    "date_formula",
    "activity",
]
_OF_CAMPAIGN = ["code", "name", "starts_on", "ends_on", "activated", "owner_code"]


def set_up(catalogue: Catalogue, matches: Matches, profile: Profile, there: Known) -> list[Command]:
    """Give the commands in the order in which one thing needs the other."""
    return [
        *_cycles(catalogue, profile),
        *_stages(catalogue, there),
        *(BlockSalesCycle(code=code) for code in sorted(catalogue.blocked)),
        *_teams(matches),
        *_owners(matches),
        *_close_reasons(matches),
        *_campaigns(matches),
    ]


def _cycles(catalogue: Catalogue, profile: Profile) -> list[Command]:
    return [
        DefineSalesCycle(
            code=code,
            description=name[:250],
            probability_method=catalogue.methods.get(code, profile.cycle.probability_method),
        )
        for code, name in catalogue.new_cycles.items()
    ]


def _stages(catalogue: Catalogue, there: Known) -> list[Command]:
    new = catalogue.stages[catalogue.stages["is_new"].astype(bool)]
    return [
        DefineStage(
            cycle_code=code,
            stage=int(stage),
            description=name,
            chances_percent=_percent(chances),
            completed_percent=_percent(completed),
            allow_skip=bool(skip),
            quote_required=bool(quote),
            date_formula=readable_formula(formula),
            activity_code=activity.upper() if activity.upper() in there.activities else None,
        )
        for code, stage, name, chances, completed, skip, quote, formula, activity in new[
            _OF_STAGE
        ].itertuples(index=False)
    ]


def readable_formula(text: str) -> str:
    """Give a date formula as it is kept here; blank where it cannot be read.

    >>> readable_formula("<1M+10D>"), readable_formula("soon")
    ('1M+10D', '')
    """
    bare = text.strip("<> ")
    try:
        parse_formula(bare)
    except PipelineError:
        return ""
    return bare


def _percent(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))


def _teams(matches: Matches) -> list[Command]:
    teams = matches.teams.dropna(subset=["team_code"]).drop_duplicates("team_code")
    return [
        DefineTeam(code=code, name=name)
        for code, name in teams[["team_code", "team"]].itertuples(index=False)
    ]


def _owners(matches: Matches) -> list[Command]:
    teams: dict[str, str] = dict(
        matches.teams.dropna(subset=["team_code"])[["code", "team_code"]].itertuples(index=False)
    )
    return [
        DefineSalesperson(code=code, name=name, team_code=teams.get(code))
        for code, name in matches.owners.new[["code", "name"]].itertuples(index=False)
    ]


def _campaigns(matches: Matches) -> list[Command]:
    new = matches.campaigns.new
    owners = translated(new["owner_id"], matches.owners.codes)
    rows = new.assign(
        owner_code=owners.astype("object").where(owners.notna(), None),
        activated=new["activated"].fillna(value=False).astype(bool),
    )
    return [
        DefineCampaign(
            no=code,
            description=name[:250],
            starts_on=None if pd.isna(begins) else begins.date(),
            ends_on=None if pd.isna(ends) else ends.date(),
            activated=bool(activated),
            owner_code=owner,
        )
        for code, name, begins, ends, activated, owner in rows[_OF_CAMPAIGN].itertuples(index=False)
    ]


def _close_reasons(matches: Matches) -> list[Command]:
    new: pd.DataFrame = matches.close_reasons.new
    return [
        DefineCloseReason(code=code, description=name, outcome=outcome)
        for code, name, outcome in new[["code", "name", "outcome"]].itertuples(index=False)
    ]
