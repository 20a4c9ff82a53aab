"""Everything that happened to an opportunity, in words; no Streamlit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.components.offers import stage_name
from dashboard.formats import Row
from pipeline.domain.categories import reason_in
from pipeline.domain.cycles import SalesCycle

_ACTIONS = {
    "first": "Started in {to}",
    "next": "Moved on from {at} to {to}",
    "previous": "Moved back from {at} to {to}",
    "skip": "Skipped from {at} to {to}",
    "jump": "Jumped back from {at} to {to}",
    "update": "Updated in {to}",
    "reassign": "Given to {owner}",
    "edit": "Edited",
    "won": "Won for {won}",
    "lost": "Lost",
    "reopen": "Reopened in {to}",
}
_FIELDS = {
    "description": "description",
    "contact_no": "contact",
    "campaign_no": "campaign",
    "priority": "priority",
    "cycle_code": "sales cycle",
    "forecast_category": "category",
    "list_no": "contact list",
    "due_on": "date",
    "status": "status",
    "type": "kind",
    "owner_code": "owner",
    "team_code": "team",
}
"""The fields a change of which is told, by what they are called."""
_FIGURES: dict[str, tuple[str, Callable[[object], str]]] = {
    "amount": ("amount", formats.money),
    "expected_close_on": ("expected close", formats.day),
    "chances_percent": ("chances", formats.percent),
}
"""What is told of a row of the log where it differs from the row before."""
_CLOSES = ("won", "lost")

Written = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The names of what is named by codes."""

    cycle: SalesCycle
    owners: Mapping[str, str]
    contacts: Mapping[str, str] = field(default_factory=dict)
    campaigns: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)

    def called(self, name: str, value: object) -> str:
        """Give a value of a field as people call it."""
        if formats.is_missing(value) or value == "":
            return "none"
        code = str(value)
        if name.endswith("_on"):
            return formats.day(value)
        names = {
            "owner_code": self.owners,
            "contact_no": self.contacts,
            "campaign_no": self.campaigns,
            "team_code": self.teams,
        }
        return names.get(name, {}).get(code, code)


def told(log: pd.DataFrame, events: pd.DataFrame, known: Known) -> pd.DataFrame:
    """Every change of an opportunity, the newest first.

    Columns: `at` (when it was recorded), `on` (the day it took effect), `what`, `by`, `note`.
    """
    edits = _edits(events)
    all_of_it = [*_of_log(log, edits, known), *_of_events(events, log, known)]
    frame = pd.DataFrame(all_of_it, columns=["at", "on", "what", "by", "note"])
    return frame.sort_values("at", ascending=False, kind="stable").reset_index(drop=True)


def _event(at: object, on: object, what: str, by: object, note: object = "") -> dict[str, object]:
    return {
        "at": pd.Timestamp(at),  # type: ignore[arg-type]
        "on": formats.day(on),
        "what": what,
        "by": str(by),
        "note": "" if formats.is_missing(note) else str(note),
    }


# --- the log -------------------------------------------------------------------------------------


def _edits(events: pd.DataFrame) -> dict[int, tuple[Written, Written]]:
    """What a batch wrote to the fields of the opportunity, before and after, by batch."""
    return {
        row.batch_id: (row.before, row.after)
        for row in formats.rows(events)
        if row.table_name == "opportunities" and row.kind == "row" and row.before
    }


def _of_log(
    log: pd.DataFrame, edits: Mapping[int, tuple[Written, Written]], known: Known
) -> Iterator[dict[str, object]]:
    """A row of the log each, the newest first; what was taken back is told twice."""
    rows = formats.rows(log)
    for place, row in enumerate(rows):
        before = next((one for one in rows[place + 1 :] if _stands(one)), None)
        sentence = _sentence(row, before, edits.get(getattr(row, "batch_id", 0)), known)
        categorised = _categorised(row, before)
        note = "" if row.action == "edit" and not categorised else reason_in(str(row.note or ""))
        if _stands(row):
            yield _event(row.recorded_at, row.valid_from, sentence, row.recorded_by, note)
            continue
        by, day = formats.text(row.retracted_by), formats.day(row.retracted_at)
        yield _event(row.retracted_at, row.retracted_at, f"Took back: {sentence}", by)
        taken_back = f"Taken back by {by} on {day}: {sentence}"
        yield _event(row.recorded_at, row.valid_from, taken_back, row.recorded_by, note)


def _stands(row: Row) -> bool:
    return formats.is_missing(row.retracted_at)


def _sentence(
    row: Row, before: Row | None, edit: tuple[Written, Written] | None, known: Known
) -> str:
    """One transition as a sentence, with what changed."""
    owner = known.called("owner_code", row.owner_code)
    sentence = _ACTIONS[row.action].format(
        at=stage_name(known.cycle, int(row.from_stage)),
        to=stage_name(known.cycle, int(row.stage)),
        owner=owner,
        won=formats.money(row.weighted_amount),
    )
    if not formats.is_missing(row.close_reason_code):
        sentence += f" ({row.close_reason_code})"
    if row.action == "edit" and (words := _categorised(row, before)):
        return words
    if row.action == "edit":
        changes = _changes(*edit, known) if edit else []
        return _with(sentence, changes or [row.note] * bool(row.note))
    if row.action == "reassign" and before is not None:
        return f"{sentence} (was {known.called('owner_code', before.owner_code)})"
    return _with(sentence, [] if before is None else _figures(before, row))


