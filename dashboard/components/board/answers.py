"""Carry out what is asked for on the board, and answer: done, refused, or what is still needed."""

from typing import Any

import streamlit as st

from dashboard import formats, session
from dashboard.components.board import wishes
from dashboard.components.board.cards import iso
from dashboard.components.board.wishes import Wish
from dashboard.components.offers import stage_name
from pipeline.commands import CompleteTask, UndoBatch
from pipeline.domain import drops
from pipeline.domain.closing import Outcome
from pipeline.domain.cycles import SalesCycle
from pipeline.domain.errors import ChangedMeanwhileError, PipelineError
from pipeline.domain.opportunities import Opportunity
from pipeline.reports import look_ups
from pipeline.reports.board import as_seen
from pipeline.reports.board import notes as notes_of
from pipeline.reports.quotes import quotes_of_contact

Json = dict[str, Any]
MOVED = "board:moved"
"""The opportunities moved on this visit, the last first: they stand on top of their columns."""
_MOST_MOVED = 30
_LABELS = {
    "quote_no": "Quote",
    "amount": "Amount",
    "chances_percent": "Chances of success %",
    "expected_close_on": "Expected close date",
    "close_reason_code": "Close reason",
    "sales_amount": "Sales amount",
    "note": "Note",
}
_KINDS = {"expected_close_on": "date", "amount": "number", "sales_amount": "number"}
_KINDS |= {"chances_percent": "number", "quote_no": "choice", "close_reason_code": "choice"}


def answer(wish: Wish) -> Json:
    """Carry a wish out; the answer carries its turn, the sentence to say and the version now."""
    try:
        given = _GIVERS[wish.kind](wish)
    except PipelineError as refusal:
        given = _refused(wish, refusal)
    return {"turn": wish.turn, "no": wish.no} | given


# --- one opportunity ------------------------------------------------------------------------------


def _looked_up(no: str, seen: int | None = None) -> tuple[Opportunity, SalesCycle]:
    """The opportunity and its cycle; refused when it is not any more what was seen."""
    with session.read() as reading:
        opportunity = as_seen(reading, no, seen)
        return opportunity, look_ups.sales_cycle(reading, opportunity.cycle_code)


def _column_name(cycle: SalesCycle, stage: int | None) -> str:
    return stage_name(cycle, stage) if stage else "Not started"


def _move(wish: Wish) -> Json:
    opportunity, cycle = _looked_up(wish.no, wish.seen)
    try:
        recorded = session.record(*wishes.moving(wish, opportunity, cycle))
    except PipelineError as refusal:
        if refusal.field not in drops.ASKED:
            raise
        return _ask_for_move(wish, opportunity, cycle, refusal)
    _put_on_top(opportunity)
    start, end = _column_name(cycle, opportunity.at), _column_name(cycle, wish.to)
    return _did(recorded, f"{opportunity.description}: moved from {start} to {end}.")


def _put_on_top(opportunity: Opportunity) -> None:
    others = [moved for moved in st.session_state.get(MOVED, []) if moved != opportunity.id]
    st.session_state[MOVED] = [opportunity.id, *others][:_MOST_MOVED]


def _did(recorded: list[Any], say: str) -> Json:
    """What was done, and the batch that takes it back; as text, a browser would round it."""
    return {"result": "done", "say": say, "batch": str(recorded[0].batch_id)}


def _ask_for_move(
    wish: Wish, opportunity: Opportunity, cycle: SalesCycle, refusal: PipelineError
) -> Json:
    needed = wishes.still_needed(wish, opportunity, cycle, session.today())
    asked = {*needed, *wish.typed, refusal.field}
    names = [name for name in drops.ASKED if name in asked]
    return _ask(wish, opportunity, names, refusal) | {
        "title": f"To {_column_name(cycle, wish.to)}",
        "button": "Move",
    }


def _close(wish: Wish) -> Json:
    opportunity, _ = _looked_up(wish.no, wish.seen)
    won = wish.outcome == Outcome.WON
    names = ["sales_amount"] * won + ["close_reason_code", "note"]
    looks = {"title": f"Close as {wish.outcome}", "button": f"Close as {wish.outcome}"}
    opportunity.check_open()
    if not wish.typed:
        return _ask(wish, opportunity, names, None) | looks
    try:
        recorded = session.record(*wishes.closing(wish))
    except ChangedMeanwhileError:
        raise
    except PipelineError as refusal:
        return _ask(wish, opportunity, names, refusal) | looks
    return _did(recorded, f"{opportunity.description}: closed as {wish.outcome}.")


