"""The seller's day with its actions, the matrix, and the printed reports."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.commands import CreateTask, DefineSetting, carry_out
from pipeline.reports.tasks import Asked, tasks
from pipeline.store import Store, records
from tests.dashboard.conftest import HOSTILE, TODAY, Opened


def subheadings(app: AppTest) -> list[str]:
    """What the sections are headed with."""
    return [str(one.value) for one in app.subheader]


def pressed(app: AppTest, label: str) -> AppTest:
    """The page after the first button of this label."""
    next(button for button in app.button if button.label == label).click()
    return app.run()


def planned(store: Store, **fields: object) -> str:
    """A task of Jim Olive's that is due today, about the first opportunity."""
    wish = {"description": "Call back", "due_on": TODAY, "opportunity_no": "OP000001"} | fields
    return carry_out(store, CreateTask(**wish), by="JO", today=TODAY)[0].no  # type: ignore[arg-type]


def test_a_day_without_anything_says_so_and_what_to_do(opened: Opened) -> None:
    """A new company has no day yet."""
    app = opened("today")
    assert not app.exception
    assert "Nothing is due" in " ".join(str(one.value) for one in app.markdown)


def test_the_day_begins_with_a_sentence_of_what_waits(company: Store, opened: Opened) -> None:
    """A task of today and one overdue opportunity of somebody else, seen by everybody."""
    planned(company)
    app = opened("today", view="Everybody")
    assert not app.exception
    assert str(app.markdown[0].value) == "**1 task**, 1 overdue."
    assert subheadings(app) == ["Tasks · 1", "Overdue · 1, worth 20 k"]


def test_a_task_is_done_from_the_day(company: Store, opened: Opened) -> None:
    """One click, and it is gone from the day and closed in the store."""
    no = planned(company)
    app = pressed(opened("today", view="Everybody"), "Done")
    assert "Tasks · 1" not in subheadings(app)
    assert tasks(company, Asked(task_no=no, which="done"))["closed_on"].notna().all()


def test_a_task_is_put_off_to_tomorrow(company: Store, opened: Opened) -> None:
    """It leaves today and stands open on the next day."""
    no = planned(company)
    pressed(opened("today", view="Everybody"), "Tomorrow")
    row = tasks(company, Asked(task_no=no)).iloc[0]
    assert str(row["due_on"])[:10] == str(TODAY + timedelta(days=1))


def test_an_overdue_opportunity_gets_a_new_date_on_the_spot(company: Store, opened: Opened) -> None:
    """Two weeks from today is proposed; saving records an update with that date."""
    app = opened("today", view="Everybody")
    app.button(key="record-day-date-OP000002").click()
    app.run()
    assert not app.exception
    last = records.opportunity(company, "OP000002").last
    assert last is not None
    assert last.expected_close_on == TODAY + timedelta(days=14)
    assert not any(heading.startswith("Overdue") for heading in subheadings(app))


def test_what_rots_gets_a_next_step_on_the_spot(company: Store, opened: Opened) -> None:
    """With a limit of ten days both rot; a step without words is refused where it is typed."""
    carry_out(company, DefineSetting(name="rotting_days", value="10"), by="JO", today=TODAY)
    app = opened("today", view="Everybody")
    assert any(heading.startswith("Rotting · 2") for heading in subheadings(app))
    app.button(key="record-day-step-OP000001").click()
    app.run()
    assert any("What is to be done" in str(one.value) for one in app.markdown)


def test_mine_are_the_sellers_own(company: Store, opened: Opened) -> None:
    """Jim Olive owns nothing overdue; what Lina Townsend owns is not in his day."""
    planned(company)
    app = opened("today")
    assert subheadings(app) == ["Tasks · 1"]


@pytest.mark.usefixtures("company")
def test_the_figures_of_the_role_centre_open_to_their_lists(opened: Opened) -> None:
    """Three are open, one of them not started; two are closed; one is overdue."""
    app = opened("today", view="Figures")
    assert not app.exception
    figures = {tile.label: tile.value for tile in app.metric}
    assert (figures["Open"], figures["Closed"], figures["Overdue"]) == ("3", "2", "1")
    assert figures["Win/loss"].startswith("50")


@pytest.mark.usefixtures("company")
def test_the_matrix_shows_a_line_per_owner_and_a_column_per_month(opened: Opened) -> None:
    """January and March hold one each; the totals count each once."""
    app = opened("matrix")
    assert not app.exception
    table = app.dataframe[0].value
    assert table["line_name"].tolist()
    assert "Jan 2026: 1" in " ".join(one.value for one in app.caption)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("lines", ["Owners", "Contacts", "Campaigns"])
@pytest.mark.parametrize("status", ["In progress", "Won", "Lost"])
def test_every_choice_of_the_matrix_has_a_page(lines: str, status: str, opened: Opened) -> None:
    """Where nothing stands, the page says why and what to do."""
    app = opened("matrix", lines=lines, of=status)
    assert not app.exception
    assert len(app.dataframe) == 1 or "Nothing" in " ".join(str(one.value) for one in app.markdown)


def test_the_matrix_goes_on_by_whole_sets_of_accounting_periods(
    company: Store, opened: Opened
) -> None:
    """Whole weeks from July: today lies in the eighth, and one set later the next eighth begins."""
    for name, value in (("fiscal_year_start", "7"), ("fiscal_pattern", "4-4-5")):
        carry_out(company, DefineSetting(name=name, value=value), by="JO", today=TODAY)
    app = opened("matrix", by="Accounting periods")
    assert not app.exception
    assert "FY2026 P09: 1" in " ".join(one.value for one in app.caption)
    next(button for button in app.button if button.help == "Later").click()
    app.run()
    assert "from 25 Jan 2027" in " ".join(str(one.value) for one in app.markdown)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("report", ["Opportunities", "By salesperson", "Sales cycle analysis"])
def test_a_printed_report_has_a_preview_and_a_page_to_print(report: str, opened: Opened) -> None:
    """The rows are seen before they are printed."""
    app = opened("printed", report=report)
    assert not app.exception
    assert len(app.dataframe) == 1


@pytest.mark.usefixtures("company")
def test_the_details_of_an_unknown_opportunity_are_refused_with_the_nearest(
    opened: Opened,
) -> None:
    """A number nobody has is answered with one that somebody has."""
    app = opened("printed", report="Opportunity details", no="OP00001")
    assert "Did you mean" in app.error[0].value


@pytest.mark.usefixtures("company")
def test_the_details_of_an_opportunity_show_what_is_planned(opened: Opened) -> None:
    """Its entries stand in the table."""
    app = opened("printed", report="Opportunity details", no="OP000001")
    assert len(app.dataframe[0].value) >= 2


def test_names_on_the_day_are_shown_as_they_were_typed(company: Store, opened: Opened) -> None:
    """A task that looks like markup stays words."""
    planned(company, description=HOSTILE)
    app = opened("today", view="Everybody")
    assert not any("![x](https" in str(one.value) for one in app.markdown)
