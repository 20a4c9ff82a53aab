"""The page of the agenda: what is to be talked about, its lists, and each team by itself."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from pipeline import reports
from pipeline.commands import SetQuota, SubmitCall, UpdateOpportunity, carry_out
from pipeline.domain.scope import Scope
from pipeline.reports.agenda import CHANGED
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened

NOW = Scope(as_of=TODAY)
METHOD = "Stage-weighted"


def lines(app: AppTest) -> list[str]:
    """What is said on the page, without the marks that escape it."""
    return [each.value.replace("\\", "") for each in app.markdown]


def button(app: AppTest, label: str) -> Button:
    """The button of an item, by how its label begins."""
    return next(each for each in app.button if each.label.startswith(label))


def test_the_agenda_is_the_report_part_by_part(company: Store, opened: Opened) -> None:
    """It says each item in full; the overdue one is among them and leads to its opportunity."""
    carry_out(company, SetQuota(on=TODAY, target=15_000), by="JO", today=date(2026, 1, 2))
    app = opened("agenda", method=METHOD)
    assert next(each.value for each in app.metric if each.label == "Late or rotting") == "1"
    report = reports.review_agenda(company, NOW, method="stage-weighted")
    shown = "\n".join(lines(app))
    assert all(said in shown for said in report.frame["agenda_said"])
    parts = list(report.frame["agenda_part"].unique())
    assert [each.value for each in app.subheader] == parts[1:], "the week brought nothing else"
    assert "Overdue by" in shown
    points = int(report.totals["agenda_items"] or 0)
    points -= int((report.frame["agenda_part"] == CHANGED).sum())
    assert f"{points} points to talk about" in lines(app)[0]
    button(app, "OP000002").click().run()
    assert app.title[0].value != "Agenda"


def test_a_bar_of_what_changed_is_opened_on_the_agenda(company: Store, opened: Opened) -> None:
    """Behind what grew in the week stand the opportunities, as many as the line says."""
    grown = UpdateOpportunity(opportunity_no="OP000001", amount=77_000)
    carry_out(company, grown, by="JO", today=TODAY)
    app = opened("agenda", method=METHOD)
    button(app, "Increased").click().run()
    line = next(each for each in lines(app) if each.startswith("Increased: "))
    behind = next(each.value for each in app.dataframe if "nth" in each.value)
    assert f": {len(behind)} change" in line
    assert behind["opportunity_no"].notna().all()


def test_each_team_is_shown_by_itself(company: Store, opened: Opened) -> None:
    """East has Jim's opportunity and not Lina's, who has no team: hers is below the teams."""
    app = opened("agenda", reach="By team", method=METHOD)
    assert [each.label for each in app.expander][:2] == ["East", "Without a team"]
    of_east, of_nobody = (" ".join(each.label for each in team.button) for team in app.expander[:2])
    assert "OP000002" not in of_east
    assert "OP000002" in of_nobody
    assert company.rows("select count(*) from teams") == [(1,)]


def test_a_bar_of_a_team_is_opened_with_that_team_alone(company: Store, opened: Opened) -> None:
    """East's increase leads to the agenda of East with the bar open, those of no team to theirs."""
    grown = UpdateOpportunity(opportunity_no="OP000001", amount=77_000)
    carry_out(company, grown, by="JO", today=TODAY)
    app = opened("agenda", reach="By team", method=METHOD)
    next(each for each in app.expander[0].button if each.label == "Increased").click().run()
    assert not app.exception
    assert app.session_state["team"] == ["East"]
    assert not app.expander or app.expander[0].label != "East"
    behind = next(each.value for each in app.dataframe if "nth" in each.value)
    assert set(behind["opportunity_no"]) == {"OP000001"}


def test_what_is_said_of_a_call_leads_to_the_opportunities_of_its_owner(
    company: Store, opened: Opened
) -> None:
    """Jim has not called, somebody else has: his line opens what he has open in the number."""
    carry_out(company, SubmitCall(on=TODAY, amount=1), by="LI", today=TODAY)
    app = opened("agenda", method=METHOD)
    frame = reports.review_agenda(company, NOW, method="stage-weighted").frame
    row = frame[frame["owner_code"].notna()].iloc[0]
    button(app, row["owner_name"]).click().run()
    assert not app.exception
    assert app.title[0].value != "Agenda"


@pytest.mark.parametrize("reach", ["All together", "By team"])
def test_the_agenda_is_drawn_with_nothing(opened: Opened, reach: str) -> None:
    """A new company has nothing to talk about, and is told so."""
    app = opened("agenda", reach=reach)
    assert lines(app)[0].endswith("Nothing to talk about.")
    said = {
        "All together": "Nothing is open that a review would talk about on",
        "By team": "No team has anything to talk about.",
    }
    assert said[reach] in " ".join(lines(app))


@pytest.mark.usefixtures("company")
def test_a_period_that_is_over_asks_for_no_call(opened: Opened) -> None:
    """Its calls are locked: no form, and no sentence that asks to fill one in."""
    app = opened("forecast", view="Calls", period="2025 Q4", method=METHOD)
    said = " ".join(each.value for each in [*app.caption, *app.markdown, *app.info])
    assert "its calls are locked" in said
    assert "Nobody called 2025 Q4." in said
    assert "Say what it will come to" not in said
    assert all(each.label != "Submit" for each in app.button)
