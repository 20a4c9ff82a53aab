"""Where one opportunity stands: its name, whose it is, and five figures."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from dashboard import formats
from dashboard.components.furniture import Tile, tiles
from dashboard.components.offers import stage_name
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.opportunities import Opportunity, Status
from pipeline.domain.transitions import Transition


def standing(
    opportunity: Opportunity,
    cycle: SalesCycle,
    *,
    contact: str,
    owners: Mapping[str, str],
    today: date,
) -> None:
    """Draw the header of the page."""
    st.title(formats.escape_markdown(opportunity.description), anchor=False)
    owner = owners.get(opportunity.owner_code or "", opportunity.owner_code or formats.NOTHING)
    st.text(" · ".join([opportunity.no, contact, owner, cycle.code, _since(opportunity)]))
    tiles(figures(opportunity, cycle, today))


def figures(opportunity: Opportunity, cycle: SalesCycle, today: date) -> list[Tile]:
    """The five figures of a standing; an opportunity that is not started has its status only."""
    last = opportunity.last
    if last is None:
        return [Tile(label="Status", value="Not started")]
    return [
        _place(opportunity, cycle, last),
        Tile(label="Amount", value=formats.money(last.amount)),
        Tile(label="Probability", value=formats.percent(last.probability_percent, 1)),
        Tile(label="Weighted amount", value=formats.money(last.weighted_amount)),
        _close(opportunity, last, today),
    ]


def _place(opportunity: Opportunity, cycle: SalesCycle, last: Transition) -> Tile:
    if opportunity.status is Status.IN_PROGRESS:
        name = formats.escape_markdown(formats.shortened(stage_name(cycle, last.stage), 22))
        return Tile(label="Stage", value=name, note=f"changed {formats.day(last.on)}")
    return Tile(label="Status", value=str(opportunity.status).capitalize())


def _close(opportunity: Opportunity, last: Transition, today: date) -> Tile:
    expected = last.expected_close_on
    if opportunity.status is not Status.IN_PROGRESS:
        return Tile(label="Closed", value=formats.day(last.on))
    late = expected is not None and expected < today
    return Tile(label="Expected close", value=formats.day(expected), note="overdue" if late else "")


def _since(opportunity: Opportunity) -> str:
    return f"created {formats.day(opportunity.created_on)}"
