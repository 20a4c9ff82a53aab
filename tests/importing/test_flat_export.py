"""A flat export, one row per opportunity and no history, becomes opportunities with a life."""

from pathlib import Path

import pytest

from pipeline.importing.errors import NothingToImportError
from pipeline.store import Store
from pipeline.store.check import check
from tests.importing.conftest import Plan, Write

LOG = """
select external_id, action, log.stage, log.amount, valid_from::varchar
from transitions as log join opportunities using (opportunity_id)
order by external_id, nth
"""


def test_a_closed_opportunity_was_in_the_stage_reached_until_it_closed(
    story: Path, imported: Plan, store: Store
) -> None:
    """A is won, B lost, C open; only their creation and their close are in the file.

    Deal,What,Customer,Seller,State,Begun,Ended,Value
    A,Pump,Ajax,Ann Áspa,Won,2024-01-02,2024-03-04,1000
    B,Hose,Ajax,Bob Bock,Lost,2024-01-03,2024-02-05,200
    C,Tank,Bolt,Ann Áspa,Offer,2024-04-01,,70
    """
    imported(story)
    rows = [(*row[:3], float(row[3]), row[4]) for row in store.rows(LOG)]
    assert rows == [
        ("A", "first", 1, 1000.0, "2024-01-02"),
        ("A", "won", 0, 1000.0, "2024-03-04"),
        ("B", "first", 1, 200.0, "2024-01-03"),
        ("B", "lost", 0, 200.0, "2024-02-05"),
        ("C", "first", 2, 70.0, "2024-04-01"),
    ]
    assert check(store).intact


def test_owners_and_companies_are_made_once_and_found_again(
    story: Path, imported: Plan, planned: Plan, write: Write, store: Store
) -> None:
    """Ann sells twice to Ajax; a later file names both in another case.

    Deal,What,Customer,Seller,State,Begun,Value
    A,Pump,Ajax,Ann Áspa,Talk,2024-01-02,1
    B,Hose,Ajax,Ann Áspa,Talk,2024-01-03,2
    """
    imported(story)
    assert store.rows("select owner_code, name from salespeople") == [("AASPA", "Ann Áspa")]
    assert store.rows("select contact_no, name, type from contacts") == [
        ("ACME-000001", "Ajax", "company")
    ]
    later = write("Deal,Customer,Seller,State,Begun\nC,AJAX,ann áspa,Talk,2024-02-01", "later.csv")
    plan = planned(later)
    assert plan.new_owners.empty
    assert plan.new_contacts.empty


def test_the_same_file_twice_changes_nothing(
    story: Path, imported: Plan, planned: Plan, store: Store
) -> None:
    """External ids are kept, so what is there is known.

    Deal,State,Begun,Ended,Value
    A,Won,2024-01-02,2024-03-04,1000
    B,Talk,2024-01-03,,200
    """
    imported(story)
    before = store.rows("select * from transitions")
    again = planned(story)
    assert again.commands == ()
    assert again.already_there == 2
    assert store.rows("select * from transitions") == before


def test_a_newer_file_adds_only_what_is_new(
    story: Path, imported: Plan, write: Write, store: Store
) -> None:
    """The second export holds A again, and C.

    Deal,State,Begun,Value
    A,Talk,2024-01-02,1000
    """
    imported(story)
    imported(write("Deal,State,Begun,Value\nA,Talk,2024-01-02,1000\nC,Offer,2024-02-01,5", "b.csv"))
    assert store.rows("select external_id from opportunities order by 1") == [("A",), ("C",)]
    assert check(store).intact


