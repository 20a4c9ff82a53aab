"""On one page: files dropped, questions answered, a dry run read, a batch imported and undone."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import session
from pipeline.commands import DefineSetting, carry_out
from pipeline.exporting.export import export
from pipeline.store import Store
from tests.dashboard.conftest import HOSTILE, TODAY, Opened

FLAGS = b"""Deal ID,Deal Name,Company,Owner,Stage,Status,Amount,Created Date,Close Date
1,Machines,Adatum,Ann Jones,Talk,open,1000,2025-01-02,2025-06-01
2,Chairs,Coho,Bob Ray,Offer,open,2000,2025-01-03,2025-06-02
3,Lamps,Adatum,Bob Ray,Offer,won,3000,2025-01-04,2025-03-01
4,Desks,Fabrikam,Ann Jones,Talk,lost,4000,2025-01-05,2025-03-02
"""
STAGES = b"""Deal ID,Deal Name,Stage,Amount,Created Date,Close Date
1,Machines,Talk,1000,2025-01-02,2025-06-01
2,Chairs,Closed Won,2000,2025-01-03,2025-03-01
3,Lamps,Closed Lost,3000,2025-01-04,2025-03-02
"""


def opened_with(opened: Opened, *files: tuple[str, bytes]) -> AppTest:
    """The page with files dropped on it."""
    app = opened("import_files")
    app.file_uploader[0].upload(files[0][0], files[0][1], "text/csv")
    for name, content in files[1:]:
        app.file_uploader[0].upload(name, content, "text/csv")
    return ran(app)


def ran(app: AppTest) -> AppTest:
    """The page after a run without an exception."""
    app.run()
    assert not app.exception, app.exception[0].stack_trace
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Press the button whose label begins so."""
    next(one for one in app.button if one.label.startswith(label)).click()
    return ran(app)


def count(store: Store) -> int:
    """How many opportunities there are."""
    return int(store.rows("select count(*) from opportunities")[0][0])


def test_files_are_dropped_read_imported_and_undone(opened: Opened) -> None:
    """Four opportunities come in as one batch and go again; before agreeing nothing is there."""
    app = opened_with(opened, ("deals.csv", FLAGS))
    assert [tile.value for tile in app.metric][0::2] == ["4", "0"]
    assert count(session.store()) == 0
    totals = app.dataframe[0].value
    assert list(totals["Opportunities"]) == ["1", "1", "1", "1"]
    press(app, "Import 4 opportunities")
    assert count(session.store()) == 4
    assert "deals.csv" in [text.value for text in app.text]
    press(app, "Undo")
    assert count(session.store()) == 0
    assert any("Undone by" in caption.value for caption in app.caption)


def test_the_same_file_twice_brings_nothing_new(opened: Opened) -> None:
    """The second time says so and offers nothing to agree to."""
    press(opened_with(opened, ("deals.csv", FLAGS)), "Import 4")
    app = opened_with(opened, ("deals.csv", FLAGS))
    assert any("nothing new" in info.value for info in app.info)
    assert not [button for button in app.button if button.label.startswith("Import")]


def test_won_and_lost_are_asked_where_nothing_says_them(opened: Opened) -> None:
    """Stages that sound like it are proposed; nothing is planned before somebody agrees."""
    app = opened_with(opened, ("deals.csv", STAGES))
    assert [box.value for box in app.multiselect if box.label.startswith("Stages that")] == [
        ["Closed Won"],
        ["Closed Lost"],
    ]
    assert not app.metric
    press(app, "That is right")
    press(app, "Import 3")
    outcomes = session.store().rows("select status from opportunities order by status")
    assert outcomes == [("in progress",), ("lost",), ("won",)]


def test_dates_that_can_be_read_two_ways_are_asked_about(opened: Opened) -> None:
    """Both readings are shown with an example; the answer decides the whole column."""
    content = FLAGS
    for month in range(1, 7):
        for day in range(1, 6):
            iso, mixed = f"2025-{month:02}-{day:02}", f"{day:02}/{month:02}/2025"
            content = content.replace(iso.encode(), mixed.encode())
    app = opened_with(opened, ("deals.csv", content))
    (choice,) = [radio for radio in app.radio if radio.label == "Read it as"]
    assert len(choice.options) == 2
    choice.set_value("dmy")
    press(app, "Read it so")
    press(app, "Import 4")
    first = session.store().rows("select min(created_on)::varchar from opportunities")
    assert first == [("2025-01-02",)]


