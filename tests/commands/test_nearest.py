"""Wherever a code or number is taken, one that names nothing is refused with the nearest one."""

import dataclasses
import re
from datetime import date

import pytest

from pipeline import commands
from pipeline.commands import (
    AddComment,
    CreateOpportunity,
    CreateQuote,
    CreateTask,
    DefineActivity,
    DefineCampaign,
    DefineContactList,
    DefineNumberSeries,
    DefineSetting,
    DefineTeam,
    ListContacts,
    LogInteraction,
)
from pipeline.domain.errors import PipelineError, UnknownCodeError
from tests.commands.conftest import FAR, Company

KNOWN = {
    "activity_code": "INIT",
    "campaign_no": "SPRING",
    "close_reason_code": "W1",
    "company_no": "C1",
    "contact_no": "C1",
    "contact_nos": "C1",
    "cycle_code": "COM",
    "interaction_no": "IN000001",
    "list_no": "FAIR",
    "loser_no": "OP000002",
    "opportunity_no": "OP000001",
    "opportunity_nos": "OP000001",
    "other_nos": "OP000002",
    "owner_code": "SP1",
    "quote_no": "SQ000001",
    "survivor_no": "OP000001",
    "task_no": "TD000001",
    "team_code": "NORTH",
}
"""For each field that takes a code, one that there is."""

OF_A_KIND = {
    "BlockSalesCycle": ("code", "COM"),
    "RemoveActivity": ("code", "INIT"),
    "RemoveCampaign": ("no", "SPRING"),
    "RemoveCloseReason": ("code", "W1"),
    "RemoveContact": ("no", "C1"),
    "RemoveContactList": ("no", "FAIR"),
    "RemoveSalesCycle": ("code", "COM"),
    "RemoveSalesperson": ("code", "SP1"),
    "RemoveTeam": ("code", "NORTH"),
}
"""Commands whose `code` or `no` names a record that must be there."""

REQUIRED: dict[str, dict[str, object]] = {
    "AddComment": {"about": "contact", "no": "C1", "text": "x"},
    "CreateForList": {"owner_code": "SP1"},
    "CreateOpportunity": {
        "description": "x",
        "contact_no": "C1",
        "cycle_code": "COM",
        "owner_code": "SP1",
    },
    "CreateTask": {"description": "x", "due_on": FAR},
    "DefineCampaign": {"no": "K9"},
    "DefineContact": {"name": "x", "type": "person"},
    "DefineContactList": {"description": "x"},
    "DefineQuote": {"contact_no": "C1", "amount": 1},
    "DefineSalesperson": {"name": "x"},
    "DefineStage": {"cycle_code": "COM", "stage": 9},
    "EditOpportunity": {"opportunity_no": "OP000001"},
    "KeepApart": {"opportunity_no": "OP000001", "other_nos": ("OP000002",)},
    "LogInteraction": {"description": "x", "contact_no": "C1", "owner_code": "SP1"},
    "MakeOrder": {"close": True},
    "PostponeTask": {"due_on": FAR},
    "RemoveStage": {"stage": 1},
    "ReorderStages": {"stages": ()},
    "SetCategory": {"category": "commit", "reason": "x"},
}
"""What a command needs besides, to come as far as the code."""

FREE = {
    "manager_code": "teams and people name each other, so a manager may be defined later",
    "no": "a new record is given a number",
    "code": "a new record is given a code",
    "starting_no": "the numbers of a series",
    "ending_no": "the numbers of a series",
    "last_no": "the numbers of a series",
    "order_no": "a new order is given a number",
}
"""Fields that name nothing there is, with the reason."""

NOT_ONE = {
    ("UnmergeOpportunities", "loser_no"): "names one that was merged away, and so is gone",
    ("MergeOpportunities", "loser_no"): "as its survivor",
    ("KeepApart", "other_nos"): "as its opportunity",
}


def mistyped(code: str) -> str:
    """The code with one sign too many."""
    return f"{code}9" if code[-1] != "9" else f"{code}8"


