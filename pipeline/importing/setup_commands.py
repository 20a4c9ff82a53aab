"""The commands that make what an import needs and the store does not have yet."""

from decimal import Decimal

import pandas as pd

from pipeline.commands import (
    Command,
    DefineCloseReason,
    DefineSalesCycle,
    DefineSalesperson,
    DefineStage,
    DefineTeam,
)
from pipeline.importing.catalogue import Catalogue
from pipeline.importing.matching import Matches
from pipeline.importing.profile import Profile


def set_up(catalogue: Catalogue, matches: Matches, profile: Profile) -> list[Command]:
    """Give the commands in the order in which one thing needs the other."""
    return [
        *_cycles(catalogue, profile),
        *_stages(catalogue),
        *_teams(matches),
        *_owners(matches),
        *_close_reasons(matches),
    ]


def _cycles(catalogue: Catalogue, profile: Profile) -> list[Command]:
    return [
        DefineSalesCycle(
            code=code, description=name[:250], probability_method=profile.cycle.probability_method
        )
        for code, name in catalogue.new_cycles.items()
    ]


def _stages(catalogue: Catalogue) -> list[Command]:
    new = catalogue.stages[catalogue.stages["is_new"].astype(bool)]
    return [
        DefineStage(
            cycle_code=code,
            stage=int(stage),
            description=name,
            chances_percent=_percent(chances),
            completed_percent=_percent(completed),
            allow_skip=True,
        )
        for code, stage, name, chances, completed in new[
            ["cycle_code", "stage", "name", "chances", "completed"]
        ].itertuples(index=False)
    ]


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


def _close_reasons(matches: Matches) -> list[Command]:
    new: pd.DataFrame = matches.close_reasons.new
    return [
        DefineCloseReason(code=code, description=name, outcome=outcome)
        for code, name, outcome in new[["code", "name", "outcome"]].itertuples(index=False)
    ]
