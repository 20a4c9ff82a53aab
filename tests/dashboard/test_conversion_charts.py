"""The figures of conversion: every cell with its number, young cohorts grey, steps as flows."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

import pipeline
from dashboard.charts import (
    conversion_by,
    conversion_cohorts,
    counting_rules,
    stage_transitions,
    win_rate_conventions,
)
from dashboard.theme import Mode, palette
from pipeline import reports
from pipeline.store import Store
from tests.stories import Q1, ten_opportunities

MODES: list[Mode] = ["light", "dark"]
ALL = replace(Q1, from_on=None, to_on=None)


@pytest.fixture(scope="module")
def ten() -> Iterator[Store]:
    """The ten opportunities."""
    with pipeline.open(":memory:") as store:
        yield ten_opportunities(store)


def words(figure: object) -> list[str]:
    """What is written on the figure."""
    return [each.text for each in figure.layout.annotations]  # type: ignore[attr-defined]


@pytest.mark.parametrize("mode", MODES)
def test_every_rule_has_a_row_and_the_whole_cycle_a_column(ten: Store, mode: Mode) -> None:
    """Six rules, three stages and the product."""
    figure = counting_rules.counting_rules(
        reports.counting_rules(ten, Q1).frame, reports.counting_rules_answers(ten, Q1).frame, mode
    )
    written = words(figure)
    assert len(written) == 6 * 4
    assert written[:4] == [
        "70\u00a0%<br>10",
        "71\u00a0%<br>7",
        "60\u00a0%<br>5",
        "<b>30.0\u00a0%</b>",
    ]
    assert figure.layout.yaxis.ticktext[0] == "<b>R1 high water</b>"
    assert figure.layout.height >= 140


@pytest.mark.parametrize("mode", MODES)
def test_young_cohorts_are_in_the_grey_layer(ten: Store, mode: Mode) -> None:
    """Of the five months only November is old enough for colour."""
    figure = conversion_cohorts.cohorts(reports.conversion_cohorts(ten, ALL).frame, mode)
    ripe, young = figure.data
    assert [any(cell is not None for cell in line) for line in ripe.z] == [True] + [False] * 4
    assert [any(cell is not None for cell in line) for line in young.z] == [False] + [True] * 4
    assert figure.layout.yaxis.ticktext[0] == "Nov 2024"
    assert "100\u00a0%<br>3" in words(figure)


@pytest.mark.parametrize("mode", MODES)
def test_a_stage_through_time_opens_to_its_cohorts(ten: Store, mode: Mode) -> None:
    """Three months, each mark with its row."""
    frame = reports.conversion_cohorts(ten, ALL, cohort="reached", stage=2).frame
    figure = conversion_cohorts.through_time(frame, mode)
    assert list(figure.data[0].customdata) == [0, 1, 2]
    assert list(figure.data[0].x) == ["Dec 2024", "Jan 2025", "Feb 2025"]


@pytest.mark.parametrize("mode", MODES)
def test_parts_stand_beside_the_rate_of_all(ten: Store, mode: Mode) -> None:
    """A hollow and a filled mark per part, and the line of all."""
    report = reports.conversion_by(ten, ALL, by="size")
    figure = conversion_by.conversion_by(report.frame, report.totals["advance_rate"], mode)
    assert [len(trace.x) for trace in figure.data] == [3, 3]
    assert figure.layout.shapes[0].x0 == pytest.approx(0.3)
    assert not any("▲" in text or "▼" in text for text in words(figure))


@pytest.mark.parametrize("mode", MODES)
def test_steps_flow_from_left_to_right_and_back_ones_are_grey(ten: Store, mode: Mode) -> None:
    """The won link has the colour of won, the one from 3 back to 2 that of context."""
    frame = reports.stage_transitions(ten, ALL).frame
    sankey = stage_transitions.transitions(frame, mode).data[0]
    assert list(sankey.link.value) == frame["steps"].tolist()
    assert sankey.node.label[0] == "Started 10"
    colors = dict(zip(frame["way"], sankey.link.color, strict=True))
    assert len({colors["won"], colors["lost"], colors["back"], colors["on"]}) == 4
    assert set(sankey.link.source).isdisjoint(sankey.link.target)


@pytest.mark.parametrize("mode", MODES)
def test_conventions_and_losses(ten: Store, mode: Mode) -> None:
    """A mark for each convention, a bar for each loss, the dearest first."""
    conventions = win_rate_conventions.conventions(
        reports.win_rate_conventions(ten, Q1).frame, mode
    )
    assert words(conventions)[0] == "<b>60.0\u00a0%</b> · 3 of 5"
    losses = win_rate_conventions.losses(reports.loss_reasons(ten, Q1).frame, mode)
    assert list(losses.data[0].x) == [20_000, 12_000]
    assert list(losses.data[0].marker.color) == [palette(mode).lost] * 2
