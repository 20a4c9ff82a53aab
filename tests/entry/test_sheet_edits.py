"""Opportunities in a sheet: only what a person changed is read, and becomes commands."""

from collections.abc import Iterator
from datetime import date

import pytest

import pipeline
from pipeline.commands import (
    ChangeSeveral,
    CreateOpportunity,
    DefineSalesperson,
    MoveToNextStage,
    UpdateOpportunity,
    carry_out,
    rehearse,
)
from pipeline.domain.errors import ChangedMeanwhileError, RowRefusedError
from pipeline.entry.sheet_edits import Edited, Standing, edited, standing
from pipeline.entry.understand import company_of
from pipeline.reports import look_ups
from pipeline.reports.chosen import for_change
from pipeline.store import Store, records
from tests.stories import company, three_stages

TODAY = date(2026, 11, 24)


@pytest.fixture
def store() -> Iterator[Store]:
    """Two opportunities of Ann's in their first stage, and Otis Falls."""
    with pipeline.open(":memory:") as store:
        carry_out(
            store,
            *company(),
            *three_stages("CYC"),
            DefineSalesperson(code="OF", name="Otis Falls"),
            *(
                CreateOpportunity(
                    description=name,
                    contact_no="C1",
                    owner_code="ANN",
                    cycle_code="CYC",
                    activate=True,
                    amount=1000,
                    expected_close_on=date(2026, 12, 31),
                )
                for name in ("Chairs", "Desks")
            ),
            by="ANN",
            today=TODAY,
        )
        yield store


def shown(store: Store, no: str = "OP0001") -> Standing:
    """An opportunity as the sheet shows it."""
    row = for_change(store, [no]).iloc[0]
    return standing({str(name): value for name, value in row.items()})


def changed(store: Store, one: Standing, **cells: str) -> Edited:
    """A row in which some cells were typed over."""
    return edited(one, {**one.cells, **cells}, company_of(store, look_ups.names(store), TODAY))


def test_a_row_that_stands_as_it_was_shown_changes_nothing(store: Store) -> None:
    """No command comes of it."""
    row = changed(store, shown(store))
    assert not row.is_changed
    assert row.wishes() == ()


def test_every_cell_that_was_changed_is_recorded(store: Store) -> None:
    """Owner, amount, day, category and description, in one batch, seen in the version shown."""
    row = changed(
        store,
        shown(store),
        owner="OF",
        amount="12.5k",
        expected_close_on="end of March",
        category="commit",
        description="Blue chairs",
    )
    carry_out(store, ChangeSeveral(rows=(row.wishes(),)), by="ANN", today=TODAY)
    found = records.opportunity(store, "OP0001")
    assert found.last is not None
    assert (found.owner_code, found.description) == ("OF", "Blue chairs")
    assert (found.last.amount, found.last.expected_close_on) == (12_500, date(2027, 3, 31))
    assert found.last.forecast_category == "commit"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"amount": "much"}, "no amount"),
        ({"amount": ""}, "Say how much"),
        ({"expected_close_on": "2020-01-01"}, "has gone by"),
        ({"owner": "OFF"}, "Did you mean OF"),
        ({"category": "comit"}, "Did you mean commit"),
        ({"description": ""}, "Say what it is about"),
    ],
)
def test_a_changed_cell_that_cannot_be_taken_is_marked(
    cells: dict[str, str], words: str, store: Store
) -> None:
    """The problem stands at the cell, with the nearest that is meant."""
    row = changed(store, shown(store), **cells)
    assert not row.is_good
    assert words in row.cells[next(iter(cells))].problem


def test_a_row_somebody_else_changed_meanwhile_is_refused_and_none_is_saved(store: Store) -> None:
    """The sheet showed the old version; the other row of the batch is not recorded either."""
    first, second = shown(store), shown(store, "OP0002")
    update = UpdateOpportunity(opportunity_no="OP0002", amount=7)
    carry_out(store, update, by="BOB", today=TODAY)
    rows = (
        changed(store, first, amount="5k").wishes(),
        changed(store, second, amount="6k").wishes(),
    )
    with pytest.raises(RowRefusedError, match="Row 2") as refused:
        carry_out(store, ChangeSeveral(rows=rows), by="ANN", today=TODAY)
    assert isinstance(refused.value.refusal, ChangedMeanwhileError)
    assert shown(store).cells["amount"] == "1000.00"


def test_a_rehearsal_says_what_each_row_would_be_refused_with_and_records_nothing(
    store: Store,
) -> None:
    """Moving on is possible twice from the first of three stages, not three times."""
    move = MoveToNextStage(opportunity_no="OP0001")
    said = rehearse(store, [[move], [move], [move]], by="ANN", today=TODAY)
    assert said[:2] == ["", ""]
    assert said[2]
    last = records.opportunity(store, "OP0001").last
    assert last is not None
    assert last.stage == 1
