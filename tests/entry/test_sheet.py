"""A sheet of new opportunities: what its cells mean, what is wrong with them, and what is saved."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.commands import (
    CreateOpportunity,
    CreateSeveral,
    DefineContact,
    DefineSalesperson,
    DefineSetting,
    carry_out,
)
from pipeline.domain.errors import MissingFieldError, RowRefusedError
from pipeline.entry.sheet import FIELDS, MOST_ROWS, Row, headings, pasted
from pipeline.entry.sheets import understood
from pipeline.reports import look_ups
from pipeline.store import Store, records
from tests.stories import company, three_stages

TODAY = date(2026, 11, 24)


@pytest.fixture
def store() -> Iterator[Store]:
    """A company with Ann, Otis Falls and two contacts of nearly one name."""
    with pipeline.open(":memory:") as store:
        carry_out(
            store,
            *company(),
            *three_stages("CYC"),
            DefineSalesperson(code="OF", name="Otis Falls"),
            DefineContact(no="ADA", name="Adatum Corporation", owner_code="OF"),
            DefineContact(no="TW1", name="Twin"),
            DefineContact(no="TW2", name="Twin"),
            DefineSetting(name="default_cycle", value="CYC"),
            by="ANN",
            today=TODAY,
        )
        yield store


def rows_of(store: Store, *rows: dict[str, str], new: bool = True) -> list[Row]:
    """Rows as the store understands them, for somebody nobody knows."""
    return understood(
        store,
        rows,
        names=look_ups.names(store),
        who="",
        today=TODAY,
        activate=True,
        may_make_contacts=new,
    )


def row(**cells: str) -> dict[str, str]:
    """A good row, with other cells."""
    good = {
        "contact": "Adatum Corporation",
        "description": "40 chairs",
        "amount": "12.5k",
        "expected_close_on": "end of Sept",
        "owner": "OF",
    }
    return good | cells


def test_a_table_with_headings_is_taken_by_its_headings() -> None:
    """Columns come in any order, under any usual name; unknown ones are left out."""
    text = "Close date\tCustomer\tProbability\tDeal\tValue\n30.9.\tAdatum\t50%\tChairs\t12.5k\n"
    assert pasted(text) == [
        {
            "contact": "Adatum",
            "description": "Chairs",
            "amount": "12.5k",
            "expected_close_on": "30.9.",
        }
    ]


def test_a_table_without_headings_is_taken_in_the_order_of_the_sheet() -> None:
    """Semicolons and commas separate as well as tabs; empty lines are none."""
    for text in ("Adatum\tChairs\t500\n\n", "Adatum;Chairs;500", "Adatum,Chairs,500\n,,\n"):
        assert pasted(text) == [{"contact": "Adatum", "description": "Chairs", "amount": "500"}]


def test_a_table_that_is_too_long_shows_that_it_is() -> None:
    """As many rows as a sheet holds are given as they are; empty lines do not count for any."""
    heading = "Customer\tDeal"
    for number in (MOST_ROWS - 1, MOST_ROWS):
        text = "\n\n".join([heading, *["Adatum\tChairs"] * number])
        assert len(pasted(text)) == number
    for lines in ([heading], []):
        text = "\n\n".join([*lines, *["Adatum\tChairs"] * 5 * MOST_ROWS])
        assert len(pasted(text)) > MOST_ROWS


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (["Kunde", "Betrag", "Verkäufer"], {0: "contact", 1: "amount", 2: "owner"}),
        (["Company", "", "Descripton"], {0: "contact", 2: "description"}),
        (["Adatum", "Chairs", "500"], None),
    ],
)
def test_headings_are_known_by_their_words(
    cells: list[str], columns: dict[int, str] | None
) -> None:
    """German ones too, and with a typing error; data is no heading."""
    assert headings(cells) == columns


def test_a_good_row_becomes_the_opportunity_it_shows(store: Store) -> None:
    """Contact by name, 12,500, 30 September, Otis Falls, the default cycle, in its first stage."""
    (read,) = rows_of(store, row())
    assert read.is_good
    made = carry_out(
        store, CreateSeveral(opportunities=(read.wish(activate=True),)), by="ANN", today=TODAY
    )
    assert made[0].no == "1"
    found = records.opportunity(store, "OP0001")
    assert (found.contact_no, found.owner_code, found.description) == ("ADA", "OF", "40 chairs")
    assert found.last is not None
    assert (found.last.amount, found.last.expected_close_on) == (12_500, date(2027, 9, 30))


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("contact", "", "Name the contact"),
        ("contact", "Adatum Corporaton", "Did you mean Adatum Corporation"),
        ("contact", "Twin", "2 contacts have this name. Write a number: TW1, TW2"),
        ("description", "", "Say what it is about"),
        ("amount", "a lot", "no amount"),
        ("amount", "0", "greater than 0"),
        ("amount", "USD 5k", "not converted"),
        ("expected_close_on", "someday", "no day"),
        ("expected_close_on", "2020-01-01", "has gone by"),
        ("owner", "OFF", "Did you mean OF (Otis Falls)"),
        ("cycle", "NOPE", "no sales cycle"),
    ],
)
def test_a_cell_that_cannot_be_taken_says_why_and_what_to_do(
    field: str, typed: str, words: str, store: Store
) -> None:
    """The problem stands at its cell; the other cells of the row are fine."""
    (read,) = rows_of(store, row(**{field: typed}))
    assert words in read.cells[field].problem
    assert [name for name, cell in read.cells.items() if cell.problem] == [field]


def test_what_is_assumed_is_said(store: Store) -> None:
    """The contact's owner and the company's cycle stand where nothing was typed."""
    (read,) = rows_of(store, row(owner=""))
    assert read.cells["owner"].value == "OF"
    assert "contact’s owner" in read.cells["owner"].hint
    assert read.cells["cycle"].hint.startswith("CYC")


def test_a_name_nobody_has_is_a_new_contact_where_that_is_allowed(store: Store) -> None:
    """Two rows of one new company make it once; without leave it is a problem."""
    (refused,) = rows_of(store, row(contact="Brand New"), new=False)
    assert "No contact has this name" in refused.cells["contact"].problem
    read = rows_of(store, row(contact="Brand New"), row(contact="brand new"))
    assert [one.cells["contact"].hint for one in read] == ["new contact", "new contact"]
    wishes = tuple(one.wish(activate=True) for one in read)
    carry_out(store, CreateSeveral(opportunities=wishes), by="ANN", today=TODAY)
    numbers = {records.opportunity(store, no).contact_no for no in ("OP0001", "OP0002")}
    assert len(numbers) == 1


def test_of_several_rows_one_refused_leaves_nothing(store: Store) -> None:
    """The third of three names a contact that has gone; none of them is recorded."""
    good = CreateOpportunity(
        description="Chairs", contact_no="ADA", owner_code="OF", cycle_code="CYC"
    )
    bad = CreateOpportunity(
        description="Chairs", contact_no="GONE", owner_code="OF", cycle_code="CYC"
    )
    with pytest.raises(RowRefusedError, match="Row 3") as refused:
        carry_out(store, CreateSeveral(opportunities=(good, good, bad)), by="ANN", today=TODAY)
    assert refused.value.place == 2
    assert refused.value.field == "contact_no"
    assert records.count(store, "opportunities") == 0


def test_a_sheet_without_rows_is_refused(store: Store) -> None:
    """There is nothing to record."""
    with pytest.raises(MissingFieldError):
        carry_out(store, CreateSeveral(opportunities=()), by="ANN", today=TODAY)


@given(text=st.text(max_size=300))
def test_whatever_is_pasted_becomes_rows_of_known_columns(text: str) -> None:
    """No text breaks it, and nothing but texts of known columns comes out."""
    rows = pasted(text)
    assert all(set(one) <= set(FIELDS) and all(one.values()) for one in rows)


def test_a_new_company_of_nearly_a_known_name_is_said_to_be_new(store: Store) -> None:
    """The cell says how; of a name that is known already no second one is made."""
    asked, new, known = (
        read.cells["contact"]
        for read in rows_of(
            store,
            row(contact="Adatam Corporation"),
            row(contact="new: Adatam Corporation"),
            row(contact="New: Adatum Corporation"),
        )
    )
    assert asked.problem.endswith("if it is another company, new: Adatam Corporation.")
    assert (new.value, new.problem, new.hint) == ("Adatam Corporation", "", "new contact")
    assert known.value.name == "Adatum Corporation"
