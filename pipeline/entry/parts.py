"""What was read: a value, where in the text it stands, how sure it is, and what else it may be."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pipeline.entry.days import Around

Value = TypeVar("Value")


class Sure(StrEnum):
    """How sure a value is; whatever is not exact is marked where it is shown."""

    EXACT = "exact"
    """It can mean nothing else."""
    NEARLY = "nearly"
    """The likeliest of several, or a name that is nearly so."""
    ASSUMED = "assumed"
    """Not in the text: a default."""


@dataclass(frozen=True, kw_only=True)
class Found(Generic[Value]):
    """A value that was read in a text."""

    value: Value
    start: int
    end: int
    """The text from `start` up to before `end` says it, the words that lead to it included."""
    sure: Sure = Sure.EXACT
    others: tuple[Value, ...] = ()
    """What else it may mean, the likeliest first."""
    why: str = ""
    """Why it was read so, where that does not go without saying."""
    rank: int = 0
    """Of several in a text the one with the highest rank is meant."""

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a sign of the text with another place."""
        return self.start < end and start < self.end


def best(found: list[Found[Value]]) -> Found[Value] | None:
    """Choose the one that is meant; the others of a text become what else it may mean.

    The highest rank goes first. Of several of one rank the last is taken, and it is only nearly
    sure then: "12k 15k" may mean either.
    """
    if not found:
        return None
    rank = max(one.rank for one in found)
    highest = [one for one in found if one.rank == rank]
    chosen = highest[-1]
    rivals = tuple(one.value for one in highest[:-1] if one.value != chosen.value)
    if not rivals:
        return chosen
    return replace(
        chosen,
        sure=Sure.NEARLY,
        others=rivals + chosen.others,
        why=chosen.why or "the last of several",
    )


@dataclass(frozen=True, kw_only=True)
class Known:
    """A contact there is."""

    no: str
    name: str
    owner_code: str | None = None
    company_name: str = ""
    """Of a person: the name of its company."""


FIELDS = (
    "contact_no",
    "company_name",
    "description",
    "amount",
    "expected_close_on",
    "owner_code",
    "cycle_code",
)
"""What a line can say, by the fields of the command it becomes."""

LookUp = Callable[[Sequence[str]], Sequence[Known]]
"""The contacts that some words may name; the store narrows them, this module judges."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of an opportunity: what it is, and where that comes from."""

    field: str
    value: Any
    sure: Sure = Sure.EXACT
    said: str = ""
    """The text it was read from; blank where it is assumed."""
    why: str = ""
    others: tuple[Any, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Company:
    """What a line is read against: the day, the locale, who sells, by which cycles, in what."""

    around: Around
    owners: Mapping[str, str] = field(default_factory=dict)
    """The name of each owner there is to choose from, by code; likewise the cycles."""
    cycles: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    contact_is_known: bool = False
    """From the page one is on: only the whole name or number of another contact outweighs it."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """The parts of a line, each at most once, and the tidy text they were read in."""

    text: str
    parts: Mapping[str, Part]
    contact: Known | None = None
    """The contact that was found, with what is known of it."""
    contacts: tuple[Known, ...] = ()
    """Other contacts that may be meant."""

    def value(self, name: str) -> Any:  # noqa: ANN401 (what the field holds)
        """The value of a part; None where the line does not say it."""
        return self.parts[name].value if name in self.parts else None

    @property
    def doubtful(self) -> list[Part]:
        """The parts that a person should look at."""
        return [part for part in self.parts.values() if part.sure is Sure.NEARLY]

    def with_assumed(self, assumed: Iterable[Part]) -> "Line":
        """The same line, with defaults for what it does not say."""
        missing = {one.field: one for one in assumed if one.field not in self.parts}
        return replace(self, parts={**self.parts, **missing})
