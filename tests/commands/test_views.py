"""Saved views: a page and its address under a name, one's own or everybody's."""

from datetime import date

import pytest

import pipeline
from pipeline.commands import Command, RemoveView, RenameView, SaveView, carry_out
from pipeline.domain.errors import MissingFieldError, PipelineError, TooLongError
from pipeline.domain.views import OthersViewError, UnknownViewError, ViewNameTakenError
from pipeline.reports import look_ups
from pipeline.store import Store

DAY = date(2026, 1, 28)


@pytest.fixture
def store() -> Store:
    """An empty store."""
    return pipeline.open()


def ask(store: Store, command: Command, *, by: str = "JO") -> int:
    """Carry one command out and give the number of its view."""
    return int(carry_out(store, command, by=by, today=DAY)[0].no)


def names(store: Store, person: str) -> list[str]:
    """The names a person sees."""
    return [view.name for view in look_ups.views(store, person)]


def test_a_view_keeps_page_and_address(store: Store) -> None:
    """What was saved is what is opened, to the letter."""
    ask(store, SaveView(name=" Mine ", page="win_rate", query="cycle=NEW&part=By+owner"))
    (view,) = look_ups.views(store, "JO")
    assert (view.name, view.page, view.query, view.by) == (
        "Mine",
        "win_rate",
        "cycle=NEW&part=By+owner",
        "JO",
    )


def test_one_sees_ones_own_and_what_is_shared(store: Store) -> None:
    """Sorted by name, whatever the case of the letters."""
    ask(store, SaveView(name="zebra", page="win_rate"))
    ask(store, SaveView(name="Ape", page="win_rate", shared=True), by="LT")
    ask(store, SaveView(name="Bear", page="win_rate"), by="LT")
    assert names(store, "JO") == ["Ape", "zebra"]
    assert names(store, "LT") == ["Ape", "Bear"]


def test_a_name_is_taken_once_among_what_one_sees(store: Store) -> None:
    """The refusal says who has it; what one does not see is in nobody's way."""
    ask(store, SaveView(name="Monday", page="win_rate", shared=True), by="LT")
    ask(store, SaveView(name="Secret", page="win_rate"), by="LT")
    with pytest.raises(ViewNameTakenError, match="“Monday” already, saved by LT"):
        ask(store, SaveView(name="monday", page="history"))
    ask(store, SaveView(name="Secret", page="history"))
    assert names(store, "JO") == ["Monday", "Secret"]


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (SaveView(name="  ", page="win_rate"), MissingFieldError),
        (SaveView(name="x" * 61, page="win_rate"), TooLongError),
        (SaveView(name="x", page=""), MissingFieldError),
        (SaveView(name="x", page="win_rate", query="x" * 25_001), TooLongError),
        (RenameView(view_id=7, name="x"), UnknownViewError),
        (RemoveView(view_id=7), UnknownViewError),
    ],
)
def test_what_cannot_be_saved_is_refused(
    store: Store, command: Command, refusal: type[PipelineError]
) -> None:
    """Nothing is recorded then."""
    with pytest.raises(refusal):
        ask(store, command)
    assert not store.rows("select * from views")


def test_ones_own_view_is_renamed_and_removed(store: Store) -> None:
    """It keeps its name in other letters; another one's name stays taken."""
    number = ask(store, SaveView(name="one", page="win_rate"))
    ask(store, SaveView(name="two", page="win_rate"))
    ask(store, RenameView(view_id=number, name="One"))
    with pytest.raises(ViewNameTakenError):
        ask(store, RenameView(view_id=number, name="TWO"))
    assert names(store, "JO") == ["One", "two"]
    ask(store, RemoveView(view_id=number))
    assert names(store, "JO") == ["two"]


def test_others_views_are_opened_and_left_alone(store: Store) -> None:
    """Whoever saved a view decides about it."""
    number = ask(store, SaveView(name="Ours", page="win_rate", shared=True), by="LT")
    for command in (RenameView(view_id=number, name="Mine"), RemoveView(view_id=number)):
        with pytest.raises(OthersViewError, match="saved by LT"):
            ask(store, command)
    assert names(store, "JO") == ["Ours"]
