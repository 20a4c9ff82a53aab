"""The page of the agenda: what is to be talked about, its lists, and each team by itself."""

from datetime import date

import pytest

from pipeline import reports
from pipeline.commands import SetQuota, carry_out
from pipeline.domain.scope import Scope
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


def test_each_team_is_shown_by_itself(company: Store, opened: Opened) -> None:
    """East has Jim's opportunity and not Lina's, who has no team."""
    app = opened("agenda", reach="By team", method=METHOD)
    numbers = set(app.dataframe[0].value["opportunity_no"].dropna())
    assert "OP000002" not in numbers
    assert [each.label for each in app.expander][:1] == ["East"]
    assert company.rows("select count(*) from teams") == [(1,)]


@pytest.mark.parametrize("reach", ["All together", "By team"])
def test_the_agenda_is_drawn_with_nothing(opened: Opened, reach: str) -> None:
    """A new company has an agenda of one line."""
    assert not opened("agenda", reach=reach).exception
