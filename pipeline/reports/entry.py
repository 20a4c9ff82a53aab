"""What entering needs to know: contacts that words may name, defaults and why, what is found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from pipeline.domain.dates import add_formula
from pipeline.domain.scope import Scope
from pipeline.reports import look_ups
from pipeline.reports.left_out import drafts
from pipeline.store import Session

_ANY_DAY = Scope(as_of=date.max)
MOST_CONTACTS = 50
MOST_WORDS = 12
SHORTEST_WORD = 2
SHORTEST_MISTYPED = 4
FEWEST_WON = 5
"""Fewer than these won opportunities do not suggest a close date."""
LAST_WON = 200
"""So many of the newest won ones do: how one sells changes."""

_ACCENTED = {
    "a": "aàáâãäåāăą", "c": "cçćč", "d": "dďđ", "e": "eèéêëēėęě", "g": "gğ", "i": "iìíîïī",
    "l": "lł", "n": "nñńň", "o": "oòóôõöøō", "r": "rř", "s": "sśšş", "t": "tťţ", "u": "uùúûüůūű",
    "y": "yýÿ", "z": "zźžż",
}  # fmt: skip
_PLACES = ("first", "second", "third", "fourth")
"""So many words of a search count."""
_START = r"(?:^|[^\p{L}\p{N}])"


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """A default, and the words that say where it comes from."""

    value: object
    why: str


@dataclass(frozen=True, kw_only=True)
class Context:
    """What is known from where one is: the page of a contact, of a cycle, of a campaign."""

    contact_no: str = ""
    owner_code: str = ""
    cycle_code: str = ""
    campaign_no: str = ""


def contacts(session: Session, words: Sequence[str]) -> pd.DataFrame:
    """The contacts that some words of a line may name, the likeliest first.

    Exactly: a word of the name begins like one of the words. Columns: `contact_no, name,
    owner_code, company_name`.
    """
    sought = _sought(words)
    if not sought:
        return _none()
    any_of = "|".join(map(_accented, sought))
    pattern = rf"{_START}(?:{any_of})\p{{L}}*(?:[^\p{{L}}\p{{N}}]+(?:{any_of}))*"
    numbers = [word.lower() for word in words]
    return session.frame(
        "entry_contacts", _ANY_DAY, pattern=pattern, numbers=numbers, at_most=MOST_CONTACTS
    )


def contacts_named(session: Session, words: Sequence[str]) -> pd.DataFrame:
    """The contacts called exactly so, but for case and accents, or with one of these numbers.

    Columns as `contacts` gives them.
    """
    return session.frame("entry_contacts_named", _ANY_DAY, names=list(words))


def contacts_nearly(session: Session, words: Sequence[str]) -> pd.DataFrame:
    """The contacts that some words may name with a typing error behind the second letter."""
    sought = [word for word in _sought(words) if len(word) >= SHORTEST_MISTYPED]
    if not sought:
        return _none()
    starts = "|".join(sorted({_accented(word[:2]) for word in sought}))
    pattern = rf"{_START}((?:{starts})[\p{{L}}\p{{N}}]*)"
    return session.frame(
        "entry_contacts_nearly", _ANY_DAY, pattern=pattern, words=sought, at_most=MOST_CONTACTS
    )


def opportunities(session: Session, search: str, *, at_most: int = 8) -> pd.DataFrame:
    """The opportunities found by number, or by words of the description or the contact.

    Columns: `opportunity_no, description, status, contact_name`.
    """
    words = _sought(search.split(), shortest=1)[: len(_PLACES)]
    patterns = [f"{_START}{_accented(word)}" for word in words] or [re.escape(search.strip())]
    patterns += [""] * (len(_PLACES) - len(patterns))
    return session.frame(
        "palette",
        _ANY_DAY,
        search=search.strip(),
        **dict(zip(_PLACES, patterns, strict=True)),
        at_most=at_most,
    )


def not_started(session: Session, today: date) -> int:
    """How many opportunities are entered and not started: no figure counts them."""
    return drafts(session, Scope(as_of=today))


# --- defaults -------------------------------------------------------------------------------------


def owner(
    session: Session, context: Context, contact_owner: str | None, who: str, known: Sequence[str]
) -> Assumed | None:
    """Who owns a new opportunity, of those there are.

    In this order: the campaign's owner, the owner the page knows, the contact's, the company's
    default, whoever is here.
    """
    campaign = context.campaign_no and look_ups.campaign_owner(session, context.campaign_no)
    usual = look_ups.setting(session, "default_owner")
    order = [
        (campaign, "the campaign's owner"),
        (context.owner_code, "known from the page"),
        (contact_owner, "the contact's owner"),
        (usual, "the company's default"),
        (who, "you"),
    ]
    return next((Assumed(value=code, why=why) for code, why in order if code in known), None)


def cycle(session: Session, context: Context, known: Sequence[str]) -> Assumed | None:
    """The sales cycle: the one the page knows, the company's default, the only one there is."""
    usual = look_ups.setting(session, "default_cycle")
    only = known[0] if len(known) == 1 else None
    order = [
        (context.cycle_code, "known from the page"),
        (usual, "the company's default"),
        (only, "the only one"),
    ]
    return next((Assumed(value=code, why=why) for code, why in order if code in known), None)


def close_date(session: Session, cycle_code: str, today: date) -> Assumed | None:
    """When one created today closes if it takes as long as half of those won in its cycle.

    Where fewer than five were won, the date formula of the first stage says it; else nobody.
    """
    found = session.frame("won_length", Scope(as_of=today), cycle_code=cycle_code, at_most=LAST_WON)
    won = int(found["won"].iloc[0])
    if won >= FEWEST_WON:
        days = int(found["half_days"].iloc[0])
        last = "last " if won == LAST_WON else ""
        why = f"half of the {won} {last}won ones took {days} days or less"
        return Assumed(value=today + timedelta(days=days), why=why)
    stages = look_ups.sales_cycle(session, cycle_code).stages
    if stages and stages[0].date_formula:
        formula = stages[0].date_formula
        return Assumed(value=add_formula(today, formula), why=f"{formula} as the first stage says")
    return None


def _sought(words: Sequence[str], *, shortest: int = SHORTEST_WORD) -> list[str]:
    """The words in lower case without accents, each once, those too short left out."""
    pieces = [piece for word in words for piece in re.findall(r"[^\W_]+", _bare(word))]
    return list(dict.fromkeys(one for one in pieces if len(one) >= shortest))[:MOST_WORDS]


def _bare(word: str) -> str:
    plain = {accented: letter for letter, several in _ACCENTED.items() for accented in several}
    return "".join(plain.get(sign, sign) for sign in word.lower())


def _accented(word: str) -> str:
    """A pattern that finds the word with accents and without."""
    return "".join(
        f"[{_ACCENTED[sign]}]" if sign in _ACCENTED else re.escape(sign) for sign in word
    )


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=["contact_no", "name", "owner_code", "company_name"])
