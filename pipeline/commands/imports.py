"""Import as one batch that is remembered, undo it, and do it again after a mapping was mended."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.commands.codes import text
from pipeline.commands.desk import Command, Desk, Recorded
from pipeline.domain.imports import ImportedFile
from pipeline.store import Session, import_record, import_undo
from pipeline.store.journal import give_up


@dataclass(frozen=True, kw_only=True)
class RecordImport:
    """Carry out what an import asks for, and remember what it brought and made.

    `commands` are those of the plan: set-up first, then the history. `profile_toml` is the mapping
    with everything a person said; the files are kept as they were, up to 100 MB each.
    """

    commands: tuple[Command, ...]
    source: str
    profile_name: str
    profile_toml: str
    files: tuple[ImportedFile, ...] = ()
    refused_rows: int = 0

    def apply(self, desk: Desk) -> Recorded:
        """Raises whatever refuses one of the commands; `no` of what is recorded is the batch."""
        give_up(desk.session)
        import_record.look_before(desk.session)
        for command in self.commands:
            command.apply(desk)
        import_record.look_after(desk.session, desk.stamp.batch_id)
        import_record.remember(desk.session, self, desk.stamp, desk.today)
        return Recorded(what="import", no=str(desk.stamp.batch_id))


@dataclass(frozen=True, kw_only=True)
class UndoImport:
    """Take back everything an import brought and made, as if it had never been.

    It stays in the list of imports. The numbers it used are not given out again.
    """

    batch_id: int

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownImportError`, `ImportUndoneError`, `ImportBuiltOnError`."""
        give_up(desk.session)
        import_undo.undo(desk.session, self.batch_id, desk.stamp)
        return Recorded(what="import", no=str(self.batch_id))


@dataclass(frozen=True, kw_only=True)
class ImportAgain:
    """Undo an import and carry out another one in its place, both or neither.

    `plan` works out the new import in the store as it is without the old one.
    """

    batch_id: int
    plan: Callable[[Session], RecordImport]

    def apply(self, desk: Desk) -> Recorded:
        """Raises what `UndoImport` and the new import refuse with."""
        give_up(desk.session)
        import_undo.undo(desk.session, self.batch_id, desk.stamp)
        return self.plan(desk.session).apply(desk)


@dataclass(frozen=True, kw_only=True)
class SaveImportProfile:
    """Keep a mapping, as TOML, for the next file of the same make."""

    name: str
    profile_toml: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`."""
        name = text(self.name, "The name of the mapping", "name", required=True)
        import_record.save_profile(desk.session, name, self.profile_toml, desk.stamp)
        return Recorded(what="import profile", no=name)