def _ask(
    wish: Wish, opportunity: Opportunity, names: list[str], refusal: PipelineError | None
) -> Json:
    """What the panel at the card asks for, what was typed kept, the complaint at its field."""
    first_time = refusal is not None and not wish.typed
    return {
        "result": "ask",
        "fields": [_field(name, wish, opportunity) for name in names],
        "say": str(refusal) if refusal else "",
        "field": refusal.field if refusal and not first_time else "",
        "version": opportunity.version,
    }


def _field(name: str, wish: Wish, opportunity: Opportunity) -> Json:
    options = _options(name, wish, opportunity)
    proposed = options[0][0] if options else _proposed(name, opportunity)
    return {
        "name": name,
        "label": _LABELS[name],
        "kind": _KINDS.get(name, "text"),
        "value": wish.typed.get(name, proposed),
        "options": options,
    }


def _proposed(name: str, opportunity: Opportunity) -> str:
    """What a field begins with: what stands there now."""
    last = opportunity.last
    if name == "sales_amount":
        brings = opportunity.won_amount(None)
        return "" if brings is None else str(brings)
    if name == "amount" and last and last.amount:
        return str(last.amount)
    return iso(last.expected_close_on) if name == "expected_close_on" and last else ""


def _options(name: str, wish: Wish, opportunity: Opportunity) -> list[list[str]]:
    """What can be chosen in a field: code and words."""
    with session.read() as reading:
        if name == "close_reason_code":
            reasons = look_ups.close_reasons(reading).get(Outcome(wish.outcome), {})
            one = len(reasons) == 1
            return [*([] if one else [["", "Choose a reason"]]), *map(list, reasons.items())]
        if name == "quote_no":
            found = quotes_of_contact(reading, opportunity.contact_no or "")
            return [["", "A new quote for the amount"], *map(list, found.items())]
    return []


def _save(wish: Wish) -> Json:
    asked = wishes.saving(wish)
    if not asked:
        return {"result": "done", "say": "Nothing was changed."}
    recorded = session.record(*asked)
    opportunity, _ = _looked_up(wish.no)
    return _did(recorded, f"{opportunity.description}: saved.")


def _done(wish: Wish) -> Json:
    recorded = session.record(CompleteTask(task_no=wish.task_no))
    opportunity, _ = _looked_up(wish.no)
    return _did(recorded, f"{opportunity.description}: the next step is done.")


def _undo(wish: Wish) -> Json:
    """Take back what was just done on a card; it stands on top of the column it comes back to."""
    session.record(UndoBatch(batch_id=wish.batch))
    opportunity, cycle = _looked_up(wish.no)
    _put_on_top(opportunity)
    stage = opportunity.at
    place = f"it stands in {_column_name(cycle, stage)}"
    return {
        "result": "done",
        "say": f"{opportunity.description}: taken back; {place}.",
        "to": stage or drops.DRAFTS,
    }


def _open(wish: Wish) -> Json:
    """What the panel of a card shows beside the card: its latest notes."""
    with session.read() as reading:
        notes = notes_of(reading, wish.no)
    return {
        "result": "opened",
        "notes": [
            {"text": row.note, "by": f"{formats.day(row.note_on)}, {row.recorded_by}"}
            for row in formats.rows(notes)
        ],
    }


def _nothing(_wish: Wish) -> Json:
    return {"result": "shown"}


def _refused(wish: Wish, refusal: PipelineError) -> Json:
    """The reason, where it belongs, and the version there is now: the next try is judged on it."""
    try:
        version = _looked_up(wish.no)[0].version
    except PipelineError:
        version = None
    return {
        "result": "refused",
        "say": str(refusal),
        "field": refusal.field or "",
        "version": version,
    }


_GIVERS = {
    "move": _move,
    "close": _close,
    "save": _save,
    "done": _done,
    "undo": _undo,
    "open": _open,
    "more": _nothing,
    "go": _nothing,
    "list": _nothing,
}
