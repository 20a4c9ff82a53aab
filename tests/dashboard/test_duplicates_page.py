"""Twins are shown while typing and in a list; a pair is merged, taken apart, or kept apart."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import formats
from pipeline.commands import CreateOpportunity, MergeOpportunities, carry_out
from pipeline.reports import look_ups, twins
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened
from tests.dashboard.test_new_opportunity import fill, save


@pytest.fixture
def pair(company: Store) -> tuple[str, str]:
    """OP000001, Machines for Adatum, and the same again."""
    again = CreateOpportunity(
        description="Machines for Adatum!",
        contact_no="ADATUM",
        owner_code="LT",
        activate=True,
        amount=10_000,
        expected_close_on=TODAY,
    )
    (made,) = carry_out(company, again, by="LT", today=TODAY)
    return "OP000001", made.no


def _links(app: AppTest) -> str:
    return " ".join(str(each.proto) for each in app.get("page_link"))


def test_twins_are_shown_while_typing_and_put_aside_for_good(
    company: Store, opened: Opened
) -> None:
    """What was put aside is saved with the entry: it is in no list of twins after it."""
    app = opened("new_opportunity")
    fill(app, contact="Adatum").run()
    fill(app, description="Machine for adatum").run()
    assert "OP000001" in _links(app)
    assert any("same contact" in each.value for each in app.caption)

    apart = [each for each in app.button if str(each.key).endswith("apart-OP000001")]
    apart[0].click().run()
    assert "OP000001" not in _links(app)

    fill(app, amount=10_000.0)
    save(app)
    assert not app.exception
    made = look_ups.opportunity(company, "OP000006")
    assert made.description == "Machine for adatum"
    found = twins.likely_twins(company, "ADATUM", made.description, 10_000, but=made)
    assert found.empty


def test_nothing_is_shown_for_something_else(company: Store, opened: Opened) -> None:  # noqa: ARG001
    """Another thing for the same company is no twin."""
    app = opened("new_opportunity")
    fill(app, contact="Adatum").run()
    fill(app, description="Yearly inspection of the roof").run()
    assert "OP000001" not in _links(app)


def test_a_pair_is_merged_from_the_list(
    company: Store, pair: tuple[str, str], opened: Opened
) -> None:
    """The one that is chosen stays; the page of the other, which is gone, leads to it."""
    app = opened("duplicates")
    assert app.dataframe[0].value["twin_no"].tolist() == [pair[1]]

    app = opened("duplicates", merge=list(pair))
    stays = next(each for each in app.radio if str(each.key).endswith("survivor_no"))
    assert stays.value == pair[0]
    app.button(key="merge").click().run()
    assert not app.exception
    merged = twins.merged_into(company, pair[1])
    assert merged is not None
    assert merged.survivor_no == pair[0]

    app = opened("opportunity", no=pair[1])
    assert pair[0] in _links(app)


def test_what_was_merged_is_taken_apart_on_the_page_of_the_survivor(
    company: Store, pair: tuple[str, str], opened: Opened
) -> None:
    """Both histories stand there, and one button makes two of them again."""
    survivor, loser = pair
    carry_out(
        company, MergeOpportunities(survivor_no=survivor, loser_no=loser), by="JO", today=TODAY
    )
    app = opened("opportunity", no=survivor)
    label = next(each.label for each in app.expander if loser in each.label)
    assert f"on {formats.day(TODAY)}" in label

    app.button(key=f"unmerge-{loser}").click().run()
    assert not app.exception
    assert look_ups.opportunity(company, loser).no == loser


def test_a_pair_that_is_two_is_not_shown_again(
    company: Store, pair: tuple[str, str], opened: Opened
) -> None:
    """It is remembered for everybody."""
    app = opened("duplicates", merge=list(pair))
    app.button(key="keep-apart").click().run()
    assert not app.exception
    assert company.rows("select count(*) from not_twins") == [(1,)]
    assert not opened("duplicates").dataframe
