"""Pages run without a browser on a store of their own, a small company in it or nothing at all."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from dashboard import session
from pipeline.commands import (
    CloseAsLost,
    CloseAsWon,
    CreateOpportunity,
    DefineCloseReason,
    DefineContact,
    DefineSalesCycle,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    DefineTeam,
    MoveToNextStage,
    carry_out,
)
from pipeline.store import Store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
TODAY = date(2026, 1, 28)
HOSTILE = "![x](https://evil.example/x.png) <b>bold</b> $a$ :red[x]"
"""A name that would be a picture, bold, a formula and red, if anything read it as markup."""

Opened = Callable[..., AppTest]


def edit(app: AppTest, form: str, rows: dict[int, dict[str, Any]]) -> AppTest:
    """Edit cells of the table of a form, by row, as the browser reports it; draw the page."""
    changes = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    app.session_state[grid_of(app, form)] = changes
    return app.run()


def grid_of(app: AppTest, form: str) -> str:
    """The name under which the session keeps what is edited in the table of a form."""
    begins = f"-{form}-grid"
    tables = (each.proto.id for each in app.dataframe)
    return next(name[name.index(begins) + 1 :] for name in tables if begins in name)


@pytest.fixture(scope="session", autouse=True)
def _packages_are_scanned_once() -> None:
    """Streamlit looks through every installed package for components, each time it runs an app."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a new store and one with the small company, which tests copy and never open."""
    folder = tmp_path_factory.mktemp("stores")
    Store.open(folder / "new.duckdb").close()
    with Store.open(folder / "company.duckdb") as store:
        _live(store)
    return folder


@pytest.fixture
def address(tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a new store that the pages find by themselves; nothing is in it."""
    file = tmp_path / "pipeline.duckdb"
    shutil.copy(files / "new.duckdb", file)
    monkeypatch.setenv("PIPELINE_STORE", str(file))
    monkeypatch.setenv("PIPELINE_TODAY", TODAY.isoformat())
    yield file
    session.store().close()
    session._store_at.clear()


@pytest.fixture
def company(address: Path, files: Path) -> Store:
    """Five opportunities of two people in one cycle of three stages.

    OP000001 stands in Offer (10,000), OP000002 in Qualify (20,000, overdue), OP000003 is won for
    5,000, OP000004 lost to a competitor, OP000005 not started. A contact bears a hostile name.
    """
    shutil.copy(files / "company.duckdb", address)
    store = session.store()
    assert store.address == str(address)
    return store


@pytest.fixture
def opened(address: Path) -> Opened:  # noqa: ARG001 (the store the pages find)
    """Run the app at a page, as a link does: `opened("opportunity", no="OP000001")`."""

    def run(page: str = "", /, **query: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=30)
        for name, words in query.items():
            app.query_params[name] = words
        if page:
            app.switch_page(f"app_pages/{page}.py")
        app.run()
        assert not app.exception, app.exception[0].message
        return app

    return run


def _live(store: Store) -> None:
    _set_up(store)
    for contact_no, owner, amount in (
        ("ADATUM", "JO", 10_000),
        ("COHO", "LT", 20_000),
        ("ADATUM", "JO", 5_000),
        ("EVIL", "LT", 8_000),
    ):
        carry_out(store, _new(contact_no, owner, amount), by="JO", today=date(2025, 11, 3))
    carry_out(
        store,
        CreateOpportunity(description="Not begun", contact_no="COHO", owner_code="JO"),
        by="JO",
        today=date(2025, 11, 4),
    )
    carry_out(
        store,
        MoveToNextStage(opportunity_no="OP000001", expected_close_on=date(2026, 3, 1)),
        MoveToNextStage(opportunity_no="OP000003"),
        by="JO",
        today=date(2025, 12, 1),
    )
    carry_out(
        store,
        CloseAsWon(opportunity_no="OP000003"),
        CloseAsLost(opportunity_no="OP000004", close_reason_code="RIVAL"),
        by="JO",
        today=date(2025, 12, 20),
    )


def _set_up(store: Store) -> None:
    stages = [("Qualify", 10, 20, "2M"), ("Offer", 50, 50, "1M"), ("Sign", 90, 80, "")]
    carry_out(
        store,
        DefineTeam(code="EAST", name="East"),
        DefineSalesperson(code="JO", name="Jim Olive", team_code="EAST"),
        DefineSalesperson(code="LT", name="Lina Townsend"),
        DefineSalesCycle(code="NEW", description="New customers", probability_method="chances"),
        *[
            DefineStage(
                cycle_code="NEW",
                stage=number,
                description=name,
                completed_percent=completed,
                chances_percent=chances,
                date_formula=formula,
            )
            for number, (name, completed, chances, formula) in enumerate(stages, start=1)
        ],
        DefineCloseReason(code="GOOD", description="Convinced", outcome="won"),
        DefineCloseReason(code="PRICE", description="Too expensive", outcome="lost"),
        DefineCloseReason(code="RIVAL", description="Went to a competitor", outcome="lost"),
        DefineContact(no="ADATUM", name="Adatum Corporation", owner_code="LT"),
        DefineContact(no="COHO", name="Coho Winery"),
        DefineContact(no="EVIL", name=HOSTILE),
        DefineSetting(name="default_cycle", value="NEW"),
        DefineSetting(name="default_owner", value="JO"),
        by="JO",
        today=date(2025, 11, 1),
    )


def _new(contact_no: str, owner: str, amount: int) -> CreateOpportunity:
    return CreateOpportunity(
        description=f"Machines for {contact_no.title()}",
        contact_no=contact_no,
        owner_code=owner,
        activate=True,
        amount=amount,
        expected_close_on=date(2026, 1, 10),
    )


def told(app: AppTest) -> list[str]:
    """What the timeline of an opportunity says, the newest first, as a person reads it."""
    written = app.table[0].value["What happened"]
    return [re.sub(r"\\(.)", r"\1", str(words)).replace("\u2060", "") for words in written]
