"""An import can be taken back whole, unless somebody built on it, and done again from its files."""

from datetime import date, datetime, time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commands import (
    CreateOpportunity,
    DefineContact,
    DefineSetting,
    EditOpportunity,
    MoveToNextStage,
    RecordImport,
    UndoImport,
    UpdateOpportunity,
    carry_out,
)
from pipeline.domain.errors import PipelineError
from pipeline.domain.imports import (
    FilesNotKeptError,
    ImportBuiltOnError,
    ImportedFile,
    ImportUndoneError,
    UnknownImportError,
)
from pipeline.domain.scope import Scope
from pipeline.importing import batch, profile
from pipeline.importing.draft import Answers
from pipeline.reports import REPORTS
from pipeline.store import Store, import_record
from pipeline.store.check import check
from tests.importing.conftest import ACME, TODAY
from tests.random_stories import STORIES, Wish, examples, told

DEALS = b"""Deal,What,Customer,Seller,State,Begun,Ended,Expected,Value,Why
A1,Machines,Adatum,Ann Jones,Talk,2024-01-02,,2024-08-01,1000,
A2,Chairs,Coho,Ann Jones,Offer,2024-01-03,,2024-09-01,2000,
A3,Lamps,Adatum,Bob Ray,Won,2024-01-04,2024-03-01,2024-03-01,3000,
A4,Desks,Fabrikam,Bob Ray,Lost,2024-01-05,2024-03-02,2024-03-01,4000,Too dear
"""
FILE = ImportedFile(name="deals.csv", content=DEALS)
KEPT = ("imports", "import_files", "import_made", "batches", "counters", "number_series")
"""What an undone import leaves behind: that it was, and the numbers it used."""


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything a store holds, table by table, but for the traces of imports."""
    names = store.rows("select table_name from information_schema.tables order by 1")
    return {
        name: store.rows(f"select * from {name} order by all")  # noqa: S608
        for (name,) in names
        if name not in KEPT
    }


def bring(store: Store, *, today: date = TODAY, content: bytes = DEALS) -> int:
    """Import Acme's file as one remembered batch and give its number."""
    file = ImportedFile(name="deals.csv", content=content)
    answers = Answers(profile=profile.parse(ACME, "acme"))
    plan = batch.plan_files(store, [file], answers=answers, by="ME", today=today)
    (recorded,) = carry_out(store, batch.import_of(plan, [file]), by="ME", today=today)
    return int(recorded.no)


def undo(store: Store, batch_id: int) -> None:
    """Undo an import."""
    carry_out(store, UndoImport(batch_id=batch_id), by="ME", today=TODAY)


def test_an_undone_import_leaves_nothing_but_its_entry_in_the_list(store: Store) -> None:
    """Opportunities, people, contacts, the cycle and its stages go; that it was, stays known."""
    before = tables(store)
    batch_id = bring(store)
    assert tables(store) != before
    undo(store, batch_id)
    assert tables(store) == before
    (entry,) = import_record.past_imports(store).to_dict("records")
    assert (entry["batch_id"], entry["opportunities"], entry["undone_by"]) == (batch_id, 4, "ME")
    assert check(store).intact


def test_the_file_can_be_imported_anew_after_undoing(store: Store) -> None:
    """What was undone does not count as imported before."""
    undo(store, bring(store))
    bring(store)
    assert store.one("select count(*) from opportunities") == (4,)


rows = st.lists(
    st.tuples(
        st.sampled_from(["Talk", "Offer", "Won", "Lost"]),
        st.integers(1, 90_000),
        st.integers(0, 200),
        st.integers(0, 100),
    ),
    min_size=1,
    max_size=6,
)


def test_undoing_restores_every_metric() -> None:
    """Afterwards every report there is says what it said."""
    kinds = ["next", "next", "won", "lost", "update", "next", "skip", "delete"]
    wishes = [Wish(place % 5, kind, 5, 1_000, 30) for place, kind in enumerate(kinds)]
    restored(wishes, [("Talk", 500, 10, 20), ("Won", 900, 30, 20)], list(REPORTS))


