"""Every page with a small company, with nothing at all, and with a link that asks for nonsense."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.drill import GO_TO
from pipeline.commands import RetractLastTransition, carry_out
from pipeline.store import Store
from tests.dashboard.conftest import HOSTILE, TODAY, Opened, told

PAGES = [
    "weighted_pipeline",
    "stage_conversion",
    "win_rate",
    "statistics",
    "what_changed",
    "history",
    "opportunities",
    "new_opportunity",
    "sales_cycles",
    "opportunity",
]


def answer(app: AppTest) -> str:
    """The sentence under the title."""
    return str(app.markdown[0].value)


def tiles(app: AppTest) -> dict[str, str]:
    """The figures of the page by their label."""
    return {tile.label: tile.value for tile in app.metric}


def captions(app: AppTest) -> str:
    """All the small print of a page."""
    return " ".join(caption.value for caption in app.caption)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_an_empty_store_says_why_it_is_empty_and_what_to_do(
    page: str, opened: Opened
) -> None:
    """A new company has nothing; no page fails, and none shows a chart of nothing."""
    app = opened(page)

    assert len(app.title) == 1
    assert not app.get("plotly_chart")
    assert "Define" in answer(app) + " ".join(button.label for button in app.button) or any(
        word in " ".join(text.value for text in app.markdown)
        for word in ("Enter", "Take a filter away", "Choose one from the list", "Define")
    )


@pytest.mark.usefixtures("company")
def test_the_pipeline_is_answered_in_a_sentence_and_five_figures(opened: Opened) -> None:
    """10,000 at 50 percent and 20,000 at 20 percent, which was expected by 10 January."""
    app = opened("weighted_pipeline")

    assert answer(app) == "30 k open, **9,000 weighted**, in 2 opportunities; 1 of them overdue."
    assert tiles(app) == {
        "Open": "30 k",
        "Weighted": "9,000",
        "Opportunities": "2",
        "Mean age": "86 days",
        "Overdue": "1",
    }
    assert "Left out: opportunities that are not started (1)." in captions(app)
    assert "As of the end of 28 Jan 2026" in captions(app)


@pytest.mark.usefixtures("company")
def test_the_pipeline_turns_to_months_by_its_address(opened: Opened) -> None:
    """January holds the overdue one, March the other."""
    app = opened("weighted_pipeline", by="By month of expected close")

    months = [str(month.date()) for month in app.dataframe[0].value["expected_month"]]
    assert months == ["2026-01-01", "2026-03-01"]


@pytest.mark.usefixtures("company")
def test_a_link_to_another_day_shows_that_day(opened: Opened) -> None:
    """On 15 November four were open in Qualify, 43,000 together."""
    app = opened("weighted_pipeline", as_of="2025-11-15")

    assert tiles(app)["Open"] == "43 k"
    assert tiles(app)["Opportunities"] == "4"


@pytest.mark.usefixtures("company")
def test_a_link_to_an_owner_narrows_every_figure(opened: Opened) -> None:
    """Jim has the 10,000 only."""
    app = opened("weighted_pipeline", owner="Jim Olive")

    assert answer(app).startswith("10 k open")


@pytest.mark.usefixtures("company")
def test_a_filter_that_is_not_known_is_said_and_not_silently_dropped(opened: Opened) -> None:
    """A colleague's link names somebody who is not in this store."""
    app = opened("weighted_pipeline", owner="Nobody")

    assert "asks for the owner “Nobody”" in app.warning[0].value
    assert tiles(app)["Open"] == "30 k"


@pytest.mark.usefixtures("company")
def test_a_scope_that_leaves_nothing_says_so(opened: Opened) -> None:
    """On the first of November nothing had been entered, and only the team East is looked at."""
    app = opened("weighted_pipeline", as_of="2025-11-01", team="East")

    assert "No opportunity is in progress in this scope." in app.markdown[1].value


@pytest.mark.usefixtures("company")
def test_a_report_can_be_read_as_it_was_known(opened: Opened) -> None:
    """All of it was recorded just now, so on a day in 2025 nothing was known of it."""
    app = opened("weighted_pipeline", known_by="2025-12-31")

    assert "No opportunity is in progress in this scope." in app.markdown[1].value
    known_now = opened("weighted_pipeline", known_by="2199-12-31")
    assert tiles(known_now)["Open"] == "30 k"
    assert "As of the end of 28 Jan 2026, as known on 31 Dec 2199" in captions(known_now)


