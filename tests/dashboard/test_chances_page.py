"""The page of chances: set against observed, and a proposal recorded as one change."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import chances as charts
from pipeline import reports
from pipeline.commands import UndoBatch, carry_out
from pipeline.domain.scope import Scope
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened, edit

NOW = Scope(as_of=TODAY)
STAGES = "select stage, chances_percent from stages order by stage"


def chosen(app: AppTest, rows: dict[int, dict[str, Any]]) -> AppTest:
    """Edit cells of the proposal, as a person would."""
    return edit(app, "chances-0", rows)


def button(app: AppTest) -> Any:  # noqa: ANN401 (an element of AppTest)
    """The button that sets stages anew."""
    return next(each for each in app.button if each.label.endswith("anew"))


@pytest.mark.parametrize("view", ["Set and observed", "Proposal"])
def test_the_page_is_drawn_with_nothing(opened: Opened, view: str) -> None:
    """Without a stage it says so."""
    assert not opened("chances", view=view).exception


def test_little_history_is_said_to_be_too_little(company: Store, opened: Opened) -> None:
    """Two of four are decided: no verdict, most of the proposal is what is set."""
    app = opened("chances")
    table = reports.observed_chances(company, NOW).frame
    assert list(app.dataframe[0].value["chance_verdict"]) == list(table["chance_verdict"])
    assert set(table["chance_verdict"]) <= {"too few to say", "no history"}
    assert "Too few are decided to say anything" in app.markdown[0].value
    tile = next(each for each in app.metric if each.label == "Weighted then")
    now = next(each for each in app.metric if each.label == "Weighted now")
    assert tile.value == now.value, "nothing is offered, so nothing would change"


def test_a_proposal_shows_its_effect_and_is_recorded_as_one_change(
    company: Store, opened: Opened
) -> None:
    """Two stages are taken, one with another figure; then both are set, and undone together."""
    before = company.rows(STAGES)
    app = opened("chances", view="Proposal")
    assert button(app).disabled
    chosen(app, {0: {"take": True, "proposed_percent": 25}, 1: {"take": True}})
    proposed = float(reports.observed_chances(company, NOW).frame["proposed_percent"][1])
    said = " ".join(each.value for each in app.markdown)
    assert "With 2 stages set anew the weighted pipeline goes from" in said
    expected = 20_000 * 0.25 + 10_000 * proposed / 100
    assert f"**{expected:,.2f}**" in said
    assert company.rows(STAGES) == before
    button(app).click().run()
    assert not app.exception
    assert [float(each) for _, each in company.rows(STAGES)] == [25, proposed, float(before[2][1])]
    batch = company.rows("select max(batch_id) from batches")[0][0]
    carry_out(company, UndoBatch(batch_id=batch), by="JO", today=TODAY)
    assert company.rows(STAGES) == before


def test_the_figure_marks_what_is_set_and_what_was_observed(company: Store) -> None:
    """Both marks of each stage."""
    frame = reports.observed_chances(company, NOW).frame
    figure = charts.observed(frame, "light")
    assert list(figure.data[2].x) == list(frame["configured_percent"] / 100)


def test_the_words_of_the_figure_have_a_margin_of_their_own_length(company: Store) -> None:
    """On a narrow page they would be cut at its edge, were their room a part of the axis."""
    frame = reports.observed_chances(company, NOW).frame
    figure = charts.observed(frame, "light")
    words = list(figure.data[-1].text)
    assert figure.layout.margin.r >= 6 * max(map(len, words))
    assert figure.layout.xaxis.range[1] == figure.data[-1].x[0]
    assert figure.data[1].hovertext[0].endswith("observed")
