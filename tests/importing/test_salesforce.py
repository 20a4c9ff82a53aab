"""Two Salesforce orgs that nobody here made, with their history; compared with plain counts."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.commands import carry_out
from pipeline.importing.draft import plan_import
from pipeline.importing.plan import ImportPlan
from pipeline.store import Store
from pipeline.store.check import check

pytestmark = pytest.mark.third_party

TODAY = date(2026, 3, 31)
STANDING = """
select status, count(*), sum(amount)::bigint, sum(weighted_amount)::bigint
from opportunities group by 1 order by 1
"""
MOVES = """
with moves as (
    select
        coalesce(before.description, lag(action) over life) as came_from,
        coalesce(after.description, log.action) as went_to,
        log.action
    from transitions as log
    left join stages as before on before.stage = log.from_stage
    left join stages as after on after.stage = log.stage
    window life as (partition by opportunity_id order by nth)
)
select came_from, went_to, count(*) from moves
where action not in ('first', 'update', 'edit') and came_from is not null
group by all order by all
"""


def brought_in(store: Store, folder: Path, deals: str) -> ImportPlan:
    """Import the opportunities and the history of a folder."""
    files = [folder / deals, folder / "OpportunityHistory.csv"]
    plan = plan_import(store, files, by="ME", today=TODAY)
    carry_out(store, *plan.commands, by="ME", today=TODAY)
    return plan


def test_the_demo_org_stands_as_its_own_report_says(datasets: Path) -> None:
    """12 won, 8 lost, 16 open for 2,115,000 that is expected to bring 1,094,500.

    Dates are month first with short years; the history steps back in time in the file.
    """
    with Store.open(":memory:") as store:
        plan = brought_in(store, datasets / "salesforce_powerbi_demo", "Opportunity.csv")
        assert store.rows(STANDING) == [
            ("in progress", 16, 2_115_000, 1_094_500),
            ("lost", 8, 830_000, 0),
            ("won", 12, 2_815_000, 2_815_000),
        ]
        assert plan.profile.name == "salesforce"
        assert plan.faults.empty
        assert check(store).intact


def test_the_stage_changes_of_the_demo_org_are_those_of_its_history(datasets: Path) -> None:
    """Seven went from Closed Won to Closed Lost, and Prospecting led to five stages once each.

    What was won and is lost without a stage between is reopened for the moment between.
    """
    with Store.open(":memory:") as store:
        brought_in(store, datasets / "salesforce_powerbi_demo", "Opportunity.csv")
        assert store.rows(MOVES) == [
            ("Prospecting", "Needs Analysis", 1),
            ("Prospecting", "Proposal/Price Quote", 1),
            ("Prospecting", "Value Proposition", 1),
            ("Prospecting", "lost", 8),
            ("Prospecting", "won", 1),
            ("won", "Prospecting", 7),
        ]


def test_the_development_org_has_two_rows_of_one_moment_for_each_opportunity(
    datasets: Path,
) -> None:
    """They differ in the close date only: no stage changed, and the valid row comes last."""
    with Store.open(":memory:") as store:
        brought_in(store, datasets / "salesforce_dev_org", "opportunity.csv")
        assert store.rows(STANDING) == [
            ("in progress", 13, 2_115_000, 1_094_500),
            ("won", 18, 3_645_000, 3_645_000),
        ]
        assert store.rows(MOVES) == []
        dates = "select count(*) from opportunities where expected_close_on = '2018-10-01'"
        assert store.rows(dates) == [(0,)]
        assert check(store).intact
