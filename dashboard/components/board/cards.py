"""What the browser needs to draw the board, every figure already in words; no Streamlit."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from dashboard import formats
from dashboard.selection import Query
from dashboard.theme import Mode, palette, stage_colors
from pipeline.domain import drops
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.opportunities import Status

Json = dict[str, Any]
Lists = Mapping[int, Mapping[str, Query]]
"""The address of the list behind each figure of each stage."""
FIGURES = {
    "opportunities": "",
    "overdue": "overdue",
    "rotting": "rotting",
    "without_next_step": "without a next step",
    "without_amount": "without an amount",
}
"""What is counted in the head of a column, in words; the number of all its cards first."""


def columns(
    frame: pd.DataFrame,
    cards: pd.DataFrame,
    windows: Mapping[int, int],
    mode: Mode,
    lists: Lists,
) -> list[Json]:
    """The columns of one cycle in order, each with its totals and the cards of its window.

    `lists` are the addresses of the lists behind the figures of each column.
    """
    stages = formats.rows(frame)
    colors = [palette(mode).context, *stage_colors(max(1, len(stages) - 1), mode)]
    shown = dict(iter(cards.groupby("stage")))
    return [
        _column(row, color, lists.get(int(row.stage), {}))
        | {
            "first": windows.get(int(row.stage), 0),
            "cards": [card(each) for each in formats.rows(shown.get(row.stage, cards.iloc[:0]))],
        }
        for row, color in zip(stages, colors, strict=True)
    ]


def _column(row: formats.Row, color: str, lists: Mapping[str, Query]) -> Json:
    started = int(row.stage) != drops.DRAFTS
    return {
        "stage": int(row.stage),
        "name": str(row.stage_description),
        "count": int(row.opportunities),
        "number": formats.count(row.opportunities),
        "sums": _sums(row) if started else "counted apart",
        "lists": _lists(row, lists),
        "color": color,
    }


def _sums(row: formats.Row) -> str:
    amount, weighted = formats.money_short(row.amount), formats.money_short(row.weighted_amount)
    return f"{amount} · {weighted} weighted"


def _lists(row: formats.Row, lists: Mapping[str, Query]) -> list[Json]:
    """The figures of a column that open: all of it first, then how many are marked for what."""
    return [
        {
            "what": what,
            "text": f"{formats.count(getattr(row, what))} {words}".strip(),
            "href": f"./opportunities?{urlencode(lists[what], doseq=True)}",
        }
        for what, words in FIGURES.items()
        if what in lists and (getattr(row, what) or not words)
        # What is not started may well be without an amount.
        if row.stage != drops.DRAFTS or what != "without_amount"
    ]


def card(row: formats.Row) -> Json:
    """One card: what it says, what it is marked for, and what its panel begins with."""
    dated = not formats.is_missing(row.expected_close_on)
    amount = "" if formats.is_missing(row.amount) else formats.fixed(row.amount, 2).replace(",", "")
    return {
        "no": str(row.opportunity_no),
        "version": int(row.version),
        "place": int(row.place),
        "title": str(row.description) or str(row.opportunity_no),
        "contact": formats.text(row.contact_name),
        "owner": formats.text(row.owner_name),
        "amount": formats.money_short(row.amount),
        "exactly": formats.money(row.amount),
        "weighted": formats.money(row.weighted_amount),
        "probability": formats.percent(row.probability_percent),
        "closes": formats.day(row.expected_close_on) if dated else "",
        "days": formats.days(row.stage_age_days),
        "since": "in stage" if row.stage != drops.DRAFTS else "since it was entered",
        "limit": formats.days(row.limit_days),
        "marks": _marks(row),
        "step": _step(row),
        "typed": {"amount": amount, "expected_close_on": iso(row.expected_close_on)},
    }


def iso(day: object) -> str:
    """A day as a date field holds it; empty where there is none."""
    return "" if formats.is_missing(day) else f"{pd.Timestamp(day):%Y-%m-%d}"  # type: ignore[arg-type]


def _marks(row: formats.Row) -> list[Json]:
    marks = []
    if row.is_overdue:
        marks.append({"kind": "overdue", "text": "Overdue"})
    if row.is_rotting:
        marks.append({"kind": "rotting", "text": f"Rotting, limit {formats.days(row.limit_days)}"})
    if formats.is_missing(row.next_step_no):
        marks.append({"kind": "stepless", "text": "No next step"})
    return marks


def _step(row: formats.Row) -> Json | None:
    if formats.is_missing(row.next_step_no):
        return None
    return {
        "no": str(row.next_step_no),
        "text": str(row.next_step),
        "on": formats.day(row.next_step_on),
    }


def moves(cycle: SalesCycle, stages: Sequence[int]) -> dict[str, dict[str, str]]:
    """From each column to each other: why a card cannot go there, empty where it can."""
    return {
        str(here): {str(to): drops.refused(cycle, here or None, to) for to in stages if to != here}
        for here in stages
    }


def answer_line(number: int, sums: Mapping[str, float | None]) -> str:
    """The sentence over the board."""
    drafts = int(sums["not_started"] or 0)
    apart = f"; {formats.count(drafts)} {Status.NOT_STARTED}" if drafts else ""
    return (
        f"**{formats.opportunities(number)}** in progress, "
        f"{formats.money_short(sums['amount'])} together, "
        f"{formats.money_short(sums['weighted_amount'])} weighted{apart}."
    )
