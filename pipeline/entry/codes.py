"""Owners and cycles among the words of a line, exactly or nearly.

They are told by their code in capitals, as it is written in the set-up; in lower case a code is
only nearly sure, and never where it is a small word such as "of". `@jim` and `#new` look for an
owner and a cycle by whatever comes near.
"""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz

from pipeline.entry.alike import LIKE, MOST_OFFERED, SMALL, likeness_of, pieces, words_of
from pipeline.entry.folding import fold
from pipeline.entry.parts import Found, Sure

LIKE_CODE = 75.0
"""The likeness, of a hundred, from which a code or name asked for with @ or # is meant."""


def read_code(text: str, known: Mapping[str, str], sign: str) -> Found[str] | None:
    """The one code a text names; `known` gives the name of each, `sign` asks for it aloud."""
    exact, loose = _said(text, known)
    return _asked_for(text, known, sign) or exact or _by_name(text, known) or loose


def nearest_codes(typed: str, known: Mapping[str, str]) -> list[str]:
    """The codes that a word nearly names, by code or name, the nearest first."""
    wanted = fold(typed)
    scores = {
        code: max(
            fuzz.ratio(wanted, fold(code)),
            100.0 if fold(code).startswith(wanted) else 0.0,
            fuzz.partial_ratio(wanted, fold(name)) if len(wanted) > 1 else 0.0,
        )
        for code, name in known.items()
    }
    near = [code for code, score in scores.items() if score >= LIKE_CODE]
    return sorted(near, key=lambda code: (-scores[code], code))


def _asked_for(text: str, known: Mapping[str, str], sign: str) -> Found[str] | None:
    for match in re.finditer(rf"(?<!\S){re.escape(sign)}(\S+)", text):
        exact = next((code for code in known if fold(code) == fold(match[1])), None)
        near = nearest_codes(match[1], known)
        if exact is None and not near:
            continue
        chosen = exact or near[0]
        return Found(
            value=chosen,
            start=match.start(),
            end=match.end(),
            sure=Sure.EXACT if exact else Sure.NEARLY,
            others=tuple(code for code in near if code != chosen)[:MOST_OFFERED],
            why="" if exact else f"nearest to “{match[1]}”",
        )
    return None


def _said(text: str, known: Mapping[str, str]) -> tuple[Found[str] | None, Found[str] | None]:
    """The last code as it is written, and the last word that is one in another case."""
    folded = {fold(code): code for code in known}
    said = [word for word in re.finditer(r"[^\s,;()\x1f]+", text) if fold(word[0]) in folded]
    exact = [word for word in said if word[0] == folded[fold(word[0])]]
    loose = [word for word in said if fold(word[0]) not in SMALL]
    return (
        _last(exact, folded, Sure.EXACT, ""),
        _last(loose, folded, Sure.NEARLY, "the code in another case"),
    )


def _last(
    said: list[re.Match[str]], folded: Mapping[str, str], sure: Sure, why: str
) -> Found[str] | None:
    if not said:
        return None
    last = said[-1]
    code = folded[fold(last[0])]
    return Found(value=code, start=last.start(), end=last.end(), sure=sure, why=why)


def _by_name(text: str, known: Mapping[str, str]) -> Found[str] | None:
    """The whole name of an owner or cycle, or nearly, of two words at least."""
    words = words_of(text)
    for code, name in known.items():
        wanted = [fold(piece) for piece in pieces(name)]
        for first in range(len(words) - len(wanted) + 1) if len(wanted) > 1 else ():
            run = words[first : first + len(wanted)]
            likeness = likeness_of([fold(word.text) for word in run], wanted)
            if likeness >= LIKE:
                return Found(
                    value=code,
                    start=run[0].start,
                    end=run[-1].end,
                    sure=Sure.EXACT if likeness == 1 else Sure.NEARLY,
                    why="" if likeness == 1 else f"nearly {name}",
                )
    return None