def test_a_column_can_be_given_another_meaning_and_the_mapping_kept(opened: Opened) -> None:
    """The amount stands in a column nobody knows; corrected, it counts, and next time by itself."""
    content = FLAGS.replace(b"Amount", b"Zaster")
    app = opened_with(opened, ("deals.csv", content))
    assert set(app.dataframe[0].value["Amount"]) == {"0.00"}
    place = 6
    app.session_state["import-columns-0-0-0"] = {
        "edited_rows": {place: {"is": "amount"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    ran(app)
    assert "1,000.00" in set(app.dataframe[0].value["Amount"])
    name = next(box for box in app.text_input if box.label == "Keep this mapping as")
    name.set_value("Zaster")
    press(app, "Keep")
    again = opened_with(opened, ("other.csv", content))
    assert "1,000.00" in set(again.dataframe[0].value["Amount"])


def test_refused_rows_are_shown_with_their_number_and_can_be_downloaded(opened: Opened) -> None:
    """A date that is none: the row is refused, named, and in the error file."""
    content = FLAGS.replace(b"2025-01-03", b"soon")
    app = opened_with(opened, ("deals.csv", content))
    reasons = next(one.value for one in app.dataframe if "Why" in one.value)
    assert "It is not a date." in set(reasons["Why"])
    assert len(app.get("download_button")) == 1
    press(app, "Import 3")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("bomb.zip", b"PK\x03\x04 not really"),
        ("picture.csv", bytes(range(256)) * 20),
        ("other.csv", b"Weather,Mood\nSunny,Good\n"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(opened: Opened, name: str, content: bytes) -> None:
    """One sentence, no trace of Python, and a page that still works."""
    app = opened_with(opened, (name, content))
    assert len(app.error) == 1
    assert app.file_uploader


def test_names_in_files_are_never_markup(opened: Opened) -> None:
    """A hostile company, owner, stage and file name stand in cells and plain text only."""
    content = FLAGS.replace(b"Adatum", HOSTILE.encode()).replace(b"Ann Jones", b"[x](http://e)")
    app = opened_with(opened, ("![x](http:e).csv", content))
    marked = [one.value for one in (*app.markdown, *app.caption, *app.error, *app.info)]
    assert not [words for words in marked if "![x](" in words or "[x](http" in words]


def test_an_import_is_done_again_with_another_mapping(opened: Opened) -> None:
    """Its files come from the store, it is planned as if it had not been, and takes its place."""
    app = press(opened_with(opened, ("deals.csv", FLAGS)), "Import 4")
    press(app, "Do again")
    press(app, "Import 4 opportunities in place")
    assert count(session.store()) == 4
    undone = session.store().rows("select undone_by is not null from imports order by batch_id")
    assert undone == [(True,), (False,)]


def test_an_undo_that_is_refused_says_what_was_built_on_it(opened: Opened) -> None:
    """Somebody made its cycle the usual one."""
    app = press(opened_with(opened, ("deals.csv", FLAGS)), "Import 4")
    code = session.store().rows("select cycle_code from sales_cycles")[0][0]
    carry_out(
        session.store(), DefineSetting(name="default_cycle", value=code), by="JO", today=TODAY
    )
    press(app, "Undo")
    assert "default" in app.error[0].value
    assert count(session.store()) == 4


def test_an_export_of_another_store_is_read_back(
    opened: Opened, company: Store, tmp_path: Path
) -> None:
    """It is recognised; a store that is not empty refuses it."""
    export(company, "csv", tmp_path / "all.zip")
    app = opened_with(opened, ("all.zip", (tmp_path / "all.zip").read_bytes()))
    assert "export of a whole store" in app.info[0].value
    press(app, "Read back 5 opportunities")
    assert "not empty" in app.error[0].value


def test_everything_can_be_taken_out(opened: Opened, company: Store) -> None:
    """Three formats and a backup; the page makes none of them before it is asked."""
    assert company.one("select 1")
    app = opened("export")
    assert len(app.get("download_button")) == 4
