"""Statistics as Business Central counts them: its worked cases, and where our log has more rows."""

from collections.abc import Iterator
from datetime import date

import pytest

import pipeline
from pipeline import reports
from pipeline.commands import (
    CloseAsLost,
    CloseAsWon,
    Command,
    CreateOpportunity,
    DeleteOpportunity,
    MoveToNextStage,
    Reassign,
    UpdateOpportunity,
    carry_out,
)
from pipeline.demo.contoso import WORK_DATE, load_contoso
from pipeline.domain.scope import Scope
from pipeline.store import Store
from tests.stories import company, three_stages

JANUARY = date(2025, 1, 1)
MARCH = Scope(as_of=date(2025, 3, 31))


@pytest.fixture(scope="module")
def contoso() -> Iterator[Store]:
    """The published example company."""
    with pipeline.open(":memory:") as store:
        load_contoso(store)
        yield store


@pytest.fixture
def store() -> Iterator[Store]:
    """A company with one cycle of three stages."""
    with pipeline.open(":memory:") as store:
        carry_out(store, *company(), *three_stages("UPD"), by="ANN", today=JANUARY)
        yield store


def on(store: Store, day: date, *commands: Command) -> None:
    """Carry commands out on a day."""
    carry_out(store, *commands, by="ANN", today=day)


def created(no: str, amount: int = 100) -> CreateOpportunity:
    """A wish for an opportunity that starts at once."""
    return CreateOpportunity(
        no=no,
        description=no,
        contact_no="C1",
        owner_code="ANN",
        cycle_code="UPD",
        activate=True,
        amount=amount,
        expected_close_on=date(2025, 12, 31),
    )


def updated(no: str) -> UpdateOpportunity:
    """A wish to leave everything but the entry as it is."""
    return UpdateOpportunity(opportunity_no=no)


def test_bc_66_headline_figures(contoso: Store) -> None:
    """EXISTING 5 of 20,500.00 and 410.00, NEW nothing; 5 of 9 closed were won."""
    scope = Scope(as_of=WORK_DATE)
    frame = reports.cycle_statistics(contoso, scope).frame.set_index("cycle_code")
    assert frame.loc["EXISTING", "opportunities"] == 5
    assert frame.loc["EXISTING", "amount"] == 20_500
    assert frame.loc["EXISTING", "weighted_amount"] == pytest.approx(410)
    assert (frame.loc["NEW", ["opportunities", "amount", "weighted_amount"]] == 0).all()
    won = reports.win_rate(contoso, scope).totals
    assert (won["won"], won["decided"]) == (5, 9)
    assert won["win_rate"] == pytest.approx(5 / 9)


def test_bc_69_who_still_counts_a_won_opportunity(store: Store) -> None:
    """Won for 80: neither cycle nor stage count it; the list keeps it, with its value."""
    on(store, JANUARY, created("OP1", 80))
    on(store, date(2025, 1, 9), CloseAsWon(opportunity_no="OP1", sales_amount=80))
    assert reports.cycle_statistics(store, MARCH).totals["opportunities"] == 0
    assert reports.stage_statistics(store, MARCH).totals["opportunities"] == 0
    listed = reports.opportunities(store, MARCH).totals
    assert (listed["opportunities"], listed["amount"], listed["weighted_amount"]) == (1, 80, 80)


def test_bc_71_average_days(store: Store) -> None:
    """Entries in stage 1 that are over lasted 3, 4 and 6 days; one more is active: 4.33."""
    for no, day in (("OP3", 4), ("OP4", 5), ("OP6", 7)):
        on(store, JANUARY, created(no))
        on(store, date(2025, 1, day), MoveToNextStage(opportunity_no=no))
    on(store, JANUARY, created("OP9"))
    row = reports.stage_statistics(store, MARCH).frame.iloc[0]
    assert row["average_days"] == pytest.approx(13 / 3)
    assert (row["opportunities"], row["entries_over"]) == (1, 3)


