"""The parts of a line as fields: read, nearly so, assumed or missing; each can be corrected."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from dashboard import formats
from dashboard.components.fields import Form
from dashboard.session import Session
from pipeline.entry.parts import Known, Line, Part, Sure
from pipeline.reports import look_ups
from pipeline.reports.look_ups import Names

NEW = "new: "
"""Before the name of a contact that is to be made; no number of a contact has a blank in it."""
FIELDS = ("contact", "description", "amount", "expected_close_on", "owner_code", "cycle_code")
MOST_OTHERS = 2


class Parts(Form):
    """The fields of a line: each reading of a part has a widget of its own.

    While somebody types, the browser still sends along what earlier readings were. A new reading
    is therefore a new widget, which no echo of an old one can reach; the widget that a person
    changed stays.
    """

    def key(self, name: str) -> str:
        """The session-state key of a field: that of its newest reading."""
        return super().key(f"{self._readings(name)[0]}-{name}" if name in FIELDS else name)

    def propose(self, name: str, value: object) -> object:
        """Take a new reading of a part, unless a person changed it; gives what is proposed."""
        number, proposed = self._readings(name)
        changed = self.value(name, proposed) != proposed
        if value != proposed and not changed:
            st.session_state[super().key(f"{name}:reading")] = (number + 1, value)
        return self._readings(name)[1]

    def _readings(self, name: str) -> tuple[int, object]:
        """How many readings of a part there were, and the newest."""
        kept: tuple[int, object] = st.session_state.get(super().key(f"{name}:reading"), (0, None))
        return kept


def draw(form: Parts, reading: Session, names: Names, line: Line) -> None:
    """Each part under its name, with how it came about; what is proposed gives way to a person."""
    for name in ("description", "owner_code", "cycle_code"):
        form.propose(name, line.value(name) or ("" if name == "description" else None))
    with st.grid(3, min_column_width=150, gap="small", key="quick-parts"):
        with st.container(gap="xxsmall"):
            _contact(form, reading, line)
        with st.container(gap="xxsmall"):
            form.text("description", "Description", line.value("description") or "")
            _mark(form, "description", line.parts.get("description"))
        with st.container(gap="xxsmall"):
            _amount(form, line)
        with st.container(gap="xxsmall"):
            _close(form, line)
        with st.container(gap="xxsmall"):
            form.choice("owner_code", "Owner", names.active_owners, line.value("owner_code"))
            _mark(form, "owner_code", line.parts.get("owner_code"))
        with st.container(gap="xxsmall"):
            form.choice("cycle_code", "Sales cycle", names.open_cycles, line.value("cycle_code"))
            _mark(form, "cycle_code", line.parts.get("cycle_code"))


def values(form: Parts) -> dict[str, Any]:
    """What stands in the fields, as the command takes it."""
    contact = str(form.value("contact") or "")
    is_new = contact.startswith(NEW)
    return {
        "contact_no": None if is_new or not contact else contact,
        "company_name": contact.removeprefix(NEW) if is_new else "",
        "description": form.words("description"),
        "amount": form.amount("amount"),
        "expected_close_on": form.value("expected_close_on"),
        "owner_code": form.value("owner_code"),
        "cycle_code": form.value("cycle_code"),
    }


def labels(form: Parts) -> dict[str, str]:
    """The contacts that were shown, by number, in words."""
    kept: dict[str, str] = st.session_state.setdefault(form.key("labels"), {})
    return kept


# --- the fields -----------------------------------------------------------------------------------


def _contact(form: Parts, reading: Session, line: Line) -> None:
    known = labels(form)
    offered = _offered(reading, line)
    known.update(offered)
    chosen = form.value("contact")
    if chosen in known:
        offered.setdefault(chosen, known[chosen])
    proposed = form.propose("contact", next(iter(offered), None))
    if proposed in known:
        offered.setdefault(str(proposed), known[str(proposed)])
    form.choice("contact", "Contact", offered, proposed, placeholder="Who buys")
    for name in ("contact_no", "company_name"):
        form.under(name)
    part = line.parts.get("contact_no") or line.parts.get("company_name")
    _mark(form, "contact", part, proposed=next(iter(offered), None))


def _offered(reading: Session, line: Line) -> dict[str, str]:
    """The contact that was read first, then the others it may be, and a new one of that name."""
    offered = {one.no: _label(one) for one in (line.contact, *line.contacts) if one is not None}
    number = line.value("contact_no")
    if number and number not in offered:
        offered = {number: look_ups.contact_name(reading, number)}
    part = line.parts.get("company_name") or line.parts.get("contact_no")
    if part is not None and part.sure is not Sure.ASSUMED:
        name = line.value("company_name") or part.said
        if part.sure is Sure.NEARLY or part.field == "company_name":
            offered[f"{NEW}{name}"] = f"New company “{name}”"
    return offered


def _label(contact: Known) -> str:
    of = f", {contact.company_name}" if contact.company_name else ""
    return f"{contact.name}{of} ({contact.no})"


def _amount(form: Parts, line: Line) -> None:
    amount = line.value("amount")
    number = None if amount is None else float(amount)
    form.propose("amount", number)
    form.number("amount", "Amount", number)
    part = line.parts.get("amount")
    _mark(form, "amount", part)
    _others(form, "amount", part, formats.money, float)


def _close(form: Parts, line: Line) -> None:
    form.propose("expected_close_on", line.value("expected_close_on"))
    form.day("expected_close_on", "Expected close date", line.value("expected_close_on"))
    part = line.parts.get("expected_close_on")
    _mark(form, "expected_close_on", part)
    _others(form, "expected_close_on", part, formats.day, lambda day: day)


def _others(
    form: Parts,
    name: str,
    part: Part | None,
    words: Callable[[Any], str],
    held: Callable[[Any], float | date],
) -> None:
    """The other readings of a part, each a click away."""
    for other in part.others[:MOST_OTHERS] if part is not None else ():
        st.button(
            f"or {words(other)}",
            key=form.key(f"{name}-{other}"),
            type="tertiary",
            on_click=_set,
            args=(form.key(name), held(other)),
        )


def _set(key: str, value: object) -> None:
    st.session_state[key] = value


# --- how a part came about ------------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """What stands under a field: a badge for whatever is not sure, and words."""

    badge: str
    words: str


def mark(part: Part | None, *, corrected: bool) -> Mark:
    """Say where a value comes from: read, nearly, assumed, corrected, or missing."""
    if corrected:
        return Mark(":blue-badge[corrected]", "")
    if part is None:
        return Mark(":gray-badge[missing]", "")
    if part.sure is Sure.ASSUMED:
        return Mark(":gray-badge[assumed]", part.why)
    said = f"from “{part.said}”"
    if part.sure is Sure.NEARLY:
        return Mark(":orange-badge[check]", f"{said}: {part.why}" if part.why else said)
    return Mark("", said)


def _mark(form: Parts, name: str, part: Part | None, proposed: object = None) -> None:
    now = form.value(name)
    meant = proposed if proposed is not None else (part.value if part is not None else None)
    shown = mark(part, corrected=now not in (None, "") and not _is_same(now, meant))
    words = f":small[{formats.escape_markdown(shown.words)}]" if shown.words else ""
    st.markdown(f"{shown.badge} {words}".strip() or formats.NOTHING)


def _is_same(held: object, meant: object) -> bool:
    """Whether a field still holds what was read; an amount is held as a float."""
    if isinstance(meant, Decimal) and isinstance(held, int | float):
        return Decimal(str(held)) == meant
    return held == meant
