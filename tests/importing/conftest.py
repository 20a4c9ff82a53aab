"""What the import tests share: an empty store, and files written from the docstring of the test."""

import inspect
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.commands import carry_out
from pipeline.importing import profile
from pipeline.importing.draft import Answers, plan_import
from pipeline.importing.plan import ImportPlan
from pipeline.store import Store

TODAY = date(2024, 6, 30)
NOW = pd.Timestamp("2024-06-30 12:00")

ACME = """
name = "acme"
title = "The export of Acme's CRM"
source = "acme"
[cycle]
code = "ACME"
[[stages]]
name = "Talk"
chances = 10
[[stages]]
name = "Offer"
chances = 60
[outcomes]
Won = "won"
Lost = "lost"
[rules]
reached = "Talk"
[[tables]]
role = "opportunities"
recognise = ["Deal", "State", "Begun"]
needs = ["external_id", "stage"]
[tables.columns]
external_id = "Deal"
description = "What"
company = "Customer"
owner = "Seller"
stage = "State"
created_at = "Begun"
closed_on = "Ended"
expected_close_on = "Expected"
amount = "Value"
close_reason = "Why"
"""

Write = Callable[..., Path]
Plan = Callable[..., ImportPlan]


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    with Store.open(":memory:") as opened:
        yield opened


@pytest.fixture
def acme() -> profile.Profile:
    """The profile of Acme's CRM: two stages, won and lost."""
    return profile.parse(ACME, "acme")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a table as a CSV file; indentation and blank lines around it do not count."""

    def to_file(text: str, name: str = "deals.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(inspect.cleandoc(text).strip().encode(encoding))
        return path

    return to_file


@pytest.fixture
def story(request: pytest.FixtureRequest, write: Write) -> Path:
    """The table in the docstring of the test, from its second paragraph on, as a CSV file."""
    text = inspect.getdoc(request.function) or ""
    table = text.split("\n\n", 1)[1]
    return write(table)


@pytest.fixture
def stories(request: pytest.FixtureRequest, write: Write) -> list[Path]:
    """The tables in the docstring of the test, each behind a line `name.csv:`, as CSV files."""
    text = inspect.getdoc(request.function) or ""
    _, *parts = re.split(r"^([\w-]+\.csv):$", text, flags=re.MULTILINE)
    return [write(table, name) for name, table in zip(parts[::2], parts[1::2], strict=True)]


@pytest.fixture
def planned(store: Store, acme: profile.Profile) -> Plan:
    """Plan the import of files with Acme's profile, or with another one."""

    def plan(*paths: Path, chosen: profile.Profile | None = acme) -> ImportPlan:
        answers = Answers(profile=chosen)
        return plan_import(store, paths, answers=answers, by="ME", today=TODAY, now=NOW)

    return plan


@pytest.fixture
def imported(store: Store, planned: Plan) -> Plan:
    """Plan and carry out the import of files."""

    def do(*paths: Path, chosen: profile.Profile | None = None) -> ImportPlan:
        plan = planned(*paths, chosen=chosen) if chosen else planned(*paths)
        carry_out(store, *plan.commands, by="ME", today=TODAY)
        return plan

    return do


@pytest.fixture(scope="session")
def datasets() -> Path:
    """The folder of third-party files; a test that needs it is skipped where it is absent."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "datasets"
    folder = Path(os.environ.get("PIPELINE_DATASETS", beside))
    if not folder.is_dir():
        pytest.skip(f"there are no third-party files in {folder}")
    return folder
