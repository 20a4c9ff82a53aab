"""What Business Central exports keeps its numbers here, and gives the same statistics."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from pipeline import reports
from pipeline.commands import (
    CloseAsLost,
    CloseAsWon,
    Command,
    CreateOpportunity,
    DefineCampaign,
    DefineCloseReason,
    DefineContact,
    DefineSalesCycle,
    DefineSalesperson,
    DefineStage,
    JumpToStage,
    MoveToNextStage,
    MoveToPreviousStage,
    Reassign,
    SkipToStage,
    UpdateOpportunity,
    carry_out,
)
from pipeline.demo.contoso import WORK_DATE, load_contoso
from pipeline.domain.scope import Scope
from pipeline.importing.draft import Answers, plan_import
from pipeline.importing.plan import ImportPlan
from pipeline.reports import role_centre
from pipeline.store import Store
from pipeline.store.check import check
from tests.commands.conftest import define
from tests.importing import business_central_files as files

REPORTS: dict[str, Callable[..., reports.Report]] = {
    "cycles": reports.cycle_statistics,
    "stages": reports.stage_statistics,
    "salespeople": reports.salesperson_statistics,
    "contacts": reports.contact_statistics,
    "campaigns": reports.campaign_statistics,
    "win rate": reports.win_rate,
    "funnel": role_centre.pipeline_funnel,
    "headline": role_centre.headline_figures,
    "measures": role_centre.entry_measures,
}
DAY = date(2026, 5, 4)
LATER = date(2026, 7, 31)


@pytest.fixture(scope="module")
def contoso() -> Iterator[Store]:
    """The published example company."""
    with Store.open(":memory:") as opened:
        load_contoso(opened)
        yield opened


@pytest.fixture(scope="module")
def made_up() -> Iterator[Store]:
    """Cycles of all four methods, and every kind of entry in them."""
    with Store.open(":memory:") as opened:
        for day, commands in story():
            carry_out(opened, *commands, by="SP1", today=day)
        assert check(opened).intact
        yield opened


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store in memory."""
    with Store.open(":memory:") as opened:
        yield opened