def cases() -> list[tuple[str, str, str]]:
    """Every field of every command that takes the code of something there is."""
    found = [(name, field, code) for name, (field, code) in OF_A_KIND.items()]
    for name in sorted(commands.__all__):
        kind = getattr(commands, name)
        if not dataclasses.is_dataclass(kind) or name == "Recorded":
            continue
        found.extend(
            (name, field.name, KNOWN[field.name])
            for field in dataclasses.fields(kind)
            if field.name in KNOWN and (name, field.name) not in NOT_ONE
        )
    return found


@pytest.fixture
def full(company: Company) -> Company:
    """One record of each kind."""
    wish = {"description": "x", "contact_no": "C1", "owner_code": "SP1", "cycle_code": "COM"}
    start = {"activate": True, "amount": 1, "expected_close_on": FAR}
    company.go(
        DefineTeam(code="NORTH", name="North"),
        DefineActivity(code="INIT"),
        DefineCampaign(no="SPRING", starts_on=date(2026, 1, 1), ends_on=FAR, activated=True),
        DefineContactList(no="FAIR", description="Fair"),
        ListContacts(list_no="FAIR", contact_nos=("C1",)),
        CreateOpportunity(**wish, **start),  # type: ignore[arg-type]
        CreateOpportunity(**wish, **start),  # type: ignore[arg-type]
        CreateQuote(opportunity_no="OP000001"),
        CreateTask(description="x", due_on=FAR, opportunity_no="OP000001"),
        LogInteraction(description="x", contact_no="C1"),
        AddComment(about="contact", no="C1", text="x"),
        DefineNumberSeries(code="OPS", starting_no="A1", ending_no="A9"),
    )
    return company


def test_every_unknown_code_is_refused_with_the_nearest(full: Company) -> None:
    """All of them, one after another: the refusal names what was typed, and what is meant."""
    silent = []
    for name, field, code in cases():
        kind = getattr(commands, name)
        own = {each.name for each in dataclasses.fields(kind)}
        needed = {key: value for key, value in KNOWN.items() if key in _needed(kind)}
        given: dict[str, object] = {
            key: (value,) if key.endswith("_nos") else value for key, value in needed.items()
        }
        given |= {key: v for key, v in REQUIRED.get(name, {}).items() if key in own}
        typed = mistyped(code)
        given[field] = (typed,) if field.endswith("_nos") else typed
        try:
            full.go(kind(**given))
        except UnknownCodeError as refusal:
            if refusal.nearest != [code] or typed not in str(refusal):
                silent.append((name, field, str(refusal)))
        except (PipelineError, TypeError) as other:
            silent.append((name, field, f"{type(other).__name__}: {other}"))
        else:
            silent.append((name, field, "was accepted"))
    assert not silent, "\n".join(map(str, silent))


def _needed(kind: type) -> set[str]:
    """The fields of a command that have no default."""
    return {
        field.name
        for field in dataclasses.fields(kind)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }


def test_every_field_that_takes_a_code_is_looked_at() -> None:
    """A new command with a field named like a code comes into the test, or says why not."""
    pattern = re.compile(r".*(_no|_nos|_code)$|^(no|code)$")
    named = {
        field.name
        for name in commands.__all__
        if dataclasses.is_dataclass(kind := getattr(commands, name)) and name != "Recorded"
        for field in dataclasses.fields(kind)
        if pattern.match(field.name)
    }
    assert named <= {*KNOWN, *FREE}


@pytest.mark.parametrize(
    ("name", "typed", "nearest"),
    [
        ("default_cycle", "COMM", "COM"),
        ("default_owner", "SP11", "SP1"),
        ("opportunity_series", "OPSS", "OPS"),
        ("quote_series", "SQQ", "SQ"),
        ("no_decision_reasons", "L1, W22", "W2"),
        ("time_zone", "Europe/Berlim", "Europe/Berlin"),
        ("stage_map", "COMM 9 > 1", "COM"),
    ],
)
def test_codes_in_settings_are_refused_with_the_nearest(
    full: Company, name: str, typed: str, nearest: str
) -> None:
    """A setting is a place where a code is taken, too."""
    with pytest.raises(UnknownCodeError) as refusal:
        full.go(DefineSetting(name=name, value=typed))
    assert refusal.value.nearest == [nearest]
