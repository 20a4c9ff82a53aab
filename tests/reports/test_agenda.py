"""The agenda of a review: which sentences it has, of the ten opportunities and of made ones."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

import pipeline
from pipeline import reports
from pipeline.commands import (
    CreateTask,
    DefineSalesperson,
    SetCategory,
    SetQuota,
    SubmitCall,
    carry_out,
)
from pipeline.domain.percentages import chance
from pipeline.domain.scope import Scope
from pipeline.metrics import agenda
from pipeline.reports.agenda import LEAST_SWING, calls_behind, lists, week
from pipeline.reports.landing import land
from pipeline.reports.printing import printed
from pipeline.store import Store
from tests.stories import Q1, ten_opportunities

MONDAY = date(2025, 3, 24)
THEN = Scope(as_of=MONDAY)


def row(**other: Any) -> pd.DataFrame:  # noqa: ANN401 (any column)
    """An opportunity that leaves nothing to ask, unless something of it is other."""
    usual = {
        "opportunity_no": "D1", "description": "Deal", "contact_name": "C", "owner_name": "Ann",
        "owner_code": "ANN", "stage_description": "Propose", "position": 2, "stages": 3,
        "amount": 100.0, "expected_close_on": date(2025, 3, 28), "category": "best case",
        "stage_age_days": 10, "limit_days": 30, "is_overdue": False, "is_rotting": False,
        "lacks_next_step": False, "pushes": 0, "contact_on": date(2025, 3, 20),
        "contacts_are_logged": True, "win_chance": 0.4,
    }  # fmt: skip
    return pd.DataFrame([usual | other])


def asked(**other: Any) -> list[str]:  # noqa: ANN401
    """The questions about such an opportunity on Monday 24 March 2025."""
    return list(agenda.questions(row(**other), MONDAY)["agenda_said"])


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({}, []),
        ({"contact_on": date(2025, 2, 22)}, ["Closes Friday, no contact in 30 days."]),
        ({"contact_on": None}, ["Closes Friday, no contact on record."]),
        ({"contact_on": None, "contacts_are_logged": False}, []),
        ({"contact_on": None, "expected_close_on": date(2025, 5, 1)}, []),
        ({"position": 1}, ["Closes Friday, still in Propose, the first stage."]),
        ({"pushes": 3}, ["Pushed three times: is 2025-03-28 the real date?"]),
        ({"pushes": 2}, []),
        ({"pushes": 8, "is_overdue": True}, ["Pushed 8 times, and overdue again."]),
        (
            {"category": "commit", "win_chance": 0.12},
            ["In commit, but its chance to be won in time is 12\u00a0%."],
        ),
        (
            {"win_chance": 0.85},
            ["Not in commit, though its chance to be won in time is 85\u00a0%."],
        ),
        ({"amount": None}, ["Has no amount."]),
    ],
)
def test_each_question_is_asked_when_there_is_reason_to(
    other: dict[str, Any], said: list[str]
) -> None:
    """Silence, first stage, pushes, category against chance, no amount; else nothing."""
    assert asked(**other) == said


def test_what_is_late_and_what_has_no_step_is_said() -> None:
    """Overdue by days, in its stage longer than most, in commit with nothing planned."""
    overdue = row(expected_close_on=date(2025, 3, 12), is_overdue=True)
    assert list(agenda.late(overdue, MONDAY)["agenda_said"]) == [
        "Overdue by 12 days: closed, or a new date?"
    ]
    rotting = row(is_rotting=True, stage_age_days=40)
    assert agenda.late(rotting, MONDAY)["agenda_said"].iloc[0].startswith("40 days in Propose")
    assert len(agenda.stepless(row(category="commit", lacks_next_step=True))) == 1
    assert agenda.stepless(row(category="commit")).empty
    assert agenda.stepless(row(lacks_next_step=True)).empty


def test_calls_are_missing_or_far_from_the_model_or_nothing_to_talk_about() -> None:
    """Ann is a quarter off and is asked, Bob has not called, Cid is near enough."""
    people = pd.DataFrame(
        {
            "owner_code": ["ANN", "BOB", "CID"],
            "owner_name": ["Ann", "Bob", "Cid"],
            "opportunities": 1,
            "amount": 100.0,
            "expected_amount": 100.0,
        }
    )
    said = pd.DataFrame({"code": ["ANN", "CID"], "amount": [130.0, 120.0]})
    found = agenda.calls(people, said, "2025 Q1", anybody=True)
    assert list(found["owner_name"]) == ["Ann", "Bob"]
    assert found["agenda_said"].iloc[0].startswith("Called 130, 30 above the 100")
    assert found["agenda_said"].iloc[1].startswith("Has not called 2025 Q1: 1 open")
    nobody = agenda.calls(people, said.head(0), "2025 Q1", anybody=False)
    assert list(nobody["agenda_said"]) == ["Nobody has called 2025 Q1 yet."]


def test_a_part_is_cut_and_says_how_much_more_there_is() -> None:
    """Ten questions shown as three and seven more."""
    many = pd.concat([row(pushes=3)] * 10, ignore_index=True)
    cut = agenda.shortened(agenda.questions(many, MONDAY), 3)
    assert len(cut) == 4
    assert cut["agenda_said"].iloc[3] == "And 7 more."


def lived(store: Store) -> Store:
    """The ten until Monday 24 March: 90,000 aimed at, D05 in commit, a call of Ann far too high."""
    ten_opportunities(store)
    carry_out(
        store,
        SetQuota(on=MONDAY, target=90_000),
        SubmitCall(on=MONDAY, level="owner", code="ANN", amount=500_000),
        SetCategory(opportunity_no="D05", category="commit", reason="They said yes"),
        by="ANN",
        today=MONDAY,
    )
    return store


@pytest.fixture(scope="module")
def monday() -> Iterator[Store]:
    """That Monday, for the tests that only read it."""
    with pipeline.open(":memory:") as store:
        yield lived(store)


def said_in(store: Store, part: str, **more: Any) -> pd.DataFrame:  # noqa: ANN401
    """The items of one part of the agenda of Monday."""
    frame = reports.review_agenda(store, THEN, method="stage-weighted", **more).frame
    return frame[frame["agenda_part"] == part]


def test_the_agenda_of_the_ten_says_what_changed_in_the_week(monday: Store) -> None:
    """From 18 to 24 March D03 lost 3,000 and was won for 27,000; the landing then and now."""
    changed = said_in(monday, agenda.CHANGED)
    amounts = dict(
        zip(changed["agenda_said"].str.split(":").str[0], changed["agenda_amount"], strict=True)
    )
    assert (amounts["Won"], amounts["Decreased"]) == (-27_000, -3_000)
    then = land(monday, Scope(as_of=date(2025, 3, 17)), method="stage-weighted")
    now = land(monday, THEN, method="stage-weighted")
    first = changed.iloc[0]
    assert f"{now.expected:,.0f}, up" in first["agenda_said"] or "down" in first["agenda_said"]
    assert f"{then.expected:,.0f} on 2025-03-17" in first["agenda_said"]
    assert f"{chance(now.chance or 0)} chance to reach the quota" in changed["agenda_said"].iloc[1]


def test_a_line_of_what_changed_leads_to_what_caused_it(monday: Store) -> None:
    """Each line of a bar has as many transitions behind it as it says, with its sum."""
    changed = said_in(monday, agenda.CHANGED)
    days, window = week(land(monday, THEN, method="stage-weighted"))
    bars = list(changed["bucket"])
    assert changed["bucket"].isna().tolist() == [True, True] + [False] * (len(bars) - 2)
    assert {"won", "decreased"} <= set(bars)
    for bar, said, amount in zip(
        bars[2:],
        changed["agenda_said"][2:],
        changed["agenda_amount"][2:],
        strict=True,
    ):
        causes = reports.what_changed_causes(monday, days, bucket=bar, **window)
        assert causes.totals["change_amount"] == amount
        assert f": {len(causes.frame)} change" in said


def test_commit_without_a_step_goes_when_one_is_planned() -> None:
    """D05 is in commit with nothing planned; with a task it is off the list."""
    task = CreateTask(opportunity_no="D05", description="Call", due_on=date(2025, 3, 26))
    with pipeline.open(":memory:") as store:
        lived(store)
        assert list(said_in(store, agenda.STEPLESS)["opportunity_no"]) == ["D05"]
        carry_out(store, task, by="ANN", today=MONDAY)
        assert said_in(store, agenda.STEPLESS).empty


def test_a_call_far_from_the_model_is_talked_about(monday: Store) -> None:
    """Ann called 500,000, of everything that is 150,000 at the most."""
    found = said_in(monday, agenda.CALLS)
    assert found["agenda_said"].iloc[0].startswith("Called 500,000")


def test_what_is_said_of_a_call_leads_to_what_its_owner_has_open_in_the_number(
    monday: Store,
) -> None:
    """As many as the sentence says, where nobody has called for them."""
    found = said_in(monday, agenda.CALLS)
    assert list(found["owner_code"]) == ["ANN"]
    landed = land(monday, THEN, method="stage-weighted")
    scope, selection = calls_behind(landed, "ANN")
    listed = reports.opportunities(monday, scope, selection=selection).frame
    assert set(listed["opportunity_no"]) == {"D05", "D06", "D07", "D08"}
    with pipeline.open(":memory:") as store:
        lived(store)
        carry_out(store, SubmitCall(on=MONDAY, amount=1), by="BOB", today=MONDAY)
        store.execute("delete from calls where level = 'owner'")
        words = said_in(store, agenda.CALLS)["agenda_said"].iloc[0]
    assert words.startswith("Has not called 2025 Q1: 4 open")


def test_swing_opportunities_are_those_of_the_swing_list(monday: Store) -> None:
    """In its order, by leverage."""
    report = reports.swing_list(monday, THEN, method="stage-weighted")
    items = said_in(monday, agenda.SWING)
    assert list(items["opportunity_no"]) == list(report.frame["opportunity_no"])[: len(items)]


def test_lists_behind_the_parts_hold_what_the_parts_say(monday: Store) -> None:
    """What is in commit without a step is that one opportunity."""
    behind = lists(land(monday, THEN, method="stage-weighted"))[agenda.STEPLESS]
    scope, selection = next(iter(behind.values()))
    listed = reports.opportunities(monday, scope, selection=selection)
    assert list(listed.frame["opportunity_no"]) == ["D05"]


def test_each_team_has_its_own_agenda_and_it_prints_by_team_and_part(monday: Store) -> None:
    """North has everything, South has nothing open; the page is divided by both."""
    report = reports.review_agenda(monday, THEN, by="team", method="stage-weighted")
    assert set(report.frame["team_name"]) == {"North", "South"}
    assert report.parts == ("team_name", "agenda_part")
    page = printed(report, "html").decode()
    assert "North · Commit without a next step" in page
    assert "South · Commit without a next step" not in page
    whole = reports.review_agenda(monday, THEN, method="stage-weighted")
    assert whole.parts == ("agenda_part",)
    assert "<tfoot>" not in printed(whole, "html").decode()


def test_a_printed_part_has_the_columns_that_say_anything_of_it(monday: Store) -> None:
    """What changed is about no opportunity: no blank columns of numbers, owners and contacts."""
    page = printed(reports.review_agenda(monday, THEN, method="stage-weighted"), "html").decode()
    changed, swing = page.split("<section>")[1:3]
    assert "What changed" in changed
    assert ">Description<" not in changed
    assert ">Description<" in swing
    assert "as of 2025-03-24; from 2025-01-01; to 2025-03-31" in page


def test_who_is_in_no_team_has_an_agenda_too_and_who_owns_nothing_is_counted() -> None:
    """Ann leaves her team; an opportunity without an owner is in no team's agenda, and counted."""
    with pipeline.open(":memory:") as store:
        lived(store)
        carry_out(
            store, DefineSalesperson(code="ANN", name="Ann", team_code=None), by="ANN", today=MONDAY
        )
        rows = store.rows("select opportunity_id from opportunities where opportunity_no = 'D07'")
        store.execute(
            "update transitions set owner_code = null where opportunity_id = ?", list(rows[0])
        )
        report = reports.review_agenda(store, THEN, by="team", method="stage-weighted")
        assert set(report.frame["team_name"]) == {"South", "Without a team"}
        numbers = report.frame.groupby("team_name")["opportunity_no"].agg(set)
        assert "D05" in numbers["Without a team"]
        assert "D05" not in numbers["South"]
        assert report.excluded["that are open without an owner, in the agenda of no team"] == 1
        south = replace(THEN, teams=("SOUTH",))
        only = reports.review_agenda(store, south, by="team", method="stage-weighted")
        assert set(only.frame["team_name"]) == {"South"}


def test_an_opportunity_that_moves_nothing_is_no_swing() -> None:
    """Without a quota and with nothing likely, all is reached either way: not talked about."""
    with pipeline.open(":memory:") as store:
        ten_opportunities(store)
        early = Scope(as_of=date(2024, 12, 2))
        frame = reports.review_agenda(store, early, method="stage-weighted").frame
        swings = reports.swing_list(store, early, method="stage-weighted").frame
        moving = swings[swings["swing_rate"] >= LEAST_SWING]
        assert len(moving) < len(swings), "the story has one that moves nothing"
        items = frame[frame["agenda_part"] == agenda.SWING]
        assert list(items["opportunity_no"]) == list(moving["opportunity_no"])[: len(items)]
        assert len(items) == min(len(moving), 8)


def test_the_agenda_of_a_company_without_anything_says_so() -> None:
    """Nothing is open: the landing of nought, and no question."""
    with pipeline.open(":memory:") as store:
        frame = reports.review_agenda(store, Q1).frame
    assert list(frame["agenda_part"]) == [agenda.CHANGED] * 2
    assert "No quota is set" in frame["agenda_said"].iloc[1]