def story() -> Iterator[tuple[date, list[Command]]]:
    """Twelve opportunities: skipped, jumped back, updated without a change, won for less, lost."""
    yield (
        DAY,
        [
            DefineSalesperson(code="SP1", name="Sam Porter"),
            DefineSalesperson(code="J-O", name="Jim Olive"),
            DefineContact(no="C1", name="Adatum", is_customer=True, owner_code="SP1"),
            DefineContact(no="P1", type="person", name="Robert Townes", company_no="C1"),
            DefineContact(no="C2", name="Trey Research", is_customer=True),
            DefineContact(no="P9", type="person", name="Nobody’s Man", owner_code="J-O"),
            DefineCampaign(
                no="CP-1",
                description="Spring",
                starts_on=DAY,
                ends_on=LATER,
                activated=True,
                owner_code="J-O",
            ),
            DefineCloseReason(code="W-1", description="Convinced", outcome="won"),
            DefineCloseReason(code="L-1", description="Too expensive", outcome="lost"),
            DefineCloseReason(code="L-2", description="Never used", outcome="lost"),
            DefineSalesCycle(code="SKP", description="May be skipped", probability_method="add"),
            DefineStage(cycle_code="SKP", stage=10, description="Meet", chances_percent=10),
            DefineStage(
                cycle_code="SKP",
                stage=20,
                description="Show",
                chances_percent=40,
                completed_percent=50,
                allow_skip=True,
                date_formula="1M+10D",
            ),
            DefineStage(
                cycle_code="SKP",
                stage=30,
                description="Agree",
                chances_percent=70,
                completed_percent=80,
            ),
            *(one for code in ("MUL", "ADD", "CHA", "COM", "SEV") for one in define(code)),
        ],
    )
    yield DAY, [_new("A", "MUL", 1000, "P1"), _new("B", "ADD", 2500.5, "C2", campaign_no="CP-1")]
    yield DAY, [_new("C", "CHA", 400, "P9", owner_code="J-O"), _new("D", "COM", 9000, "C1")]
    yield DAY, [_new("E", "SEV", 70, "C2"), _new("F", "ADD", 800, "P1"), _new("G", "CHA", 5, "C1")]
    yield DAY, [_new("H", "SKP", 310, "P1")]
    yield (
        DAY,
        [
            CreateOpportunity(
                no=number,
                description=number,
                contact_no="C1",
                owner_code="SP1",
                cycle_code="MUL",
            )
            for number in ("DRAFT-1", "DRAFT-2", "DRAFT-3")
        ],
    )
    # several on one day: on, back, updated with a typed chance, updated without a change
    yield DAY, [MoveToNextStage(opportunity_no="A", chances_percent=44, expected_close_on=LATER)]
    yield DAY, [MoveToPreviousStage(opportunity_no="A", expected_close_on=LATER)]
    yield (
        DAY,
        [
            UpdateOpportunity(
                opportunity_no="A", chances_percent=13, amount=1200, expected_close_on=LATER
            )
        ],
    )
    yield (
        _on(3),
        [UpdateOpportunity(opportunity_no="A", chances_percent=13, expected_close_on=LATER)],
    )
    yield _on(4), [MoveToNextStage(opportunity_no="B", expected_close_on=LATER)]
    yield _on(4), [Reassign(opportunity_no="B", owner_code="J-O")]
    yield _on(6), [MoveToNextStage(opportunity_no="C", chances_percent=33, expected_close_on=LATER)]
    yield _on(7), [MoveToNextStage(opportunity_no="D", expected_close_on=LATER)]
    yield _on(9), [CloseAsWon(opportunity_no="D", close_reason_code="W-1", sales_amount=8100.25)]
    yield _on(9), [SkipToStage(opportunity_no="H", stage=30, expected_close_on=LATER)]
    yield _on(10), [_new("I", "SKP", 75, "C2")]
    yield _on(10), [SkipToStage(opportunity_no="I", expected_close_on=LATER)]
    yield _on(12), [MoveToNextStage(opportunity_no="E", expected_close_on=LATER)]
    yield _on(12), [MoveToNextStage(opportunity_no="E", expected_close_on=LATER)]
    yield _on(15), [JumpToStage(opportunity_no="E", stage=1, expected_close_on=LATER)]
    yield _on(15), [CloseAsLost(opportunity_no="F", close_reason_code="L-1")]
    yield _on(16), [CloseAsLost(opportunity_no="DRAFT-2", close_reason_code="L-1")]
    yield _on(17), [CloseAsWon(opportunity_no="DRAFT-3", close_reason_code="W-1", sales_amount=10)]
    yield _on(18), [UpdateOpportunity(opportunity_no="G", amount=6, expected_close_on=_on(20))]
    yield _on(19), [Reassign(opportunity_no="A", owner_code="J-O")]


def _new(number: str, cycle: str, amount: float, contact: str, **more: str) -> Command:
    wish = {"owner_code": "SP1"} | more
    return CreateOpportunity(
        no=number,
        description=f"Order {number}",
        cycle_code=cycle,
        contact_no=contact,
        activate=True,
        amount=amount,
        expected_close_on=LATER,
        **wish,
    )


def _on(days: int) -> date:
    return DAY + timedelta(days=days)


def bring(store: Store, paths: list[Path], today: date) -> ImportPlan:
    """Import files as recognised, and look at every row of the log."""
    plan = plan_import(store, paths, answers=Answers(), by="ME", today=today)
    carry_out(store, *plan.commands, by="ME", today=today)
    found = check(store)
    assert found.intact, str(found)
    return plan


def statistics(store: Store, today: date) -> dict[str, pd.DataFrame]:
    """Give every statistic of Business Central's, as of a day."""
    scope = Scope(as_of=today)
    return {name: report(store, scope).frame for name, report in REPORTS.items()}