def test_what_was_deleted_before_an_import_is_none_of_its_business() -> None:
    """An opportunity that was lost and deleted stays so, and does not stand in the way."""
    wishes = [Wish(1, kind, 1, 1_000, 30) for kind in ("first", "lost", "delete")]
    restored(wishes, [("Talk", 500, 10, 20)], ["weighted-pipeline"])


@examples(5)
@given(wishes=STORIES, deals=rows)
def test_undoing_restores_whatever_had_happened(
    wishes: list[Wish], deals: list[tuple[str, int, int, int]]
) -> None:
    """Random stories, random files: every table, and so every metric, is as it was."""
    restored(wishes, deals, ["weighted-pipeline", "win-rate"])


def restored(wishes: list[Wish], deals: list[tuple[str, int, int, int]], names: list[str]) -> None:
    """Tell a story, import a file, undo the import, and compare."""
    store, last = told(wishes)
    with store:
        before, said = tables(store), reports(store, last, names)
        header, *_ = DEALS.decode().splitlines()
        lines = [
            f"D{n},Deal {n},Firm {n % 3},Ann Jones,{state},{day(begun)},"
            f"{day(begun + later) if state in ('Won', 'Lost') else ''},"
            f"{day(begun + later)},{value},"
            for n, (state, value, begun, later) in enumerate(deals)
        ]
        content = "\n".join([header, *lines]).encode()
        batch_id = bring(store, today=date(2026, 6, 1), content=content)
        undo(store, batch_id)
        assert tables(store) == before
        for name, frame in reports(store, last, names).items():
            pd.testing.assert_frame_equal(frame, said[name])
        assert check(store).intact


def day(number: int) -> str:
    """The day so many days into 2025."""
    return str(date.fromordinal(date(2025, 1, 1).toordinal() + number))


def reports(store: Store, as_of: date, names: list[str]) -> dict[str, pd.DataFrame]:
    """What reports say, as of a day."""
    scope = Scope(as_of=as_of, from_on=date(2025, 1, 1), to_on=as_of)
    return {name: REPORTS[name](store, scope).frame for name in names}


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (MoveToNextStage(opportunity_no="OP000001"), "opportunity OP000001 was changed"),
        (EditOpportunity(opportunity_no="OP000002", description="Sofas"), "OP000002 was changed"),
        (DefineContact(no="COHO", name="Coho Winery"), "contact COHO was changed"),
        (DefineSetting(name="default_cycle", value="ACME"), "setting default_cycle is ACME"),
        (
            CreateOpportunity(
                description="More", contact_no="COHO", owner_code="ANN JONES", cycle_code="ACME"
            ),
            "is used by opportunity OP000005",
        ),
    ],
)
def test_what_was_built_on_an_import_is_named_and_kept(
    store: Store, command: MoveToNextStage, named: str
) -> None:
    """Somebody went on with what came: undoing is refused, says where, and changes nothing."""
    batch_id = bring(store)
    contact = store.one("select contact_no from contacts where name = 'Coho'")
    owner = store.one("select owner_code from salespeople where name = 'Ann Jones'")
    assert contact
    assert owner
    known = {"COHO": contact[0], "ANN JONES": owner[0]}
    for name in ("contact_no", "owner_code", "no"):
        value = getattr(command, name, None)
        if value in known:
            object.__setattr__(command, name, known[value])
    carry_out(store, command, by="ANN", today=date(2024, 7, 1))
    after = tables(store)
    with pytest.raises(ImportBuiltOnError) as refusal:
        undo(store, batch_id)
    assert named.replace("COHO", contact[0]) in str(refusal.value)
    assert tables(store) == after


def test_a_later_import_that_met_the_same_contacts_is_undone_first(store: Store) -> None:
    """The second file adds an opportunity of a contact the first one made."""
    first = bring(store)
    more = DEALS + b"A5,Shelves,Coho,Ann Jones,Talk,2024-02-02,,2024-08-01,500,\n"
    second = bring(store, content=more)
    with pytest.raises(ImportBuiltOnError, match="OP000005"):
        undo(store, first)
    undo(store, second)
    undo(store, first)
    assert store.one("select count(*) from opportunities") == (0,)


