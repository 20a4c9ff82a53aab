"""Form fields that carry their own refusal and never lose what was typed.

A form has a name; a field's widget is kept under `<form>-<field>`, where `field` is the field of
the command it fills. A refusal that names the field is written under it, any other above the form.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from dashboard import formats
from dashboard.components import obstacles
from dashboard.scope import DATES
from pipeline.domain.errors import PipelineError

EARLIEST = date(1970, 1, 1)
LATEST = date(2199, 12, 31)
SEEN = ":seen"
"""Ends the names under which the session keeps the version a group of forms was filled in for.

What a person changes with one of them is no change by somebody else to the others.
"""


@dataclass(frozen=True)
class Form:
    """The fields of one command; what was typed outlives a refusal and goes after a success."""

    name: str
    group: str = ""
    """Forms of one group start afresh together: all the moves of one opportunity."""
    shown: set[str] = field(default_factory=set)
    """The fields drawn so far; a refusal about any other stands below them all."""

    # --- what was typed -----------------------------------------------------------------------

    def key(self, name: str) -> str:
        """The session-state key of a field, a new one after each success."""
        return f"{self.name}-{st.session_state.get(self._turn, 0)}-{name}"

    def value(self, name: str, otherwise: Any = None) -> Any:  # noqa: ANN401 (what a widget holds)
        """What stands in a field."""
        return st.session_state.get(self.key(name), otherwise)

    def words(self, name: str) -> str:
        """The text in a field, without blanks around it."""
        return str(self.value(name) or "").strip()

    def amount(self, name: str) -> Decimal | None:
        """The number in a field, exactly as typed; None when blank."""
        typed = self.value(name)
        return None if typed is None else Decimal(str(typed))

    # --- how it went --------------------------------------------------------------------------

    @property
    def _turn(self) -> str:
        return f"{self.group or self.name}:turn"

    @property
    def _refusal(self) -> str:
        return f"{self.name}:refusal"

    def attempt(self, carry_out: Callable[[], str]) -> bool:
        """Carry out a command; keep its refusal for the fields, or its sentence as the notice."""
        st.session_state.pop(self._refusal, None)
        try:
            sentence = carry_out()
        except PipelineError as refusal:
            st.session_state[self._refusal] = (refusal.field, str(refusal), obstacles.way(refusal))
            return False
        st.session_state[self._turn] = st.session_state.get(self._turn, 0) + 1
        st.session_state.pop(f"{self.group}{SEEN}", None)
        st.session_state["notice"] = sentence
        return True

    def complaint(self) -> None:
        """Write a refusal that belongs to none of the fields drawn; called after the last one."""
        about, sentence, way = self._refused()
        if sentence and about not in self.shown:
            st.error(formats.escape_markdown(sentence), icon=":material/error:")
            if way is not None:
                obstacles.link(way)

    def under(self, name: str) -> None:
        """Write the refusal of a field under it."""
        self.shown.add(name)
        about, sentence, way = self._refused()
        if sentence and about == name:
            with st.container(key=f"complaint-{self.name}-{name}"):
                st.markdown(f":red[:material/error: {formats.escape_markdown(sentence)}]")
                if way is not None:
                    obstacles.link(way)

    def _refused(self) -> tuple[str | None, str, obstacles.Way | None]:
        """The last refusal: its field, its sentence, and where to see what is in the way."""
        nothing = (None, "", None)
        kept: tuple[str | None, str, obstacles.Way | None] = st.session_state.get(
            self._refusal, nothing
        )
        return kept

    # --- the fields ---------------------------------------------------------------------------

    def text(self, name: str, label: str, value: str = "", **looks: Any) -> None:  # noqa: ANN401
        """A line of text."""
        key = self._start(name, value)
        st.text_input(label, st.session_state[key] or "", key=key, **looks)
        self.under(name)

    def number(
        self,
        name: str,
        label: str,
        value: Decimal | float | None = None,
        *,
        whole: bool = False,
        help: str | None = None,  # noqa: A002 (Streamlit's own word)
        disabled: bool = False,
    ) -> None:
        """An amount or a percentage; blank is allowed, what is out of range the domain refuses."""
        key = self._start(name, None if value is None else float(value))
        st.number_input(
            label,
            value=st.session_state[key],
            step=1.0 if whole else 100.0,
            format="%g" if whole else "%.2f",
            key=key,
            help=help,
            disabled=disabled,
        )
        self.under(name)

    def day(
        self,
        name: str,
        label: str,
        value: date | None = None,
        help: str | None = None,  # noqa: A002
    ) -> None:
        """A date; blank is allowed."""
        key = self._start(name, value)
        st.date_input(
            label,
            value=st.session_state[key],
            min_value=EARLIEST,
            max_value=LATEST,
            format=DATES,
            key=key,
            help=help,
        )
        self.under(name)

    def choice(
        self,
        name: str,
        label: str,
        options: Mapping[Any, str] | Sequence[Any],
        value: Any = None,  # noqa: ANN401 (one of the options)
        **looks: Any,  # noqa: ANN401
    ) -> None:
        """One of several; `options` maps what is meant to what is read."""
        named = options if isinstance(options, Mapping) else {one: str(one) for one in options}
        every = list(named)
        start = value if value in named else None
        if self.value(name) not in named:
            st.session_state.pop(self.key(name), None)
        key = self._start(name, start)
        held = st.session_state[key]
        st.selectbox(
            label,
            every,
            index=None if held is None else every.index(held),
            format_func=lambda option: named.get(option, str(option)),
            key=key,
            **looks,
        )
        self.under(name)

    def _start(self, name: str, value: object) -> str:
        """Fill a field with its proposal and give its key; what a person typed or cleared stays.

        A field that still holds what was last proposed takes a new proposal. Only another value is
        written: the browser would forget what is being typed into a form for the one it has. A
        field hands what it holds to its widget as the default too: one that is first shown later,
        in a popover or after two runs in a row, knows its value from nowhere else.
        """
        key, memory = self.key(name), f"{self.key(name)}:proposed"
        state = st.session_state
        if key not in state or (state[key] == state.get(memory) and state[key] != value):
            state[key] = value
        state[memory] = value
        return key


def notice() -> None:
    """Say once what the last command recorded."""
    sentence = st.session_state.pop("notice", "")
    if sentence:
        st.toast(sentence, icon=":material/check:")