def assert_same(ours: Store, theirs: Store, today: date, *but: str) -> None:
    """Hold every statistic of two stores, but some, against each other, rows in any order."""
    left, right = statistics(ours, today), statistics(theirs, today)
    for name in [name for name in REPORTS if name not in but]:
        one, other = left[name], right[name]
        keys = [str(key) for key in one.columns if str(key).endswith(("_code", "_no", "stage"))]
        one, other = (
            some.sort_values(keys, ignore_index=True) if keys else some for some in (one, other)
        )
        pd.testing.assert_frame_equal(one, other, check_dtype=False, obj=name)


@pytest.mark.parametrize("company", ["contoso", "made_up"])
def test_the_pages_in_excel_give_the_same_statistics(
    company: str, request: pytest.FixtureRequest, store: Store, tmp_path: Path
) -> None:
    """Entries without numbers and without stage numbers, with the tables of set-up beside them."""
    source, today = _of(company, request)
    plan = bring(store, files.written(files.pages(source), tmp_path), today)
    assert plan.profile.name == "business_central"
    assert plan.refused == 0
    assert any("order of the file" in note for note in plan.notes)
    assert_same(store, source, today)
    assert_numbers_kept(store, source)


@pytest.mark.parametrize("company", ["contoso", "made_up"])
def test_the_analytics_entities_give_the_same_statistics(
    company: str, request: pytest.FixtureRequest, store: Store, tmp_path: Path
) -> None:
    """Escaped words and no set-up at all: cycles, stages and methods are what the entries show."""
    source, today = _of(company, request)
    tables = {**files.entities(source)}
    tables |= {n: t for n, t in files.set_up(source).items() if n != "reasons"}
    plan = bring(store, files.written(tables, tmp_path), today)
    assert plan.refused == 0
    assert_same(store, source, today)


def _of(company: str, request: pytest.FixtureRequest) -> tuple[Store, date]:
    source: Store = request.getfixturevalue(company)
    return source, WORK_DATE if company == "contoso" else _on(30)


def assert_numbers_kept(ours: Store, theirs: Store) -> None:
    """Hold numbers, codes and the log against those of the source."""
    log = (
        "select opportunity_no, log.action, log.stage, log.cycle_code, log.close_reason_code, "
        "log.amount, log.chances_percent, log.probability_percent, log.weighted_amount, valid_from "
        "from transitions as log join opportunities using (opportunity_id) "
        "where log.action not in ('reassign', 'edit') order by opportunity_no, nth"
    )
    standing = (
        "select opportunity_no, contact_no, company_no, owner_code, cycle_code, stage, "
        "campaign_no, description, created_on, status, expected_close_on "
        "from opportunities order by all"
    )
    set_up = [
        "select * from sales_cycles order by all",
        "select * exclude (activity_code, forecast_category) from stages order by all",
        "select close_reason_code, description, outcome from close_reasons order by all",
        "select owner_code, name from salespeople order by all",
        "select contact_no, type, name, company_no, owner_code from contacts order by all",
        "select * from campaigns order by all",
    ]
    for sql in (log, standing, *set_up):
        assert ours.rows(sql) == theirs.rows(sql)


def test_entities_alone_show_methods_and_stages(
    made_up: Store, store: Store, tmp_path: Path
) -> None:
    """Without any set-up the entries show the stages by number, and the method where one fits."""
    plan = bring(store, files.written(files.entities(made_up), tmp_path), _on(30))
    methods = dict(store.rows("select cycle_code, probability_method from sales_cycles"))
    assert (methods["MUL"], methods["ADD"], methods["CHA"]) == ("multiply", "add", "chances")
    ours, theirs = statistics(store, _on(30)), statistics(made_up, _on(30))
    counted = ["cycle_code", "opportunities", "amount", "weighted_amount"]
    pd.testing.assert_frame_equal(
        ours["cycles"][counted], theirs["cycles"][counted], check_dtype=False
    )
    held = ["cycle_code", "stage", "opportunities", "entries_ever", "average_days"]
    lived = theirs["stages"][theirs["stages"]["entries_ever"] > 0]
    pd.testing.assert_frame_equal(
        ours["stages"][held], lived[held].reset_index(drop=True), check_dtype=False
    )
    assert plan.transitions["external_id"].nunique() == len(plan.opportunities) - 1


