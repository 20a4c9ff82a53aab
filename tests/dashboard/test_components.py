"""What the components decide without a screen: offers, grids of stages, the log in words."""

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from dashboard.components.drill import chosen_row
from dashboard.components.event_words import Known
from dashboard.components.offers import Step, impossible, possible
from dashboard.components.stage_grid import changes, grid, oddities
from dashboard.components.timeline import in_words
from pipeline.commands import DefineStage, RemoveStage, ReorderStages
from pipeline.domain.cycles import SalesCycle, Stage
from pipeline.domain.opportunities import Opportunity
from pipeline.domain.transitions import Action, Transition

CYCLE = SalesCycle(
    code="NEW",
    stages=tuple(
        Stage(stage=number, description=name, chances_percent=Decimal(chances), allow_skip=skip)
        for number, name, chances, skip in (
            (1, "Qualify", 10, False),
            (2, "Meet", 20, True),
            (3, "Propose", 50, True),
            (4, "Sign", 80, False),
        )
    ),
)


def opportunity(action: Action | None = None, stage: int = 0) -> Opportunity:
    """An opportunity that is not started, or stands where an action left it."""
    last = None
    if action is not None:
        last = Transition(
            nth=1,
            action=action,
            on=date(2026, 1, 5),
            cycle_code="NEW",
            stage=stage,
            from_stage=0,
            path="1",
            amount=Decimal(100),
            chances_percent=Decimal(10),
            completed_percent=Decimal(10),
            probability_percent=Decimal(10),
            weighted_amount=Decimal(10),
            expected_close_on=None,
            owner_code="JO",
            contact_no="C1",
        )
    return Opportunity(
        id=1,
        no="OP1",
        description="One",
        contact_no="C1",
        company_no="C1",
        owner_code="JO",
        cycle_code="NEW",
        created_on=date(2026, 1, 1),
        last=last,
    )


@pytest.mark.parametrize(
    ("at", "offered"),
    [
        (opportunity(), "first won lost reassign edit delete"),
        (opportunity(Action.FIRST, 1), "next update skip won lost quote reassign edit retract"),
        (
            opportunity(Action.NEXT, 3),
            "next update previous jump won lost quote reassign edit retract",
        ),
        (opportunity(Action.WON), "reopen edit retract delete"),
    ],
)
def test_the_moves_offered_are_those_the_cycle_allows(at: Opportunity, offered: str) -> None:
    """From the first stage one may skip ahead, from the third jump back; closed is closed."""
    assert [offer.step for offer in possible(at, CYCLE)] == offered.split()


def test_every_step_is_offered_or_explained() -> None:
    """Nothing is missing without a reason."""
    for at in (opportunity(), opportunity(Action.FIRST, 1), opportunity(Action.LOST)):
        refused = impossible(at, CYCLE)
        assert len(refused) + len(possible(at, CYCLE)) == len(Step)
        assert all(offer.refused for offer in refused)


def stages() -> pd.DataFrame:
    """The stages of the cycle as the store gives them."""
    return pd.DataFrame(
        [
            {
                "stage": stage.stage,
                "position": stage.stage,
                "description": stage.description,
                "completed_percent": 10.0,
                "chances_percent": float(stage.chances_percent),
                "allow_skip": stage.allow_skip,
                "quote_required": False,
                "activity_code": "",
                "forecast_category": "",
                "date_formula": "",
                "open_opportunities": 0,
                "ever_used": False,
            }
            for stage in CYCLE.stages
        ]
    )