def test_a_newer_file_is_undone_and_then_the_one_before(store: Store) -> None:
    """A1 went on to Offer in the second file; step by step everything is as it was."""
    empty = tables(store)
    first = bring(store)
    before = tables(store)
    newer = DEALS.replace(b"Ann Jones,Talk", b"Ann Jones,Offer").replace(b",1000,", b",1500,")
    second = bring(store, today=date(2024, 7, 8), content=newer)
    assert tables(store) != before
    undo(store, second)
    assert tables(store) == before
    undo(store, first)
    assert tables(store) == empty
    assert check(store).intact


def test_an_import_is_undone_once(store: Store) -> None:
    """The second time says when and by whom it was; a number nobody knows is refused too."""
    batch_id = bring(store)
    undo(store, batch_id)
    with pytest.raises(ImportUndoneError, match="by ME already"):
        undo(store, batch_id)
    with pytest.raises(UnknownImportError):
        undo(store, 17)


def test_rows_an_import_added_to_older_opportunities_are_taken_off_again(store: Store) -> None:
    """An import may go on with what is there; undone, the row before stands again."""
    bring(store)
    before = tables(store)
    carried = RecordImport(
        commands=(
            MoveToNextStage(opportunity_no="OP000001"),
            UpdateOpportunity(opportunity_no="OP000001", amount=7),
        ),
        source="acme",
        profile_name="acme",
        profile_toml=ACME,
    )
    (recorded,) = carry_out(store, carried, by="ME", today=date(2024, 7, 2))
    undo(store, int(recorded.no))
    assert check(store).intact
    assert tables(store) == before


def test_an_import_is_done_again_from_its_kept_files_with_a_mended_mapping(store: Store) -> None:
    """Offer had the wrong chances: the batch is replaced, its file comes from the store."""
    batch_id = bring(store)
    mended = profile.parse(ACME.replace("chances = 60", "chances = 75"), "acme")
    command = batch.again(store, batch_id, profile=mended, by="ME", today=TODAY)
    carry_out(store, command, by="ME", today=TODAY)
    offer = "select chances_percent from opportunities where external_id = 'A2'"
    assert store.one(offer) == (75,)
    assert store.one("select count(*) from opportunities") == (4,)
    assert list(import_record.past_imports(store)["undone_by"].notna()) == [False, True]


def test_a_mapping_that_fits_nothing_leaves_the_import_as_it_was(store: Store) -> None:
    """Both or neither: the old import stays when the new one is refused."""
    batch_id = bring(store)
    before = tables(store)
    strange = profile.parse(ACME.replace('"Deal"', '"Nothing"'), "acme")
    command = batch.again(store, batch_id, profile=strange, by="ME", today=TODAY)
    with pytest.raises(PipelineError):
        carry_out(store, command, by="ME", today=TODAY)
    assert tables(store) == before


def test_a_file_too_large_to_keep_is_known_by_its_hash(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can be undone and not be done again from here."""
    monkeypatch.setattr(import_record, "MOST_BYTES_KEPT", 10)
    batch_id = bring(store)
    with pytest.raises(FilesNotKeptError, match=r"deals\.csv"):
        batch.again(store, batch_id, by="ME", today=TODAY)
    undo(store, batch_id)


def test_no_name_of_a_dropped_file_leads_out_of_its_folder(tmp_path: Path) -> None:
    """A name is only a name: neither `..` nor a root nor a drive is followed."""
    names = ["../../etc/passwd", "C:\\Windows\\x.csv", "/abs.csv", "", ".."]
    files = [ImportedFile(name=name, content=b"x") for name in names]
    for path in batch.written(files, tmp_path):
        assert tmp_path in path.resolve().parents


def test_every_import_says_when_it_was(store: Store) -> None:
    """The moment is the batch's."""
    at = datetime.combine(TODAY, time(9))
    answers = Answers(profile=profile.parse(ACME, "acme"))
    plan = batch.plan_files(store, [FILE], answers=answers, by="ME", today=TODAY)
    carry_out(store, batch.import_of(plan, [FILE]), by="ME", today=TODAY, at=at)
    assert import_record.past_imports(store)["imported_at"].iloc[0] == at
