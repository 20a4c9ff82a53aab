"""What lies after the day of the import is refused, and no file twice records anything more."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.commands import carry_out
from pipeline.importing.draft import Answers, plan_import
from pipeline.importing.errors import NothingToImportError
from pipeline.importing.profile import Profile
from pipeline.store import Store
from pipeline.store.check import check
from tests.importing.conftest import Plan, Write

RULE = "It lies in the future, after the day of the import (2024-06-30)."


def test_what_was_created_or_closed_after_the_import_is_refused(story: Path, planned: Plan) -> None:
    """A is sound, B begins and C ends after 30 June 2024; D began that very day.

    Deal,State,Begun,Ended,Value
    A,Talk,2024-01-02,,1
    B,Talk,2024-07-01,,2
    C,Won,2024-01-02,2030-04-01,3
    D,Talk,2024-06-30,,4
    """
    plan = planned(story)
    assert plan.opportunities["external_id"].tolist() == ["A", "D"]
    assert plan.faults[["row", "column", "text", "reason", "effect"]].to_numpy().tolist() == [
        [3, "Begun", "2024-07-01", RULE, "refused"],
        [4, "Ended", "2030-04-01", RULE, "refused"],
    ]


def test_a_history_that_goes_on_after_the_import_refuses_its_opportunity(
    write: Write, store: Store
) -> None:
    """B moves on 5 July, and it is 30 June: its first row waits for that day, too."""
    history = write(
        """
        OpportunityId,StageName,Amount,CloseDate,Probability,CreatedDate,CreatedById
        A,Prospecting,100,2024-09-01,10,2024-01-02T08:00:00Z,u1
        B,Prospecting,50,2024-09-01,10,2024-02-02T08:00:00Z,u1
        B,Qualification,50,2024-09-01,20,2024-07-05T08:00:00Z,u1
        """
    )
    plan = plan_import(store, [history], by="ME", today=date(2024, 6, 30))
    assert plan.opportunities["external_id"].tolist() == ["A"]
    refused = plan.refused_rows()["deals.csv"]
    assert refused["refused row"].tolist() == ["3", "4"]
    assert RULE in refused["refused because"].iloc[1]


def test_a_file_from_tomorrow_offers_nothing(story: Path, planned: Plan) -> None:
    """The only row is refused, and the refusal says why.

    Deal,State,Begun
    A,Talk,2030-01-07
    """
    with pytest.raises(NothingToImportError, match="lies in the future"):
        planned(story)


def test_a_close_expected_before_the_creation_is_taken_and_said(story: Path, planned: Plan) -> None:
    """Nobody moved the date of A on.

    Deal,State,Begun,Expected
    A,Talk,2024-03-01,2024-02-01
    B,Talk,2024-03-01,2024-08-01
    """
    plan = planned(story)
    assert len(plan.opportunities) == 2
    said = "1 open opportunity is expected to close before the creation; taken as said."
    assert said in plan.notes


def test_the_same_file_twice_changes_nothing_on_an_earlier_day(
    write: Write, acme: Profile, store: Store
) -> None:
    """Imported in February and then as of January: it grew once, and is as it was after that."""
    begun = "Deal,State,Begun,Expected,Value\nA,Talk,2030-01-07,2030-04-01,"
    first, grown = write(f"{begun}100", "first.csv"), write(f"{begun}120", "grown.csv")
    for file, on, rows in (
        (first, date(2030, 2, 1), 1),
        (first, date(2030, 2, 1), 1),
        (grown, date(2030, 1, 8), 2),
        (grown, date(2030, 1, 7), 2),
    ):
        plan = plan_import(
            store,
            [file],
            answers=Answers(profile=acme),
            by="ME",
            today=on,
            now=pd.Timestamp("2026"),
        )
        carry_out(store, *plan.commands, by="ME", today=on)
        assert store.one("select count(*) from transitions") == (rows,)
        assert check(store).intact