def delta(**given: object) -> dict[str, object]:
    """What the editor reports."""
    return {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | given


def test_a_grid_that_was_not_touched_asks_for_nothing() -> None:
    """Saving it changes nothing."""
    assert changes("NEW", grid(stages()), delta()) == []


def test_an_edited_row_defines_its_stage_again_with_what_it_had() -> None:
    """Only the description changed; chances and skipping stay."""
    (first,) = changes("NEW", grid(stages()), delta(edited_rows={1: {"description": "Visit"}}))

    assert first.wish == DefineStage(
        cycle_code="NEW",
        stage=2,
        description="Visit",
        completed_percent=Decimal("10.0"),
        chances_percent=Decimal("20.0"),
        allow_skip=True,
        forecast_category="",
    )


def test_a_new_row_gets_the_next_number_and_the_place_typed() -> None:
    """The number names it for good; its place is the second."""
    asked = changes("NEW", grid(stages()), delta(added_rows=[{"description": "Demo", "place": 2}]))

    assert isinstance(asked[0], DefineStage)
    assert asked[0].stage == 5
    assert asked[-1] == ReorderStages(cycle_code="NEW", stages=(1, 5, 2, 3, 4))


@pytest.mark.parametrize(
    ("row", "place", "order"),
    [(3, 1, (4, 1, 2, 3)), (0, 3, (2, 3, 1, 4)), (2, 2, (1, 3, 2, 4)), (0, 99, (2, 3, 4, 1))],
)
def test_a_stage_moves_to_the_place_typed(row: int, place: int, order: tuple[int, ...]) -> None:
    """Up before whoever has the place, down behind."""
    asked = changes("NEW", grid(stages()), delta(edited_rows={row: {"place": place}}))

    assert asked[-1] == ReorderStages(cycle_code="NEW", stages=order)


def test_a_removed_row_removes_its_stage() -> None:
    """The others keep their order."""
    asked = changes("NEW", grid(stages()), delta(deleted_rows=[1]))

    assert asked == [RemoveStage(cycle_code="NEW", stage=2)]


def test_odd_cycles_are_pointed_out() -> None:
    """No stages; chances that fall; a chance of nothing."""
    assert "no stages" in oddities(stages().head(0))[0]
    assert oddities(stages()) == []
    falling = stages().assign(chances_percent=[50.0, 20.0, 0.0, 80.0])
    assert len(oddities(falling)) == 3


NOTHING_WRITTEN = pd.DataFrame(
    columns=["batch_id", "table_name", "kind", "before", "after", "command", "recorded_at"]
)


def test_the_log_reads_as_sentences() -> None:
    """Newest first; a row taken back says by whom and when, and so does the taking back."""
    blank = {
        "amount": 100.0,
        "weighted_amount": 10.0,
        "probability_percent": 10.0,
        "expected_close_on": pd.NaT,
        "owner_code": "LT",
        "close_reason_code": None,
        "forecast_category": None,
        "recorded_at": pd.Timestamp("2026-01-05 10:00"),
        "recorded_by": "JO",
        "retracted_by": None,
        "note": "",
    }
    log = pd.DataFrame(
        [
            blank
            | {"action": "won", "stage": 0, "from_stage": 4, "close_reason_code": "GOOD"}
            | {"valid_from": date(2026, 1, 9), "retracted_at": pd.Timestamp("2026-01-10")}
            | {"retracted_by": "LT"},
            blank
            | {"action": "skip", "stage": 4, "from_stage": 1}
            | {"valid_from": date(2026, 1, 8), "retracted_at": pd.NaT},
        ]
    )

    told = in_words(log, NOTHING_WRITTEN, Known(cycle=CYCLE, owners={"LT": "Lina"}))

    assert told["what"].tolist() == [
        "Took back: Won for 10.00 (GOOD)",
        "Taken back by LT on 10 Jan 2026: Won for 10.00 (GOOD)",
        "Skipped from Qualify to Sign",
    ]
    assert told["by"].tolist()[:2] == ["10 Jan 2026, 00:00 LT", "5 Jan 2026, 10:00 JO"]


@pytest.mark.parametrize(
    ("selection", "row"),
    [
        ({"rows": [2], "columns": [], "cells": []}, 2),
        ({"rows": [], "columns": []}, None),
        ({"points": [{"customdata": 4}]}, 4),
        ({"points": [{"customdata": [5]}]}, 5),
        ({"points": []}, None),
    ],
)
def test_a_click_names_its_row(selection: dict[str, object], row: int | None) -> None:
    """In a table, or on a mark of a figure."""
    assert chosen_row({"selection": selection}) == row