def test_the_newest_entry_first_is_read_from_the_bottom(
    made_up: Store, store: Store, tmp_path: Path
) -> None:
    """The card lists entries backwards; what happened on one day is still in its order."""
    tables = files.pages(made_up)
    tables["entries"] = tables["entries"].iloc[::-1]
    plan = bring(store, files.written(tables, tmp_path), _on(30))
    assert any("from the bottom up" in note for note in plan.notes)
    assert_numbers_kept(store, made_up)


def test_set_up_alone_and_twice(made_up: Store, store: Store, tmp_path: Path) -> None:
    """Set-up comes by itself; the second time nothing is left to do; the rest finds it there."""
    paths = files.written(files.set_up(made_up), tmp_path / "set_up")
    plan = bring(store, paths, DAY)
    assert (len(plan.opportunities), len(plan.new_contacts), len(plan.new_campaigns)) == (0, 4, 1)
    assert bring(store, paths, DAY).commands == ()
    bring(store, files.written(_without_set_up(files.pages(made_up)), tmp_path / "rest"), _on(30))
    assert_same(store, made_up, _on(30))
    assert_numbers_kept(store, made_up)


def _without_set_up(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: tables[name] for name in ("opportunities", "entries")}


def test_a_workbook_with_a_sheet_for_each_page(
    contoso: Store, store: Store, tmp_path: Path
) -> None:
    """“Edit in Excel” saved as it is: typed days, numbers and truths."""
    path = tmp_path / "business central.xlsx"
    with pd.ExcelWriter(path) as book:
        for name, table in files.pages(contoso).items():
            table.to_excel(book, sheet_name=name, index=False)
    bring(store, [path], WORK_DATE)
    assert_same(store, contoso, WORK_DATE)


@pytest.mark.parametrize("spelled", [files.pages, files.entities])
def test_a_newer_file_adds_the_entries_that_came_since(
    spelled: Callable[[Store], dict[str, pd.DataFrame]],
    made_up: Store,
    store: Store,
    tmp_path: Path,
) -> None:
    """The first export was made in the midst of a day; of that day only the later entries come.

    And one opportunity got another owner meanwhile, of which Business Central keeps no entry.
    """
    steps = list(story())
    half = next(place for place, (day, _) in enumerate(steps, 1) if day == _on(12))
    with Store.open(":memory:") as then:
        for day, commands in steps[:half]:
            carry_out(then, *commands, by="SP1", today=day)
        earlier = spelled(then) | files.set_up(then)
    bring(store, files.written(earlier, tmp_path / "one"), _on(12))
    later = spelled(made_up) | files.set_up(made_up)
    plan = bring(store, files.written(later, tmp_path / "two"), _on(30))
    assert (len(plan.opportunities), plan.already_there) == (0, 12)
    # the entities name the contact of a draft only once it has an entry
    assert_same(store, made_up, _on(30), *(("contacts",) if spelled is files.entities else ()))
    assert bring(store, files.written(later, tmp_path / "three"), _on(30)).commands == ()


def test_a_number_that_is_in_use_gets_another_one(
    contoso: Store, store: Store, tmp_path: Path
) -> None:
    """The number series goes on behind the kept numbers; a taken one is said."""
    bring(store, files.written(files.pages(contoso), tmp_path / "one"), WORK_DATE)
    made = CreateOpportunity(
        description="Ours", contact_no="10001", owner_code="JO", cycle_code="NEW", no="OP1"
    )
    carry_out(store, made, by="JO", today=WORK_DATE)
    tables = files.pages(contoso)
    deals = tables["opportunities"].assign(**{"No.": "OP1"}).head(1)
    entries = tables["entries"].assign(**{"Opportunity No.": "OP1"}).head(1)
    plan = bring(
        store,
        files.written({"opportunities": deals, "entries": entries}, tmp_path / "two"),
        WORK_DATE,
    )
    assert any("in use here already" in note for note in plan.notes)
    ((number,),) = store.rows("select opportunity_no from opportunities where external_id = 'OP1'")
    assert number != "OP1"
