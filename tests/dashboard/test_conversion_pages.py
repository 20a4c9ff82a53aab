"""The views of conversion and win rate, in a small company, in one of ten, and in none."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import Opened

VIEWS = ["Funnel", "Rules", "Cohorts", "Splits", "Flows"]


def answer(app: AppTest) -> str:
    """The sentence under the title."""
    return str(app.markdown[0].value)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_figure_and_its_table(view: str, opened: Opened) -> None:
    """One cycle, so one figure; at least one table under it, with its definition."""
    app = opened("stage_conversion", view=view)

    assert len(app.get("plotly_chart")) == 1
    assert len(app.dataframe) >= 1
    assert "As of the end of 28 Jan 2026" in " ".join(each.value for each in app.caption)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_nothing_says_why(view: str, opened: Opened) -> None:
    """No opportunity, no figure."""
    app = opened("stage_conversion", view=view)

    assert not app.get("plotly_chart")
    assert "Enter an opportunity" in " ".join(text.value for text in app.markdown)


@pytest.mark.usefixtures("company")
def test_the_rules_say_how_far_apart_they_lie(opened: Opened) -> None:
    """One of four was won, over a stage it never was in: the strict rule does not count it."""
    app = opened("stage_conversion", view="Rules")

    assert "counted by five rules: from 0.0\u00a0% to 66.7\u00a0%" in answer(app)
    assert app.dataframe[0].value["rule"].tolist() == ["R1", "R2", "R3", "R4", "R5", "R5a"]


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("begins", ["By creation", "By reaching a stage", "By leaving a stage"])
@pytest.mark.parametrize("weigh", ["By number", "By amount"])
def test_cohorts_begin_in_three_ways(begins: str, weigh: str, opened: Opened) -> None:
    """By number and by amount; the table holds the amounts where they are asked for."""
    app = opened("stage_conversion", view="Cohorts", begins=begins, weigh=weigh, unit="Quarters")

    assert len(app.get("plotly_chart")) == 1
    shown = app.dataframe[0].value
    assert shown["counted"].sum() > 0
    by_amount = weigh == "By amount" or begins != "By creation"
    assert ("amount_advance_rate" in shown) is by_amount


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(
    "split",
    ["By owner", "By team", "By contact", "By campaign", "By source", "By size", "By month"],
)
def test_four_opportunities_are_too_few_to_tell_apart(split: str, opened: Opened) -> None:
    """One of four was won, however they are divided."""
    app = opened("stage_conversion", view="Splits", split=split)

    assert "1 of 4 went on (**25.0\u00a0%**). Too few to tell any part apart" in answer(app)


@pytest.mark.usefixtures("company")
def test_the_conventions_stand_side_by_side(opened: Opened) -> None:
    """One of two closed, one of four of all."""
    app = opened("win_rate", part="By convention")

    rates = app.dataframe[0].value.set_index("convention_name")["win_rate"]
    assert rates["Closed in the period"] == 0.5
    assert rates["All, won of all"] == 0.25
    assert "won by the age of" in " ".join(text.value for text in app.markdown)


@pytest.mark.usefixtures("company")
def test_losses_stand_by_stage_and_money(opened: Opened) -> None:
    """One was lost, in its first stage, to a competitor."""
    app = opened("win_rate", part="Losses by stage")

    assert app.dataframe[0].value["stage_description"].tolist() == ["Qualify"]
    tiles = {tile.label: tile.value for tile in app.metric}
    assert (tiles["Lost"], tiles["No decision"]) == ("1", "0")