@pytest.mark.usefixtures("company")
def test_the_funnel_counts_who_reached_each_stage(opened: Opened) -> None:
    """Four entered, two went on to Offer, one of them was won."""
    app = opened("stage_conversion")

    assert "Of 4 opportunities that entered a stage, 1 are won (**25.0\u00a0%**)" in answer(app)
    table = app.dataframe[0].value
    assert table["reached"].tolist() == [4, 2, 1]
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.usefixtures("company")
def test_a_cohort_is_those_created_in_the_period(opened: Opened) -> None:
    """Nothing was created in December."""
    app = opened("stage_conversion", cohort="Created in the period", **{"from": "2025-12-01"})

    assert "Of 0 opportunities" in answer(app)


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("part", ["By cycle", "By owner", "By month", "By reason"])
def test_the_win_rate_is_the_same_however_it_is_divided(part: str, opened: Opened) -> None:
    """One won, one lost."""
    app = opened("win_rate", part=part)

    assert answer(app).startswith(
        "**50.0\u00a0%** of 2 opportunities closed were won (9.5–90.5\u00a0%)"
    )
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.usefixtures("company")
def test_statistics_show_business_centrals_days_beside_the_true_stay(opened: Opened) -> None:
    """The two that went on left Qualify after 28 days; the lost one after 47."""
    app = opened("statistics")

    stages = app.dataframe[1].value
    assert stages["average_days"].round(1).tolist()[0] == 34.3
    assert stages["average_stay_days"].round(1).tolist()[0] == 34.3


@pytest.mark.usefixtures("company")
def test_the_list_holds_every_opportunity_with_its_totals(opened: Opened) -> None:
    """Also the one that is not started, which brings nothing to the sums."""
    app = opened("opportunities")

    assert answer(app) == "5 opportunities, 43 k together, 14 k weighted."
    assert len(app.dataframe[0].value) == 5


@pytest.mark.usefixtures("company")
def test_the_list_is_searched_by_the_store_and_its_address(opened: Opened) -> None:
    """The search finds the contact's name, whatever its case."""
    app = opened("opportunities", q="COHO winery")

    assert app.dataframe[0].value["opportunity_no"].tolist() == ["OP000002", "OP000005"]


@pytest.mark.usefixtures("company")
def test_a_number_opens_to_exactly_its_opportunities(opened: Opened) -> None:
    """The stage Offer of the pipeline holds one opportunity of 10,000, and so does its list."""
    app = opened("opportunities", in_cycle="NEW", stage="2", status="in progress")

    assert answer(app) == "1 opportunity, 10 k together, 5,000 weighted."
    assert [each.label for each in app.button if str(each.key).startswith("without")] == [
        "NEW",
        "in Offer",
    ]


@pytest.mark.usefixtures("company")
def test_a_list_of_several_categories_is_narrowed_by_one_filter(opened: Opened) -> None:
    """The best case of a forecast leads to three categories: said together, taken away together."""
    app = opened("opportunities", category=["best case", "commit"])
    label = next(each.label for each in app.button if "commit" in each.label)
    assert "best case" in label
    assert " or " in label


@pytest.mark.usefixtures("company")
def test_a_narrowing_can_be_taken_away(opened: Opened) -> None:
    """Without the stage the list is that of all that are in progress."""
    app = opened("opportunities", stage="2", status="in progress")
    app.button(key="without-stage").click().run()

    assert answer(app).startswith("2 opportunities")


@pytest.mark.usefixtures("company")
def test_a_part_of_a_link_that_cannot_be_read_is_said(opened: Opened) -> None:
    """A mistyped date never makes a list wider than it says."""
    app = opened("opportunities", closed_from="yesterday")

    assert "closed\\_from=yesterday" in app.warning[0].value


@pytest.mark.usefixtures("company")
def test_a_page_beyond_the_last_shows_the_last(opened: Opened) -> None:
    """The link was made when there were more."""
    app = opened("opportunities", page="7")

    assert len(app.dataframe[0].value) == 5


@pytest.mark.usefixtures("company")
def test_a_click_goes_to_the_list_of_what_was_clicked(opened: Opened) -> None:
    """A click leaves behind where it leads; the frame follows before it runs another page."""
    app = opened()
    app.session_state[GO_TO] = ("opportunities", {"stage": ["2"], "status": ["in progress"]})
    app.run()

    assert app.title[0].value == "Opportunities"
    assert answer(app).startswith("1 opportunity, 10 k")


def test_the_detail_shows_where_it_stands_and_what_happened(company: Store, opened: Opened) -> None:
    """OP000001 went on to Offer and was taken back; both lines stay, as does the taking back."""
    carry_out(company, RetractLastTransition(opportunity_no="OP000001"), by="LT", today=TODAY)

    app = opened("opportunity", no="OP000001")

    assert tiles(app)["Stage"] == "Qualify"
    lines = told(app)
    moved = "Moved on from Qualify to Offer: expected close 10 Jan 2026 → 1 Mar 2026"
    assert lines[0] == f"Took back: {moved}"
    assert lines[1].startswith("Taken back by LT on ")
    assert lines[1].endswith(moved)
    assert lines[2:] == ["Started in Qualify", "Created"]


@pytest.mark.usefixtures("company")
def test_a_hostile_name_stays_text_wherever_it_stands(opened: Opened) -> None:
    """The contact of OP000004 would load a picture, if its name were read as Markdown."""
    app = opened("opportunity", no="OP000004")

    assert HOSTILE in app.text[0].value
    markdown = " ".join(str(element.value) for element in [*app.markdown, *app.title])
    assert "![x](" not in markdown
