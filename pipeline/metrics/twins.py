"""How alike two opportunities of one company are: words, amount and contact, with reasons."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

LIKELY = 70
"""From this likeness on two opportunities are shown as likely twins."""
SIMILAR_WORDS = 60
"""Without words at least this alike nothing is a twin."""
SAME_AMOUNT_SHARE = 0.25
"""Amounts that differ by less than this share of the larger one are near each other."""
_SAME = 100
_WEIGHTS = {"words": 0.65, "amounts": 0.25, "contacts": 0.10}
_OTHER_NUMBER = 0.6
"""What remains of the likeness of words whose numbers differ: phase 1 and phase 2."""


def likeness(pairs: pd.DataFrame) -> pd.DataFrame:
    """Say how alike the two opportunities of each pair are, and keep the likely twins.

    `pairs` has `description, twin_description, amount, twin_amount, contact_no, twin_contact_no,
    company_name` and whatever else is to be kept; both are of one company. Added are

    | column | |
    |---|---|
    | likeness | 0 to 100: words 65, amount 25, contact 10; without an amount the rest counts |
    | reasons | in words: `same contact; same amount; words 92 % alike` |

    Descriptions are compared without the company's name; other numbers in them count against.
    Sorted by likeness, the likeliest first.
    """
    scored = pairs.assign(
        words=_words(pairs),
        amounts=_amounts(pairs),
        contacts=(pairs["contact_no"] == pairs["twin_contact_no"]).astype(float) * 100,
    ).assign(likeness=_weighted)
    kept = scored[(scored["likeness"] >= LIKELY) & (scored["words"] >= SIMILAR_WORDS)]
    return (
        kept.assign(likeness=kept["likeness"].round().astype(int), reasons=_reasons(kept))
        .drop(columns=["words", "amounts", "contacts"])
        .sort_values("likeness", ascending=False, kind="stable", ignore_index=True)
    )


def _weighted(scored: pd.DataFrame) -> "pd.Series[Any]":
    parts = scored[list(_WEIGHTS)].astype(float)
    weights = parts.notna() * pd.Series(_WEIGHTS)
    return (parts.fillna(0) * weights).sum(axis=1) / weights.sum(axis=1)


def _amounts(pairs: pd.DataFrame) -> "pd.Series[Any]":
    """How near the amounts are: 100 the same, 0 from a quarter apart on; missing without one."""
    one, other = pairs["amount"].astype(float), pairs["twin_amount"].astype(float)
    apart = (one - other).abs() / one.where(one >= other, other).replace(0, np.nan)
    near: pd.Series[Any] = (100 * (1 - apart / SAME_AMOUNT_SHARE)).clip(lower=0)
    return near


def _words(pairs: pd.DataFrame) -> "pd.Series[Any]":
    one = _plain(pairs["description"], pairs["company_name"])
    other = _plain(pairs["twin_description"], pairs["company_name"])
    alike = process.cpdist(one.tolist(), other.tolist(), scorer=fuzz.token_sort_ratio)
    same_numbers = one.map(_numbers) == other.map(_numbers)
    said = (one != "") & (other != "")
    return (
        pd.Series(alike, index=pairs.index, dtype=float)
        * np.where(same_numbers, 1, _OTHER_NUMBER)
        * said
    )


def _plain(descriptions: "pd.Series[Any]", companies: "pd.Series[Any]") -> "pd.Series[Any]":
    """Words in small letters without accents and signs, and without those of the company's name."""
    texts = [
        " ".join(word for word in _split(text) if word not in _split_once(company)) or _bare(text)
        for text, company in zip(descriptions.fillna(""), companies.fillna(""), strict=True)
    ]
    return pd.Series(texts, index=descriptions.index, dtype=object)


@lru_cache(maxsize=100_000)
def _split_once(company: str) -> frozenset[str]:
    return frozenset(_split(company))


def _bare(text: str) -> str:
    return " ".join(_split(text))


def _split(text: str) -> list[str]:
    decomposed = text.lower() if text.isascii() else unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[^\W_]+", re.sub("[\u0300-\u036f]", "", decomposed))


def _numbers(text: str) -> str:
    return " ".join(sorted(re.findall(r"\d+", text)))


def _reasons(kept: pd.DataFrame) -> "pd.Series[Any]":
    """Write why each pair is likely the same."""
    apart = (100 * SAME_AMOUNT_SHARE * (1 - kept["amounts"].astype(float) / 100)).map(
        "{:.0f}".format
    )
    words = kept["words"].map("{:.0f}".format)
    texts = pd.DataFrame(
        {
            "contact": np.where(kept["contacts"] > 0, "same contact", "same company"),
            "amount": np.select(
                [kept["amounts"].isna(), kept["amounts"] >= _SAME, kept["amounts"] > 0],
                ["", "same amount", "amounts " + apart.astype("string") + " % apart"],
                "other amount",
            ),
            "words": np.where(
                kept["words"] >= _SAME,
                "same words",
                "words " + words.astype("string") + " % alike",
            ),
        },
        index=kept.index,
        dtype=object,
    )
    written = texts["contact"] + "; " + texts["amount"] + "; " + texts["words"]
    plain: pd.Series[Any] = written.str.replace("; ; ", "; ")
    return plain
