"""What a person says beside the file is checked: what closes, who imports; chances assumed."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.commands import DefineSalesperson, carry_out
from pipeline.domain.errors import UnknownSalespersonError
from pipeline.importing import command_line
from pipeline.importing.draft import Answers, plan_import
from pipeline.importing.errors import OutcomeUnknownError, StrangeAnswerError
from pipeline.importing.plan import ImportPlan
from pipeline.store import Store

Ask = Callable[..., ImportPlan]
TODAY = date(2024, 6, 30)


@pytest.fixture
def ask(store: Store, story: Path) -> Ask:
    """Plan the import of the story's file with answers, no profile chosen."""

    def plan(won: tuple[str, ...] = (), lost: tuple[str, ...] = ()) -> ImportPlan:
        return plan_import(
            store, [story], answers=Answers(won=won, lost=lost), by="ME", today=TODAY
        )

    return plan


def test_new_stages_without_chances_rise_evenly_and_it_is_said(ask: Ask) -> None:
    """No column of chances: three open stages, and one that is won.

    Deal ID,Deal Name,Stage,Amount,Created,Close Date
    1,Pump,Talk,100,2024-01-02,2024-09-01
    2,Hose,Offer,100,2024-01-02,2024-09-01
    3,Tank,Haggle,100,2024-01-02,2024-09-01
    4,Lid,Signed,100,2024-01-02,2024-03-01
    """
    plan = ask(won=("signed",), lost=("none",))
    assert plan.catalogue.stages["chances"].tolist() == [25, 50, 75]
    said = "3 new stages: chances are assumed, set your own on the sales cycles page."
    assert said in plan.notes


def test_chances_that_are_said_are_not_assumed(ask: Ask) -> None:
    """Offer has no chance of its own; it lies between those around it.

    Deal ID,Deal Name,Stage,Amount,Created,Close Date,Probability
    1,Pump,Talk,100,2024-01-02,2024-09-01,10
    2,Hose,Offer,100,2024-01-02,2024-09-01,
    3,Tank,Haggle,100,2024-01-02,2024-09-01,40
    """
    plan = ask(won=("none",), lost=("none",))
    assert plan.catalogue.stages["chances"].tolist() == [10, 40, 40]
    said = "1 new stages: chances are assumed, set your own on the sales cycles page."
    assert said in plan.notes


def test_a_stage_that_is_not_in_the_file_is_refused_with_the_nearest(ask: Ask) -> None:
    """One letter is wrong; and one stage cannot mean both.

    Deal ID,Deal Name,Stage,Amount,Created,Close Date
    1,Pump,Talk,100,2024-01-02,2024-09-01
    2,Lid,Signed,100,2024-01-02,2024-03-01
    3,Can,Broken off,100,soon,2024-03-01
    """
    with pytest.raises(StrangeAnswerError, match=r"“Singed”.* Did you mean “Signed”"):
        ask(won=("Singed",))
    with pytest.raises(StrangeAnswerError, match="cannot mean both"):
        ask(won=("Signed",), lost=("signed",))
    assert len(ask(won=("Signed",), lost=("Broken off",)).opportunities) == 2


def test_a_file_of_open_opportunities_only_says_how_to_answer(ask: Ask) -> None:
    """Nothing is won and nothing lost, and that can be said.

    Deal ID,Deal Name,Stage,Amount,Created,Close Date
    1,Pump,Talk,100,2024-01-02,2024-09-01
    """
    with pytest.raises(OutcomeUnknownError, match="--won none --lost none"):
        ask()
    assert len(ask(won=("none",), lost=("none",)).opportunities) == 1


def test_nobody_imports_once_there_are_salespeople(story: Path, store: Store) -> None:
    """While there are none anybody may; then the nearest code is named.

    Deal ID,Deal Name,Stage,Amount,Created,Close Date
    1,Pump,Talk,100,2024-01-02,2024-09-01
    """
    parser = argparse.ArgumentParser()
    command_line.add_arguments(parser)
    words = ["--won", "none", "--lost", "none", "--dry-run", "--today", "2024-06-30"]

    def run(*by: str) -> int:
        return command_line.run(store, parser.parse_args([str(story), *words, *by]))

    assert run("--by", "nobody") == 0
    carry_out(store, DefineSalesperson(code="ANNJ", name="Ann Jones"), by="ME", today=TODAY)
    with pytest.raises(UnknownSalespersonError, match="Did you mean ANNJ"):
        run("--by", "ANJN")
    assert run("--by", "ANNJ") == 0
    assert run() == 0