def test_rows_with_faults_are_refused_with_their_number_and_taken_once_mended(
    story: Path, imported: Plan, write: Write, store: Store
) -> None:
    """Row 3 has no date that exists, row 4 no known stage, row 5 no key; row 2 is sound.

    Deal,State,Begun,Value
    A,Talk,2024-01-02,1000
    B,Talk,2024-02-31,10
    C,Dreaming,2024-01-05,10
    ,Talk,2024-01-05,10
    """
    plan = imported(story)
    reasons = plan.faults[["row", "column", "text"]].to_numpy().tolist()
    assert reasons == [[3, "Begun", "2024-02-31"], [4, "State", "Dreaming"], [5, "Deal", ""]]
    refused = plan.refused_rows()["deals.csv"]
    assert refused["refused row"].tolist() == ["3", "4", "5"]
    mended = refused.assign(Begun="2024-02-28", State="Talk", Deal=["B", "C", "D"])
    imported(write(mended.to_csv(index=False), "mended.csv"))
    assert len(store.rows("select 1 from opportunities")) == 4


def test_a_file_of_faults_only_is_refused_with_the_commonest_reason(
    story: Path, planned: Plan
) -> None:
    """Nothing can be taken, so nothing is offered.

    Deal,State,Begun
    A,Talk,some day
    B,Talk,later
    """
    with pytest.raises(NothingToImportError, match=r"Nothing of .*2 rows.* not a date"):
        planned(story)


def test_a_key_that_is_used_twice_is_taken_for_nothing_unless_the_rows_are_equal(
    story: Path, planned: Plan
) -> None:
    """A stands there twice alike, B twice with two amounts.

    Deal,State,Begun,Value
    A,Talk,2024-01-02,1
    A,Talk,2024-01-02,1
    B,Talk,2024-01-02,1
    B,Talk,2024-01-02,2
    """
    plan = planned(story)
    assert plan.opportunities["external_id"].tolist() == ["A"]
    assert plan.faults[["row", "effect"]].to_numpy().tolist() == [
        [3, "set aside"],
        [4, "refused"],
        [5, "refused"],
    ]


def test_what_can_be_mended_by_a_stated_rule_is_taken_and_said(story: Path, planned: Plan) -> None:
    """A closed before it began; B is worth less than nothing.

    Deal,State,Begun,Ended,Value
    A,Won,2024-03-02,2024-03-01,1
    B,Talk,2024-03-02,,-5
    """
    plan = planned(story)
    assert plan.opportunities["created_on"].dt.strftime("%m-%d").tolist() == ["03-01", "03-02"]
    assert plan.transitions["amount"].fillna(0).tolist() == [1, 1, 0]
    assert plan.faults["effect"].unique().tolist() == ["mended"]


def test_close_reasons_belong_to_one_outcome(story: Path, imported: Plan, store: Store) -> None:
    """“Price” won one and lost another; they become two reasons.

    Deal,State,Begun,Ended,Value,Why
    A,Won,2024-01-02,2024-03-01,1,Price
    B,Lost,2024-01-02,2024-03-01,1,Price
    """
    imported(story)
    assert store.rows("select close_reason_code, outcome from close_reasons order by 1") == [
        ("PRICE", "won"),
        ("PRICE 2", "lost"),
    ]


def test_totals_say_what_to_compare_with_the_crm(story: Path, planned: Plan) -> None:
    """Before anything is recorded the plan counts and adds up by standing.

    Deal,State,Begun,Ended,Value
    A,Won,2024-01-02,2024-03-01,100
    B,Offer,2024-01-02,,20
    C,Offer,2024-01-02,,
    D,Talk,2024-01-02,,3
    """
    assert planned(story).totals().to_numpy().tolist() == [
        ["ACME: Talk", 1, 3.0, 0],
        ["ACME: Offer", 2, 20.0, 1],
        ["won", 1, 100.0, 0],
    ]


def test_a_close_on_the_day_of_the_creation_came_after_it(
    story: Path, imported: Plan, store: Store
) -> None:
    """The creation has a time of day, the close has none.

    Deal,State,Begun,Ended,Value
    A,Lost,2024-01-02 10:00:00,2024-01-02,5
    """
    imported(story)
    assert [row[1:3] for row in store.rows(LOG)] == [("first", 1), ("lost", 0)]
