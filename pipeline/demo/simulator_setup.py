"""The commands that set the simulated company up."""

from collections.abc import Iterator
from datetime import date, timedelta

from pipeline.commands import (
    Command,
    DefineCampaign,
    DefineCloseReason,
    DefineNumberSeries,
    DefineSalesCycle,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    DefineTeam,
)
from pipeline.demo.simulator_company import (
    CYCLES,
    DUPLICATE,
    LOST_REASONS,
    TEAMS,
    WON_REASONS,
    SimulatedCycle,
)
from pipeline.demo.simulator_frames import campaign_no
from pipeline.demo.simulator_people import Sellers
from pipeline.domain.categories import ForecastCategory


def set_up(sellers: Sellers, begins: date, until: date) -> Iterator[Command]:
    """Give the commands for numbers, cycles, close reasons, people and campaigns."""
    yield from _numbers()
    for cycle in CYCLES:
        yield from _cycle(cycle)
    yield DefineSetting(name="default_cycle", value="NEW")
    yield from _close_reasons()
    yield from _people(sellers)
    yield from _campaigns(begins, until)


def _numbers() -> Iterator[Command]:
    yield DefineNumberSeries(
        code="OPP", description="Opportunity", starting_no="OP00000001", ending_no="OP99999999"
    )
    yield DefineSetting(name="opportunity_series", value="OPP")
    yield DefineNumberSeries(
        code="CONT", description="Contact", starting_no="CT000001", ending_no="CT999999"
    )
    yield DefineSetting(name="contact_series", value="CONT")
    yield DefineSetting(name="company_name", value="Halvorsen Handling (simulated)")


def _cycle(cycle: SimulatedCycle) -> Iterator[Command]:
    yield DefineSalesCycle(
        code=cycle.code,
        description=cycle.description,
        probability_method=cycle.probability_method,
    )
    for stage in cycle.stages:
        yield DefineStage(
            cycle_code=cycle.code,
            stage=stage.stage,
            description=stage.description,
            completed_percent=stage.completed_percent,
            chances_percent=stage.chances_percent,
            allow_skip=stage.allow_skip,
            forecast_category=_category(stage.stage, len(cycle.stages)),
        )


def _category(stage: int, stages: int) -> str:
    """Say what stands in a stage is forecast in: the surer, the fewer stages are to come."""
    by_stages_left = (
        ForecastCategory.COMMIT,
        ForecastCategory.MOST_LIKELY,
        ForecastCategory.BEST_CASE,
    )
    left = stages - stage
    is_early = stage == 1 or left >= len(by_stages_left)
    return (ForecastCategory.PIPELINE if is_early else by_stages_left[left]).value


def _close_reasons() -> Iterator[Command]:
    for code, (description, _) in WON_REASONS.items():
        yield DefineCloseReason(code=code, description=description, outcome="won")
    for code, (description, _) in LOST_REASONS.items():
        yield DefineCloseReason(code=code, description=description, outcome="lost")
    yield DefineCloseReason(
        code=DUPLICATE, description="Entered twice", outcome="lost", in_win_rate=False
    )


def _people(sellers: Sellers) -> Iterator[Command]:
    first_members = [list(sellers.team).index(number) for number in range(len(TEAMS))]
    for team, manager in zip(TEAMS, first_members, strict=True):
        yield DefineTeam(code=team.code, name=team.name, manager_code=sellers.codes[manager])
    for code, name, team_number in zip(sellers.codes, sellers.names, sellers.team, strict=True):
        yield DefineSalesperson(code=code, name=name, team_code=TEAMS[team_number].code)


def _campaigns(begins: date, until: date) -> Iterator[Command]:
    """Give a campaign for every quarter, from its first day to its last."""
    for quarter in range(_quarter(begins), _quarter(until) + 1):
        yield DefineCampaign(
            no=campaign_no(quarter),
            description=f"Open days, quarter {quarter % 4 + 1}",
            starts_on=_first_day(quarter),
            ends_on=_first_day(quarter + 1) - timedelta(days=1),
            activated=True,
        )


def _quarter(day: date) -> int:
    return (day.year - 1970) * 4 + (day.month - 1) // 3


def _first_day(quarter: int) -> date:
    return date(1970 + quarter // 4, quarter % 4 * 3 + 1, 1)
