"""A plan as the batch that carries it out, and an earlier batch planned again from its files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from pipeline.commands import ImportAgain, RecordImport
from pipeline.domain.imports import ImportedFile
from pipeline.importing import profile as profiles
from pipeline.importing.draft import Answers, Progress, plan_import
from pipeline.importing.own_export import OwnExport, own_export
from pipeline.importing.plan import ImportPlan
from pipeline.importing.profile import Profile
from pipeline.importing.profile_text import to_toml
from pipeline.importing.reading import read_files
from pipeline.importing.reading.table import Table
from pipeline.importing.recognise import known_headers
from pipeline.store import Session, import_record, import_undo
from pipeline.store.recording import Stamp


def files_of(paths: Sequence[str | Path]) -> tuple[ImportedFile, ...]:
    """Give files as they are, to be kept with their import."""
    return tuple(ImportedFile(name=Path(one).name, content=Path(one).read_bytes()) for one in paths)


def import_of(plan: ImportPlan, files: Sequence[ImportedFile]) -> RecordImport:
    """Give the command that carries out a plan as one batch."""
    return RecordImport(
        commands=plan.commands,
        source=plan.profile.source,
        profile_name=plan.profile.name,
        profile_toml=to_toml(plan.profile),
        files=tuple(files),
        refused_rows=plan.refused,
    )


def plan_files(
    session: Session,
    files: Sequence[ImportedFile],
    *,
    answers: Answers | None = None,
    by: str,
    today: date,
    progress: Progress = lambda _: None,
) -> ImportPlan:
    """Plan the import of files that were dropped or kept; see `plan_import`."""
    with TemporaryDirectory(prefix="import-") as folder:
        paths = written(files, Path(folder))
        return plan_import(
            session,
            paths,
            answers=with_saved(session, answers or Answers(), paths),
            by=by,
            today=today,
            progress=progress,
        )


def tables_of(files: Sequence[ImportedFile]) -> list[Table]:
    """Read files as tables of texts, to be mapped by a person. Raises `ImportRefusedError`."""
    with TemporaryDirectory(prefix="import-") as folder:
        return read_files(written(files, Path(folder)), known_headers())


def written(files: Sequence[ImportedFile], folder: Path) -> list[Path]:
    """Write files into a folder, each in one of its own; no name leads out of it."""
    paths = []
    for place, file in enumerate(files, 1):
        name = file.name.replace("\\", "/").rpartition("/")[2].replace("\0", "").strip(". ")
        path = folder / str(place) / (name[-200:] or "file")
        path.parent.mkdir()
        path.write_bytes(file.content)
        paths.append(path)
    return paths


def again(
    session: Session,
    batch_id: int,
    *,
    profile: Profile | None = None,
    by: str,
    today: date,
) -> ImportAgain:
    """Give the command that undoes an import and imports its kept files anew.

    `profile` is the mended mapping, the one it was read with unless given. Raises
    `UnknownImportError`, `FilesNotKeptError`.
    """
    files, used = kept(session, batch_id)
    chosen = profile or used

    def plan(inner: Session) -> RecordImport:
        answers = Answers(profile=chosen)
        return import_of(plan_files(inner, files, answers=answers, by=by, today=today), files)

    return ImportAgain(batch_id=batch_id, plan=plan)


def plan_instead(
    session: Session,
    batch_id: int,
    files: Sequence[ImportedFile],
    *,
    answers: Answers | None = None,
    by: str,
    today: date,
) -> ImportPlan:
    """Plan an import as if an earlier one had not been; nothing is changed.

    Raises what `UndoImport` and planning refuse with.
    """

    def look(inner: Session) -> ImportPlan:
        now = datetime.now(UTC).replace(tzinfo=None)
        import_undo.undo(inner, batch_id, Stamp(batch_id=0, at=now, by=by))
        raise _LookedError(plan_files(inner, files, answers=answers, by=by, today=today))

    try:
        return session.transaction(look)
    except _LookedError as looked:
        return looked.plan


class _LookedError(Exception):
    """Ends a transaction in which only a look was wanted; everything in it is taken back."""

    def __init__(self, plan: ImportPlan) -> None:
        self.plan = plan


def past_imports(session: Session) -> pd.DataFrame:
    """Give the imports, the newest first; see `import_record.past_imports`."""
    return import_record.past_imports(session)


def kept(session: Session, batch_id: int) -> tuple[list[ImportedFile], Profile]:
    """Give the files of an import and the mapping they were read with.

    Raises `UnknownImportError`, `FilesNotKeptError`.
    """
    files = import_record.kept_files(session, batch_id)
    toml = import_record.profile_of(session, batch_id)
    return files, profiles.parse(toml, "the kept profile")


def own_export_of(files: Sequence[ImportedFile]) -> OwnExport | None:
    """Give the export of a whole store that a single dropped file may be."""
    if len(files) != 1:
        return None
    with TemporaryDirectory(prefix="import-") as folder:
        return own_export(written(files, Path(folder))[0])


def saved_profiles(session: Session) -> dict[str, Profile]:
    """Give the mappings people saved in this store, by name."""
    return {
        name: profiles.parse(toml, name) for name, toml in import_record.profiles(session).items()
    }


def fitting(saved: Sequence[Profile], tables: Sequence[Table]) -> Profile | None:
    """Give the saved mapping that was made for files of this make, the most exact one."""
    fits = [one for one in saved if _fits(one, tables)]
    return max(fits, key=_exactness, default=None)


def _fits(profile: Profile, tables: Sequence[Table]) -> bool:
    """Say whether every table has a mapping that recognises it."""
    headers = [set(table.headers) for table in tables]
    return bool(profile.tables) and all(
        any(one.recognise and set(one.recognise) <= there for there in headers)
        for one in profile.tables
    )


def _exactness(profile: Profile) -> int:
    return sum(len(one.recognise) for one in profile.tables)


def profile_called(session: Session, name: str) -> Profile:
    """Give a profile by its name, saved here or built in, or by the path of a TOML file.

    Raises `UnknownProfileError`, `BadProfileError`.
    """
    return saved_profiles(session).get(name) or profiles.load(name)


def with_saved(session: Session, answers: Answers, paths: Sequence[Path]) -> Answers:
    """Take a saved mapping that fits, where nobody chose one."""
    if answers.profile is not None:
        return answers
    saved = list(saved_profiles(session).values())
    if not saved:
        return answers
    found = fitting(saved, read_files(paths, known_headers()))
    return replace(answers, profile=found)
