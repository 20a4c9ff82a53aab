"""Statistics of contacts, salespeople and campaigns: Business Central's cases, and the rest."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import pipeline
from pipeline import reports
from pipeline.commands import (
    CancelInteraction,
    CloseAsLost,
    CloseAsWon,
    CreateOpportunity,
    DefineCampaign,
    DefineContact,
    EditOpportunity,
    LogInteraction,
    UpdateOpportunity,
    carry_out,
)
from pipeline.domain.scope import Scope
from pipeline.reports.report import Report
from pipeline.store import Store
from tests.stories import company, three_stages

JANUARY = date(2025, 1, 1)
MARCH = Scope(as_of=date(2025, 3, 31))
CLOSE = date(2025, 12, 31)


@pytest.fixture
def store() -> Iterator[Store]:
    """Company C1 with persons P1 and P2, a campaign, and nothing entered yet."""
    with pipeline.open(":memory:") as store:
        carry_out(
            store,
            *company(),
            *three_stages("UPD"),
            DefineContact(no="P1", type="person", name="Ann Beebe", company_no="C1"),
            DefineContact(no="P2", type="person", name="Robert Townes", company_no="C1"),
            DefineCampaign(no="K1", description="Spring", ends_on=CLOSE, activated=True),
            by="ANN",
            today=JANUARY,
        )
        yield store


def enter(store: Store, no: str, amount: int, *, contact: str = "C1", campaign: str = "") -> None:
    """Start an opportunity on the first of January."""
    wish = CreateOpportunity(
        no=no,
        description=no,
        contact_no=contact,
        campaign_no=campaign or None,
        owner_code="ANN",
        cycle_code="UPD",
        activate=True,
        amount=amount,
        expected_close_on=CLOSE,
    )
    carry_out(store, wish, by="ANN", today=JANUARY)


def lose(store: Store, no: str) -> None:
    """Lose it on the ninth."""
    lost = CloseAsLost(opportunity_no=no, close_reason_code="PRICE")
    carry_out(store, lost, by="ANN", today=date(2025, 1, 9))


def figures(report: Report, row: int = 0) -> tuple[int, float, float]:
    """Number, estimated and current value of one row."""
    first = report.frame.iloc[row]
    return first["opportunities"], first["amount"], first["weighted_amount"]


def test_bc_69_contact_and_salesperson_still_count_a_won_opportunity(store: Store) -> None:
    """Won for 80 of 80: cycle and stage show nothing, contact and salesperson 1, 80 and 80."""
    enter(store, "OP1", 80)
    won = CloseAsWon(opportunity_no="OP1", sales_amount=80)
    carry_out(store, won, by="ANN", today=date(2025, 1, 9))
    assert reports.cycle_statistics(store, MARCH).totals["opportunities"] == 0
    assert figures(reports.contact_statistics(store, MARCH)) == (1, 80, 80)
    assert figures(reports.salesperson_statistics(store, MARCH)) == (1, 80, 80)


def test_bc_71_a_company_has_what_its_persons_have(store: Store) -> None:
    """C1 with 100, P1 with 200, P2 with 300 that was lost: C1 counts 3 and 600, P1 its own."""
    enter(store, "OP1", 100)
    enter(store, "OP2", 200, contact="P1")
    enter(store, "OP3", 300, contact="P2")
    lose(store, "OP3")
    frame = reports.contact_statistics(store, MARCH).frame.set_index("contact_no")
    assert frame["opportunities"].to_dict() == {"C1": 3, "P2": 1, "P1": 1}
    assert frame["amount"].to_dict() == {"C1": 600, "P2": 300, "P1": 200}
    assert frame.loc[["C1"], ["in_progress", "won", "lost"]].to_numpy().tolist() == [[2, 0, 1]]


def test_contact_statistics_count_interactions_with_cost_and_duration(store: Store) -> None:
    """C1 with those of P1; a canceled one and one of a later day count nowhere."""
    enter(store, "OP1", 100)
    enter(store, "OP2", 200, contact="P1")
    enter(store, "OP3", 300, contact="P2")
    carry_out(
        store,
        LogInteraction(description="Call", contact_no="C1", minutes=20),
        LogInteraction(description="Lunch", contact_no="P1", cost="42.50", minutes=75),
        LogInteraction(description="Mistake", contact_no="P1", cost=900),
        CancelInteraction(interaction_no="IN000003"),
        by="ANN",
        today=date(2025, 1, 9),
    )
    late = LogInteraction(description="Later", contact_no="C1", minutes=5)
    carry_out(store, late, by="ANN", today=date(2025, 12, 1))
    frame = reports.contact_statistics(store, MARCH).frame.set_index("contact_no")
    columns = ["interactions", "interaction_cost", "interaction_minutes"]
    assert frame.loc[["C1", "P1", "P2"], columns].to_numpy().tolist() == [
        [2, 42.5, 95],
        [1, 42.5, 75],
        [0, 0, 0],
    ]


def test_a_contact_asked_for_is_alone_with_its_persons(store: Store) -> None:
    """Asked for P1 there is no row of its company, which would hold a part of its own only."""
    enter(store, "OP1", 100)
    enter(store, "OP2", 200, contact="P1")
    one = reports.contact_statistics(store, Scope(as_of=MARCH.as_of, contacts=("P1",)))
    assert one.frame["contact_no"].tolist() == ["P1"]
    both = reports.contact_statistics(store, Scope(as_of=MARCH.as_of, contacts=("C1",)))
    assert both.frame["contact_no"].tolist() == ["C1", "P1"]


def test_a_campaign_counts_what_came_from_it(store: Store) -> None:
    """One from the campaign, one from none, which is said below."""
    enter(store, "OP1", 100, campaign="K1")
    enter(store, "OP2", 50)
    report = reports.campaign_statistics(store, MARCH)
    assert report.frame["campaign_description"].tolist() == ["Spring"]
    assert figures(report) == (1, 100, 10)
    assert report.excluded == {"without a campaign": 1}


def test_the_means_of_a_salesperson_are_over_those_with_an_amount(store: Store) -> None:
    """100 and 300, 10 percent each."""
    enter(store, "OP1", 100)
    enter(store, "OP2", 300)
    row = reports.salesperson_statistics(store, MARCH).frame.iloc[0]
    assert (row["average_amount"], row["average_weighted_amount"]) == (200, 20)


def test_a_period_limits_the_expected_close_date(store: Store) -> None:
    """The lost one closed in January, the other is expected in December."""
    enter(store, "OP1", 100)
    enter(store, "OP2", 300)
    lose(store, "OP2")
    first = Scope(as_of=MARCH.as_of, from_on=JANUARY, to_on=MARCH.as_of)
    assert figures(reports.salesperson_statistics(store, first)) == (1, 300, 0)


def test_a_salespersons_statistics_take_business_centrals_filters(store: Store) -> None:
    """OP1 at its start (10 percent), OP2 updated to 60 and then edited, OP3 lost.

    An edit makes no entry, so OP2 is still one that was updated; a lost one is 100 percent
    completed. Each filtered number opens to its list.
    """
    enter(store, "OP1", 100)
    enter(store, "OP2", 200)
    enter(store, "OP3", 300)
    lose(store, "OP3")
    update = UpdateOpportunity(
        opportunity_no="OP2", amount=200, chances_percent=60, expected_close_on=CLOSE
    )
    edit = EditOpportunity(opportunity_no="OP2", contact_no="P1")
    for wish, day in ((update, 9), (edit, 10)):
        carry_out(store, wish, by="ANN", today=date(2025, 1, day))
    asked: list[tuple[dict[str, Any], int, float]] = [
        ({"action": "first"}, 1, 100),
        ({"action": "update"}, 1, 200),
        ({"action": "lost"}, 1, 300),
        ({"stage": 1}, 2, 300),
        ({"probability_from": 0.5, "probability_to": 10}, 1, 100),
        ({"probability_from": 10.0}, 2, 300),
        ({"completed_from": 100.0}, 1, 300),
        ({"completed_to": 99.0, "action": "update"}, 1, 200),
    ]
    for options, opportunities, amount in asked:
        report = reports.salesperson_statistics(store, MARCH, **options)
        assert figures(report)[:2] == (opportunities, amount), options
        behind = report.behind(report.frame.iloc[0], "opportunities")
        listed = reports.opportunities(store, *behind)
        assert listed.totals["opportunities"] == opportunities, options


def test_a_contacts_statistics_are_narrowed_to_an_action(store: Store) -> None:
    """Of two of C1 one was lost."""
    enter(store, "OP1", 100)
    enter(store, "OP2", 300)
    lose(store, "OP2")
    assert figures(reports.contact_statistics(store, MARCH, action="lost")) == (1, 300, 0)
    assert reports.contact_statistics(store, MARCH, action="jump").frame.empty


@pytest.mark.parametrize("name", ["contact", "salesperson", "campaign"])
def test_each_number_opens_to_as_many_opportunities(store: Store, name: str) -> None:
    """Whatever a row counts, its list has."""
    enter(store, "OP1", 100, campaign="K1")
    enter(store, "OP2", 200, contact="P1", campaign="K1")
    lose(store, "OP2")
    report = reports.REPORTS[f"{name}-statistics"](store, MARCH)
    for _, row in report.frame.iterrows():
        for column in report.opens:
            listed = reports.opportunities(store, *report.behind(row, column))
            assert listed.totals["opportunities"] == row[column], (column, row)
