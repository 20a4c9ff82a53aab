"""Every refusal of an import: one class each, which writes its own plain sentence.

A refusal stops the whole import before anything is recorded. A fault in a single row is no
refusal: it stands in the plan, with its row number, and the row is set aside or mended.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from pipeline.domain.errors import PipelineError
from pipeline.domain.words import counted

_WON = re.compile(r"\b(?:won|win|gewonnen|gagn\w+|ganad\w+|vint\w+|success\w*)\b", re.IGNORECASE)
_LOST = re.compile(
    r"\b(?:lost|loss|verloren|perdu\w*|perdid\w+|pers\w|cancel\w*|abandon\w*|disqualified)\b",
    re.IGNORECASE,
)


def sounds_like(stage: str) -> str:
    """Say what the name of a stage sounds like: won, lost, or nothing. To be asked, never assumed.

    >>> sounds_like("Closed Won"), sounds_like("Verloren an Wettbewerb"), sounds_like("Offer")
    ('won', 'lost', '')
    """
    if _LOST.search(stage):
        return "lost"
    return "won" if _WON.search(stage) else ""


class ImportRefusedError(PipelineError):
    """Base of all refusals of an import."""


class FileMissingError(ImportRefusedError):
    """There is no file at the address."""

    def __init__(self, file: str) -> None:
        """Take the address that was given."""
        super().__init__(f"There is no file {file}. Check the name and the folder.")


class FileUnreadableError(ImportRefusedError):
    """The file is there, and the system or its own damage keeps it from being read."""

    def __init__(self, file: str, why: str) -> None:
        """Take the file and what is known of the reason."""
        super().__init__(f"{file} cannot be read: {why}.")


class FileTooLargeError(ImportRefusedError):
    """The file is larger than an import takes."""

    def __init__(self, file: str, what: str, limit: str) -> None:
        """Take the file, what it has too much of, and the limit in words."""
        super().__init__(f"{file} has {what}; an import takes at most {limit}. Split it.")


class EmptyFileError(ImportRefusedError):
    """The file holds nothing, or a header and no rows."""

    def __init__(self, file: str, what: str = "it is empty") -> None:
        """Take the file and what there is in it."""
        super().__init__(f"{file} holds no rows to import: {what}.")


class NotATableError(ImportRefusedError):
    """The file holds something, but no table with a header and columns."""

    def __init__(self, file: str, why: str) -> None:
        """Take the file and what speaks against its being a table."""
        super().__init__(
            f"{file} is not a table that can be imported: {why}. "
            "Export it as CSV, with the column names in the first row."
        )


class EncodingError(ImportRefusedError):
    """The text is not written in the encoding it was said to have."""

    def __init__(self, file: str, encoding: str, row: int) -> None:
        """Take the file, the encoding that was tried and the line where it failed."""
        super().__init__(
            f"{file} is not written in {encoding}: line {row} cannot be read. "
            "Leave the encoding out of the profile to have it found."
        )


class UnclosedQuoteError(ImportRefusedError):
    """A quotation mark is opened and never closed, so the rest of the file is one cell."""

    def __init__(self, file: str, row: int) -> None:
        """Take the file and the row in which the mark was opened."""
        super().__init__(
            f"{file}: a quotation mark is opened in row {row} and never closed, so that the rest "
            "of the file would be one cell. Close it or take it away."
        )


class UnknownProfileError(ImportRefusedError):
    """No profile has this name, and no file of this name is there."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """Take the name that was given and the names there are."""
        nearest = get_close_matches(name.lower(), known, n=1, cutoff=0.5)
        hint = f" Did you mean {nearest[0]}?" if nearest else ""
        super().__init__(
            f"There is no import profile “{name}”.{hint} There are: {', '.join(known)}; "
            "the path of a TOML file may be given, too."
        )


class BadProfileError(ImportRefusedError):
    """A profile says something that cannot be understood."""

    def __init__(self, profile: str, what: str) -> None:
        """Take the profile and what is wrong with it."""
        super().__init__(f"Import profile {profile}: {what}.")


class NotRecognisedError(ImportRefusedError):
    """No profile fits the columns of the file."""

    def __init__(self, file: str, headers: Sequence[str], nearest: str, lacking: str) -> None:
        """Take the file, its columns, and the profile that comes nearest with what it lacks."""
        super().__init__(
            f"The columns of {file} fit no import profile: {_listed(headers)}. Nearest is "
            f"{nearest}, which also needs {lacking}. Name a profile, or write one for this file."
        )


class MissingColumnsError(ImportRefusedError):
    """Columns that the profile needs are not in the file."""

    def __init__(
        self, file: str, profile: str, missing: Sequence[str], headers: Sequence[str]
    ) -> None:
        """Take the file, the profile, the columns it lacks and those it has."""
        self.missing = tuple(missing)
        wants = "; ".join(_with_nearest(name, headers) for name in missing)
        super().__init__(
            f"{file} lacks what profile {profile} needs: {wants}. It has {_listed(headers)}."
        )


class AmbiguousColumnError(ImportRefusedError):
    """All cells of a column can be read in two ways, and nothing says which is meant."""

    def __init__(self, file: str, column: str, readings: Sequence[str], setting: str) -> None:
        """Take the file, the column, examples of both readings and the setting that decides.

        `setting` begins with its name: date_order or decimal.
        """
        self.file, self.column = file, column
        self.readings, self.setting = tuple(readings), setting.split(" ", 1)[0]
        super().__init__(
            f"{file}, column {column}: the cells can be read in two ways ({'; '.join(readings)}) "
            f"and none of them decides. Say which in the profile: {setting}."
        )


class ContradictingColumnError(ImportRefusedError):
    """Some cells of a column can only be read one way, others only the other way."""

    def __init__(self, file: str, column: str, examples: Sequence[str], setting: str) -> None:
        """Take the file, the column, an example of each way and the setting that decides."""
        self.file, self.column = file, column
        self.readings, self.setting = tuple(examples), setting.split(" ", 1)[0]
        super().__init__(
            f"{file}, column {column}: the cells contradict each other "
            f"({' against '.join(examples)}). Mend them, or decide in the profile: {setting}."
        )


class NoOpportunitiesError(ImportRefusedError):
    """The files hold what belongs to opportunities, and none of those."""

    def __init__(self, files: Sequence[str], holds: str) -> None:
        """Take the files and what is in them."""
        super().__init__(
            f"{_listed(files)}: there are {holds} and no opportunities. Import this together with "
            "the file of opportunities."
        )


class OutcomeUnknownError(ImportRefusedError):
    """Nothing in the files or the profile says which stages are won and which lost."""

    def __init__(self, file: str, stages: Sequence[str]) -> None:
        """Take the file and the stage names in it.

        `won` and `lost` are the stages whose names sound like it: to be asked, never assumed.
        """
        self.stages = tuple(stages)
        self.won = tuple(stage for stage in stages if sounds_like(stage) == "won")
        self.lost = tuple(stage for stage in stages if sounds_like(stage) == "lost")
        sounds = [f"--won “{stage}”" for stage in self.won]
        sounds += [f"--lost “{stage}”" for stage in self.lost]
        likely = f" Likely {' '.join(sounds)}." if sounds else ""
        super().__init__(
            f"{file} has the stages {_listed(stages)}, and nothing says which of them mean won or "
            "lost. Say so with --won and --lost (--won none --lost none if all of them are open), "
            f"or under [outcomes] in a profile.{likely}"
        )


class StrangeAnswerError(ImportRefusedError):
    """A stage that was said to mean won or lost is none of the file, or was said to mean both."""

    def __init__(self, word: str, stages: Sequence[str], *, both: bool = False) -> None:
        """Take the word that was said, and the stages of the file."""
        if both:
            super().__init__(f"“{word}” cannot mean both won and lost. Say it once.")
            return
        lowered = {stage.lower(): stage for stage in stages}
        nearest = get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.5)
        hint = f" Did you mean “{lowered[nearest[0]][:40]}”?" if nearest else ""
        super().__init__(
            f"There is no stage “{word}” in the files.{hint} There are {_listed(stages)}; "
            "say none where no stage means it."
        )


class NothingToImportError(ImportRefusedError):
    """Not one row of the file can be taken."""

    def __init__(self, file: str, rows: int, reason: str) -> None:
        """Take the file, its rows and the most frequent reason."""
        super().__init__(
            f"Nothing of {file} ({counted(rows, 'row')}) can be imported. The most frequent "
            f"reason: {reason}"
        )


def _listed(names: Sequence[str], most: int = 12) -> str:
    """Give names in a sentence, the first dozen of them."""
    shown = ", ".join(name[:40] for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def _with_nearest(name: str, headers: Iterable[str]) -> str:
    """Give a missing column with the one in the file that comes nearest to it."""
    lowered = {header.lower(): header for header in headers}
    nearest = get_close_matches(name.lower(), list(lowered), n=1, cutoff=0.5)
    return f"“{name}” (nearest is “{lowered[nearest[0]][:40]}”)" if nearest else f"“{name}”"