def test_bc_73_the_funnel_counts_history(contoso: Store) -> None:
    """EXISTING: 9, 4, 4, 4 entries ever, open or closed."""
    scope = Scope(as_of=WORK_DATE, cycles=("EXISTING",))
    assert reports.stage_statistics(contoso, scope).frame["entries_ever"].tolist() == [9, 4, 4, 4]


def test_updates_split_entries_but_not_stays(store: Store) -> None:
    """One stay of 40 days with updates on days 10 and 25: entries of 13.33 days, a stay of 40."""
    on(store, JANUARY, created("OP1"))
    on(store, date(2025, 1, 11), updated("OP1"))
    on(store, date(2025, 1, 26), updated("OP1"))
    on(store, date(2025, 2, 10), MoveToNextStage(opportunity_no="OP1"))
    row = reports.stage_statistics(store, MARCH).frame.iloc[0]
    assert row["average_days"] == pytest.approx(13.33, abs=0.01)
    assert row["average_stay_days"] == 40


def test_another_owner_is_no_entry(store: Store) -> None:
    """Reassigned on day 5, updated on day 10, reassigned on day 20: one entry over, of 10 days."""
    on(store, JANUARY, created("OP1"))
    on(store, date(2025, 1, 6), Reassign(opportunity_no="OP1", owner_code="BOB"))
    on(store, date(2025, 1, 11), updated("OP1"))
    on(store, date(2025, 1, 21), Reassign(opportunity_no="OP1", owner_code="ANN"))
    row = reports.stage_statistics(store, MARCH).frame.iloc[0]
    assert (row["entries_ever"], row["entries_over"], row["average_days"]) == (2, 1, 10)
    assert row["stays_over"] == 0


def test_a_day_inside_an_entry_sees_it_active(store: Store) -> None:
    """Looked at on day 9, the entry of day 1 still lasts, though later it ended."""
    on(store, JANUARY, created("OP1"))
    on(store, date(2025, 1, 11), MoveToNextStage(opportunity_no="OP1"))
    row = reports.stage_statistics(store, Scope(as_of=date(2025, 1, 9))).frame.iloc[0]
    assert (row["opportunities"], row["entries_over"]) == (1, 0)


def test_what_was_deleted_has_no_history_any_more(store: Store) -> None:
    """Lost on day 5, deleted on day 8: on day 6 its entry counts, from day 8 on nothing does."""
    on(store, JANUARY, created("OP1"))
    lost = CloseAsLost(opportunity_no="OP1", close_reason_code="PRICE")
    on(store, date(2025, 1, 5), lost)
    on(store, date(2025, 1, 8), DeleteOpportunity(opportunity_no="OP1"))
    before = reports.stage_statistics(store, Scope(as_of=date(2025, 1, 6)))
    assert before.frame["entries_ever"].tolist() == [1, 0, 0]
    assert reports.stage_statistics(store, MARCH).frame["entries_ever"].tolist() == [0, 0, 0]
    assert reports.opportunities(store, MARCH).totals["opportunities"] == 0


def test_a_narrowed_scope_takes_the_whole_history_of_what_is_in_it(store: Store) -> None:
    """Bob owns OP1 today: its entries count for him, those under Ann too; Ann's other does not."""
    on(store, JANUARY, created("OP1"), created("OP2"))
    on(store, date(2025, 1, 6), MoveToNextStage(opportunity_no="OP1"))
    on(store, date(2025, 1, 8), Reassign(opportunity_no="OP1", owner_code="BOB"))
    bobs = Scope(as_of=MARCH.as_of, owners=("BOB",))
    assert reports.stage_statistics(store, bobs).frame["entries_ever"].tolist() == [1, 1, 0]
    teams = Scope(as_of=MARCH.as_of, teams=("NORTH",))
    assert reports.stage_statistics(store, teams).frame["entries_ever"].tolist() == [1, 0, 0]
