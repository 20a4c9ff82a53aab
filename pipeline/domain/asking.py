"""What a person may ask of the log in SQL, and each reason why a question is not answered."""

from collections.abc import Iterable
from difflib import get_close_matches

from pipeline.domain.errors import PipelineError

AT_MOST_ROWS = 10_000
"""How many rows of an answer are shown; one that has more says so."""
LONGEST_SECONDS = 20.0
"""How long a question may take before it is stopped."""
LONGEST_QUESTION = 20_000
"""How many characters a question may have."""


class QuestionError(PipelineError):
    """Base of all refusals to answer a question asked in SQL; nothing was read or changed."""

    field = "sql"


class NoQuestionError(QuestionError):
    """There is nothing to answer."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Write a query first: one statement that begins with select.")


class QuestionTooLongError(QuestionError):
    """A question longer than anybody writes."""

    def __init__(self, length: int) -> None:
        """Take how long it is."""
        super().__init__(
            f"The query has {length:,} characters; at most {LONGEST_QUESTION:,} are taken."
        )


class NotASelectError(QuestionError):
    """Something else than one select statement was asked."""

    def __init__(self) -> None:
        """Say what is possible."""
        super().__init__(
            "Only one select statement is answered; nothing can be changed, loaded or written "
            "from here."
        )


class NotToBeReadError(QuestionError):
    """A table, file or schema was named that is no view for analysts."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Take what was named, and the views there are."""
        names = sorted(known)
        all_of_them = f"{', '.join(names[:-1])} and {names[-1]}"
        nearest = get_close_matches(name.lower(), names, n=1, cutoff=0.5)
        hint = f" Did you mean {nearest[0]}?" if nearest else ""
        super().__init__(f"“{name}” cannot be read here.{hint} There are {all_of_them}.")


class FunctionNotOfferedError(QuestionError):
    """A function was called that reaches beyond the views, or waits, or remembers."""

    def __init__(self, name: str) -> None:
        """Take its name."""
        super().__init__(
            f"The function {name} is not offered here: a query may look at the views, and at "
            "nothing else."
        )


class TookTooLongError(QuestionError):
    """A question was stopped."""

    def __init__(self, seconds: float) -> None:
        """Take how long it was waited for."""
        super().__init__(
            f"The query was stopped after {seconds:g} seconds. Ask for less: narrow it with "
            "where, or join on a column."
        )


class CannotBeAnsweredError(QuestionError):
    """The database does not understand the question, or cannot compute it."""

    def __init__(self, words: str) -> None:
        """Take what the database says about it."""
        self.words = words
        super().__init__(f"The query cannot be answered: {words}")
