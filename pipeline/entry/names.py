"""The contact among the words of a line, exactly or nearly.

A contact is told by its number, by its name, with or without its legal form, by the words its name
begins with or holds, or by what is nearly its name. A name nobody has is that of a new one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import JaroWinkler

from pipeline.entry.alike import LIKE, MOST_OFFERED, SMALL, Word, likeness_of, pieces, words_of
from pipeline.entry.folding import TAKEN, fold
from pipeline.entry.parts import Found, Known, Sure

LIKE_JOINED = 0.95
"""The likeness from which words run together, or torn apart, are taken for a name."""
SHORTEST_MISTYPED = 4
SHORTEST_BEGINNING = 3
WHOLE = 4
"""The score from which a whole name or a number was said."""
WITHIN = 2
"""The score from which a part of a name was said, and not only what is nearly one."""
_LONGEST_RUN = 6
_BESIDE = frozenset(f" ,;:.{TAKEN}")
"""What may stand beside a new name; any other sign shows that the word is a piece of something."""

_LEGAL = frozenset({
    "inc", "incorporated", "ltd", "limited", "llc", "llp", "plc", "gmbh", "ag", "kg", "se",
    "sa", "sas", "sarl", "bv", "nv", "ab", "as", "oy", "aps", "srl", "spa", "co", "corp",
    "corporation", "company", "the",
})  # fmt: skip


@dataclass(frozen=True)
class _Match:
    """How well the words from `first` to before `last` name a contact."""

    score: float
    first: int
    last: int
    contact: Known
    is_sure: bool


def read_contact(text: str, known: Sequence[Known]) -> Found[Known] | None:
    """The contact a text names best, the others it may name behind it; None where none comes near.

    A number or a whole name goes first, then what a name begins with, what it holds, what is nearly
    it; of equals the longer, then the earlier. It is sure where it is a whole name or whole first
    words that no other contact has.
    """
    words = words_of(text)
    best = [match for one in known if (match := _best(words, text, one)) is not None]
    best.sort(key=lambda match: (-match.score, match.first, match.contact.name, match.contact.no))
    if not best:
        return None
    chosen, *others = best
    rivals = [
        other
        for other in others
        if other.first < chosen.last
        and chosen.first < other.last
        and int(other.score) == int(chosen.score)
    ]
    is_whole = chosen.score >= WHOLE
    is_sure = chosen.is_sure and not rivals and (is_whole or not others)
    return Found(
        value=chosen.contact,
        start=words[chosen.first].start,
        end=words[chosen.last - 1].end,
        sure=Sure.EXACT if is_sure else Sure.NEARLY,
        others=tuple(other.contact for other in others[:MOST_OFFERED]),
        why="" if is_sure else _doubt(chosen, rivals),
    )


def new_name(text: str) -> Found[str] | None:
    """The words that name a contact nobody has yet: the first, and those in capitals behind it.

    A word that touches a sign, such as "b" in "<b>", is none of them: the rest would be torn.

    >>> new_name("Northwind Traders chairs").value
    'Northwind Traders'
    """
    words = words_of(text)
    run: list[Word] = []
    for word in words:
        joined = not run or text[run[-1].end : word.start] in (" ", " & ", " + ")
        if not joined or (run and not word.text[0].isupper()):
            break
        if not (run or word.text[0].isalpha()) or not _stands_alone(word, text):
            break
        run.append(word)
    if not run:
        return None
    start, end = run[0].start, run[-1].end
    return Found(
        value=text[start:end],
        start=start,
        end=end,
        sure=Sure.NEARLY,
        why="nobody of that name is known",
    )


def _stands_alone(word: Word, text: str) -> bool:
    beside = text[max(word.start - 1, 0) : word.start] + text[word.end : word.end + 1]
    return set(beside) <= _BESIDE


def _doubt(chosen: _Match, rivals: Sequence[_Match]) -> str:
    if rivals:
        return f"{len(rivals) + 1} contacts may be meant"
    return "a part of its name" if chosen.score >= WITHIN else "nearly its name"


@cache
def _pieces(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded words of a name: all of them, and those without legal forms."""
    whole = tuple(fold(piece) for piece in pieces(name))
    bare = tuple(piece for piece in whole if piece not in _LEGAL)
    return whole, bare or whole


def _best(words: Sequence[Word], text: str, contact: Known) -> _Match | None:
    """The run of words that names a contact best."""
    found = [
        _Match(score, first, last, contact, is_sure)
        for first, last in _runs(words, text)
        if (judged := _judge(words[first:last], contact))
        for score, is_sure in [judged]
    ]
    return max(
        found, key=lambda match: (match.score, match.last - match.first, -match.first), default=None
    )


def _runs(words: Sequence[Word], text: str) -> Iterable[tuple[int, int]]:
    """Every run of words with nothing that was read already, and no comma, between them."""
    for first in range(len(words)):
        for last in range(first + 1, min(first + _LONGEST_RUN, len(words)) + 1):
            if last - 1 > first and not _are_joined(
                text[words[last - 2].end : words[last - 1].start]
            ):
                break
            yield first, last


def _are_joined(between: str) -> bool:
    return len(between) <= 3 and not set(between) & set('\x1f,;"')  # noqa: PLR2004 (" & ")


def _judge(run: Sequence[Word], contact: Known) -> tuple[float, bool] | None:
    """How well a run names a contact, and surely: 4 exactly, 3 as beginning, 2 within, 1 nearly."""
    said = [piece for word in run for piece in map(fold, pieces(word.text))]
    if len(run) == 1 and fold(run[0].text) == fold(contact.no):
        return WHOLE + 0.005, True
    whole, bare = _pieces(contact.name)
    if tuple(said) in (whole, bare):
        return WHOLE + len(said) / 100, True
    share = min(sum(map(len, said)) / max(sum(map(len, bare)), 1), 0.99)
    longest = max(map(len, said), default=0)
    if longest < SHORTEST_BEGINNING or all(piece in SMALL | _LEGAL for piece in said):
        return None
    for name in {whole, bare}:
        if len(said) <= len(name) and said[:-1] == list(name[: len(said) - 1]):
            if said[-1] == name[len(said) - 1]:
                return 3 + share, run[0].text[0].isupper()
            if len(said[-1]) >= SHORTEST_BEGINNING and name[len(said) - 1].startswith(said[-1]):
                return 2.5 + share / 2.1, False
    return _nearly(said, bare, share, longest)


def _nearly(
    said: list[str], name: tuple[str, ...], share: float, longest: int
) -> tuple[float, bool] | None:
    if longest < SHORTEST_MISTYPED:
        return None
    if any(tuple(said) == name[at : at + len(said)] for at in range(1, len(name))):
        return 2 + share / 2.1, False
    likeness = likeness_of(said, list(name[: len(said)])) * (0.95 + share / 20)
    if len(said) != len(name):  # "Ad atum" and "OfficeDepot" are names too
        joined = float(JaroWinkler.similarity("".join(said), "".join(name)))
        likeness = max(likeness, joined if joined >= LIKE_JOINED else 0.0)
    if likeness < LIKE:
        return None
    is_whole = len(said) == len(name) > 1
    return (3 if is_whole else 1) + 0.99 * likeness * share, False
