"""A profile is a small TOML file; what it says wrongly is refused with the word that is wrong."""

from pathlib import Path

import pytest

from pipeline.importing import profile
from pipeline.importing.errors import (
    AmbiguousColumnError,
    BadProfileError,
    ContradictingColumnError,
    MissingColumnsError,
    NoOpportunitiesError,
    NotRecognisedError,
    UnknownProfileError,
)
from pipeline.importing.profile import Profile
from tests.importing.conftest import ACME, Plan, Write


@pytest.mark.parametrize("name", profile.names())
def test_every_profile_that_comes_with_the_product_is_sound(name: str) -> None:
    """It loads, is named as its file, and every table can be recognised."""
    loaded = profile.load(name)
    assert loaded.name == name
    assert name == "generic" or all(table.recognise for table in loaded.tables)


def test_a_profile_can_be_a_file_of_ones_own(tmp_path: Path) -> None:
    """Given by its path; a name that is neither is answered with the nearest."""
    path = tmp_path / "acme.toml"
    path.write_text(ACME, encoding="utf-8")
    assert profile.load(str(path)).source == "acme"
    with pytest.raises(UnknownProfileError, match="Did you mean maven"):
        profile.load("mavne")


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ('name = "acme"', "", "“name” is missing"),
        ("[rules]", "[ruels]", "“ruels” in it is not known; did you mean “rules”"),
        ('stage = "State"', 'sage = "State"', "did you mean “stage”"),
        ('Won = "won"', 'Won = "victory"', "outcome of “Won”"),
        ('reached = "Talk"', 'reached = "Walk"', "reached is “Walk”"),
        ('role = "opportunities"', 'role = "deals"', "role of a table"),
        ("chances = 10", "chances = 110", "chances of stage Talk"),
        ("chances = 10", 'chances = "ten"', "“chances” in \\[stages\\]"),
        ("[[stages]]", "[stages]", "TOML|stages"),
        ('code = "ACME"', "code = ", "not TOML"),
    ],
)
def test_a_profile_that_cannot_be_understood_says_where(
    right: str, wrong: str, complaint: str
) -> None:
    """One word of a sound profile is changed."""
    with pytest.raises(BadProfileError, match=complaint):
        profile.parse(ACME.replace(right, wrong, 1), "acme")


def test_missing_columns_are_named_with_the_nearest(planned: Plan, write: Write) -> None:
    """“Stade” is near “State”, and still not it."""
    file = write("Deal,Stade,Begun\nA,Talk,2024-01-01")
    with pytest.raises(MissingColumnsError, match="“State” \\(nearest is “Stade”\\)"):
        planned(file)


def test_columns_that_nobody_knows_are_refused_with_what_the_nearest_profile_needs(
    planned: Plan, write: Write
) -> None:
    """No profile was named, none fits."""
    with pytest.raises(NotRecognisedError, match="fit no import profile"):
        planned(write("planet,moons\nMars,2"), chosen=None)


def test_people_without_opportunities_are_no_import(planned: Plan, write: Write) -> None:
    """A table of teams is recognised; alone it says nothing."""
    teams = write("sales_agent,manager,regional_office\nAnn,Bob,North")
    with pytest.raises(NoOpportunitiesError, match="together with"):
        planned(teams, chosen=None)


def test_an_open_date_order_is_asked_about_and_the_profile_answers(
    acme: Profile, planned: Plan, write: Write
) -> None:
    """Both readings are shown; with the answer in the profile the file is read."""
    file = write("Deal,State,Begun\nA,Talk,03/04/2024")
    with pytest.raises(AmbiguousColumnError, match=r"3 April 2024; .* 4 March 2024.*date_order"):
        planned(file)
    text = ACME.replace("[cycle]", '[parsing]\ndate_order = "mdy"\n[cycle]')
    plan = planned(file, chosen=profile.parse(text, "acme"))
    assert str(plan.opportunities["created_on"].iloc[0].date()) == "2024-03-04"
    assert acme.parsing.date_order == ""


def test_another_column_of_the_file_decides_an_open_one(planned: Plan, write: Write) -> None:
    """Ended holds a 25th, so Begun is month first, too."""
    plan = planned(write("Deal,State,Begun,Ended,Value\nA,Won,03/04/2024,03/25/2024,1"))
    assert str(plan.opportunities["created_on"].iloc[0].date()) == "2024-03-04"


def test_cells_that_contradict_each_other_are_refused(planned: Plan, write: Write) -> None:
    """25/03 and 03/25 stand in one column."""
    file = write("Deal,State,Begun\nA,Talk,25/03/2024\nB,Talk,03/25/2024")
    with pytest.raises(ContradictingColumnError, match="25/03/2024 against 03/25/2024"):
        planned(file)