def _categorised(row: Row, before: Row | None) -> str:
    """That somebody put it into another forecast category, or left that to its stage; else blank.

    A move that changes the category with the stage tells of the move.
    """
    was, now = (
        None if one is None or formats.is_missing(one.forecast_category) else one.forecast_category
        for one in (before, row)
    )
    if was == now:
        return ""
    if not now:
        return f"Forecast left to the stage again (was {was})"
    return f"Forecast as {now} ({f'was {was}' if was else 'until then by its stage'})"


def _figures(before: Row, row: Row) -> list[str]:
    """What a move or an update changed of the figures; closing sets all of them anyway."""
    if row.action in _CLOSES:
        return []
    shown = ("amount", "expected_close_on", *(["chances_percent"] * (row.action == "update")))
    return [
        f"{label} {write(getattr(before, name))} → {write(getattr(row, name))}"
        for name in shown
        for label, write in [_FIGURES[name]]
        if write(getattr(before, name)) != write(getattr(row, name))
    ]


def _with(sentence: str, changes: list[str]) -> str:
    return f"{sentence}: {'; '.join(changes)}" if changes else sentence


def _changes(before: Written, after: Written, known: Known) -> list[str]:
    """The fields that differ: `priority normal → high`."""
    return [
        f"{label} {known.called(name, before.get(name))} → {known.called(name, after.get(name))}"
        for name, label in _FIELDS.items()
        if name in after and before.get(name) != after.get(name)
    ]


# --- what is around it ---------------------------------------------------------------------------


def _of_events(
    events: pd.DataFrame, log: pd.DataFrame, known: Known
) -> Iterator[dict[str, object]]:
    edited = set(log.loc[log["action"] == "edit", "batch_id"]) if "batch_id" in log else set()
    for row in formats.rows(events):
        if row.table_name == "opportunities" and row.kind == "row" and row.batch_id in edited:
            continue  # its row of the log tells it
        what = _TELL[row.table_name](row, known)
        if what:
            note = str(row.command) if "undo" in str(row.command) else ""
            yield _event(row.recorded_at, row.recorded_at, what, row.recorded_by, note)


def _opportunity(row: Row, known: Known) -> str:
    if row.kind == "created":
        return "Created" if row.command == "entry" else f"Created, from {row.command}"
    if row.kind in ("removal", "return"):
        return "Deleted" if row.kind == "removal" else "There again"
    if not row.before:
        return ""
    parts = [*_quote(row), *_owner(row, known)]
    fields = {name: value for name, value in row.after.items() if name != "owner_code"}
    changes = _changes(row.before, fields, known)
    return ". ".join([*parts, *([_with("Edited", changes)] * bool(changes))])


def _quote(row: Row) -> list[str]:
    before, after = row.before.get("quote_no"), row.after.get("quote_no")
    if before == after:
        return []
    return [f"Quote {after} assigned" if after else f"Quote {before} taken off"]


def _owner(row: Row, known: Known) -> list[str]:
    before, after = row.before.get("owner_code"), row.after.get("owner_code")
    if before == after:
        return []
    was = known.called("owner_code", before)
    return [f"Given to {known.called('owner_code', after)} (was {was})"]


def _task(row: Row, known: Known) -> str:
    before, after = row.before, row.after
    what = str((after or before).get("description", ""))
    if not before:
        who = known.called("owner_code", after.get("owner_code") or after.get("team_code"))
        planned = " by the stage" if after.get("activity_code") else ""
        return f"Task planned{planned}: {what}, {formats.day(after.get('due_on'))}, {who}"
    if not after:
        return f"Task removed: {what}"
    closed = [one.get("status") == "completed" for one in (before, after)]
    if closed == [False, True]:
        return f"Task {'canceled' if after.get('canceled') else 'done'}: {what}"
    if closed == [True, False]:
        return f"Task reopened: {what}"
    if after.get("status") == "postponed" and before.get("due_on") != after.get("due_on"):
        return f"Task put off to {formats.day(after.get('due_on'))}: {what}"
    return _with(f"Task changed: {what}", _changes(before, after, known))


def _interaction(row: Row, _known: Known) -> str:
    before, after = row.before, row.after
    one = after or before
    what, kind = str(one.get("description", "")), str(one.get("type", "interaction"))
    if not before:
        return f"{kind.capitalize()} logged: {what}"
    if not after:
        return f"{kind.capitalize()} removed: {what}"
    if after.get("canceled") and not before.get("canceled"):
        return f"{kind.capitalize()} canceled: {what}"
    if before.get("opportunity_id") != after.get("opportunity_id"):
        return f"Made of the {kind}: {what}"
    return f"{kind.capitalize()} changed: {what}"


def _comment(row: Row, _known: Known) -> str:
    said = " ".join(str((row.after or row.before).get("text", "")).split())
    if not row.before:
        return f"Comment: {said}"
    return f"Comment {'changed' if row.after else 'removed'}: {said}"


_TELL: dict[str, Callable[[Row, Known], str]] = {
    "opportunities": _opportunity,
    "tasks": _task,
    "interactions": _interaction,
    "comments": _comment,
}
"""How a writing in each table is told; blank where there is nothing to tell."""
