"""The page of the agenda: what is to be talked about, its lists, and each team by itself."""

from datetime import date

import pytest

from pipeline import reports
from pipeline.commands import SetQuota, UpdateOpportunity, carry_out
from pipeline.domain.scope import Scope
from pipeline.reports.agenda import bar_of
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened

NOW = Scope(as_of=TODAY)
METHOD = "Stage-weighted"


def test_the_agenda_is_the_report_part_by_part(company: Store, opened: Opened) -> None:
    """Its tables hold the items; the overdue one is among them and leads to its list."""
    carry_out(company, SetQuota(on=TODAY, target=15_000), by="JO", today=date(2026, 1, 2))
    app = opened("agenda", method=METHOD)
    assert next(each.value for each in app.metric if each.label == "Late or rotting") == "1"
    frame = reports.review_agenda(company, NOW, method="stage-weighted").frame
    shown = [said for table in app.dataframe for said in table.value["agenda_said"]]
    assert shown == list(frame["agenda_said"])
    assert [each.value for each in app.subheader] == list(frame["agenda_part"].unique())
    assert "Overdue by" in " ".join(shown)
    assert "chance to reach the quota" in app.markdown[0].value


def test_a_bar_of_what_changed_is_opened_on_the_agenda(company: Store, opened: Opened) -> None:
    """Behind what grew in the week stand the opportunities, as many as the line says."""
    grown = UpdateOpportunity(opportunity_no="OP000001", amount=77_000)
    carry_out(company, grown, by="JO", today=TODAY)
    app = opened("agenda", method=METHOD)
    said = list(app.dataframe[0].value["agenda_said"])
    bar = next(bar for bar in map(bar_of, said) if bar)
    line = next(each for each in said if bar_of(each) == bar)
    app = opened("agenda", method=METHOD, bucket=bar.capitalize())
    behind = next(each.value for each in app.dataframe if "nth" in each.value)
    assert f": {len(behind)} change" in line
    assert behind["opportunity_no"].notna().all()


def test_each_team_is_shown_by_itself(company: Store, opened: Opened) -> None:
    """East has Jim's opportunity and not Lina's, who has no team: hers is below the teams."""
    app = opened("agenda", reach="By team", method=METHOD)
    numbers = set(app.dataframe[0].value["opportunity_no"].dropna())
    assert "OP000002" not in numbers
    assert [each.label for each in app.expander][:2] == ["East", "Without a team"]
    assert "OP000002" in set(app.dataframe[1].value["opportunity_no"].dropna())
    assert company.rows("select count(*) from teams") == [(1,)]


@pytest.mark.parametrize("reach", ["All together", "By team"])
def test_the_agenda_is_drawn_with_nothing(opened: Opened, reach: str) -> None:
    """A new company has an agenda of one line."""
    assert not opened("agenda", reach=reach).exception


@pytest.mark.usefixtures("company")
def test_a_period_that_is_over_asks_for_no_call(opened: Opened) -> None:
    """Its calls are locked: no form, and no sentence that asks to fill one in."""
    app = opened("forecast", view="Calls", period="2025 Q4", method=METHOD)
    said = " ".join(each.value for each in [*app.caption, *app.markdown, *app.info])
    assert "its calls are locked" in said
    assert "Nobody called 2025 Q4." in said
    assert "Say what it will come to" not in said
    assert all(each.label != "Submit" for each in app.button)
