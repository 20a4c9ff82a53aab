"""What was dropped and said so far: kept for the session until it is imported or laid aside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from dashboard import session
from pipeline.commands import ImportAgain, RecordImport
from pipeline.domain.errors import PipelineError
from pipeline.domain.imports import ImportedFile
from pipeline.importing import batch, corrected
from pipeline.importing.corrected import Meaning
from pipeline.importing.draft import Answers
from pipeline.importing.plan import ImportPlan
from pipeline.importing.profile import Profile
from pipeline.importing.reading.table import Table

_KEY = "import-draft"
_TURN = "import-turn"


@dataclass
class Draft:
    """Files, what they were recognised as, what a person answered, and what would happen."""

    files: tuple[ImportedFile, ...]
    tables: list[Table]
    profile: Profile
    meanings: list[Meaning]
    replaces: int | None = None
    """The import whose place this one takes."""
    corrections: int = 0
    """How often a person corrected what a file or a column means."""
    readings: dict[str, str] = field(default_factory=dict)
    outcomes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    plan: ImportPlan | None = None
    refusal: PipelineError | None = None

    def answers(self) -> Answers:
        """Everything that was said, for planning."""
        profile = self.profile
        if self.corrections:
            profile = corrected.corrected(profile, self.tables, self.meanings)
        return Answers(
            profile=corrected.with_readings(profile, self.readings),
            won=self.outcomes.get("won", ()),
            lost=self.outcomes.get("lost", ()),
        )

    def changed(self) -> None:
        """Forget what would happen, for something else was said."""
        self.plan, self.refusal = None, None

    def work_out(self) -> None:
        """Plan the import, or keep the refusal that says what is missing."""
        if self.plan is not None or self.refusal is not None:
            return
        shown = st.empty()
        with shown.status("Reading the files") as status:
            try:
                self.plan = self._planned(lambda step: status.update(label=step))
            except PipelineError as refusal:
                self.refusal = refusal
        shown.empty()

    def _planned(self, progress: Callable[[str], None]) -> ImportPlan:
        store, who, day = session.store(), session.who(), session.today()
        if self.replaces is not None:
            return batch.plan_instead(
                store, self.replaces, self.files, answers=self.answers(), by=who, today=day
            )
        with session.read() as reading:
            return batch.plan_files(
                reading,
                self.files,
                answers=self.answers(),
                by=who,
                today=day,
                progress=progress,
            )

    def command(self) -> RecordImport | ImportAgain:
        """The command that carries the plan out."""
        assert self.plan is not None  # noqa: S101 - the button is not there without one
        if self.replaces is None:
            return batch.import_of(self.plan, self.files)
        with session.read() as reading:
            return batch.again(
                reading,
                self.replaces,
                profile=self.plan.profile,
                by=session.who(),
                today=session.today(),
            )


def current() -> Draft | None:
    """What is being imported, if anything is."""
    draft: Draft | None = st.session_state.get(_KEY)
    return draft


def begin(
    files: Sequence[ImportedFile], *, chosen: Profile | None = None, replaces: int | None = None
) -> None:
    """Read files and recognise them. Raises the `ImportRefusedError` that says why it cannot be."""
    tables = batch.tables_of(files)
    if chosen is None:
        with session.read() as reading:
            chosen = batch.fitting(list(batch.saved_profiles(reading).values()), tables)
    found = corrected.recognised(tables, chosen)
    st.session_state[_KEY] = Draft(
        files=tuple(files),
        tables=tables,
        profile=found.profile,
        meanings=found.meanings,
        replaces=replaces,
        refusal=found.refusal,
    )


def lay_aside() -> None:
    """Forget the draft and empty the place where files are dropped."""
    st.session_state.pop(_KEY, None)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def key(name: str) -> str:
    """The key of a widget that starts afresh with every draft."""
    return f"import-{name}-{st.session_state.get(_TURN, 0)}"
