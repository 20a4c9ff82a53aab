"""What the pages of lists of contacts show: the lists, one list, and what was pasted for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from pipeline.domain.contact_lists import ContactList
from pipeline.domain.scope import Scope
from pipeline.reports import look_ups
from pipeline.store import Session
from pipeline.store import contact_lists as stored

_ANY_DAY = Scope(as_of=date.max)
SUGGESTIONS = 10
"""For how many words that name nobody the nearest contact is looked for."""


def contact_lists(session: Session, list_no: str | None = None) -> pd.DataFrame:
    """The lists, the newest first, or one of them.

    Columns: `list_no, list_description, campaign_no, campaign_description, owner_code, owner_name,
    contacts_listed, made_from_list`.
    """
    return session.frame("contact_lists", _ANY_DAY, list_no=list_no)


def contact_list(session: Session, no: str) -> ContactList:
    """One list with its contacts. Raises `UnknownContactListError`."""
    return stored.contact_list(session, no)


def lines(session: Session, list_no: str) -> pd.DataFrame:
    """The contacts of a list in order, with what an opportunity of each would take.

    Columns: `contact_no, contact_name, contact_type, line_description, owner_code,
    likely_owner_code, likely_description, open_now, first_open`.
    """
    return session.frame("contact_list_lines", _ANY_DAY, list_no=list_no)


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """What a pasted text names."""

    found: dict[str, str]
    """The name of each contact that is named exactly, by number."""
    several: dict[str, list[str]]
    """Words that more than one contact bears as a name, with their numbers."""
    unknown: dict[str, str]
    """Words that name nobody, with the nearest contact in words; blank where there is none."""


def pasted(session: Session, text: str) -> Pasted:
    """Who is meant by numbers and names, one a line; of columns the first that is not blank."""
    words = list(dict.fromkeys(filter(None, map(_first_cell, text.splitlines()))))
    if not words:
        return Pasted(found={}, several={}, unknown={})
    frame = session.frame("contacts_pasted", _ANY_DAY, pasted=words)
    once = frame[frame["fitting"] == 1]
    several = frame[frame["fitting"] > 1].groupby("words", sort=False)["contact_no"]
    unknown = list(frame[frame["fitting"] == 0]["words"])
    return Pasted(
        found=dict(zip(once["contact_no"], once["contact_name"], strict=True)),
        several={str(name): list(numbers) for name, numbers in several},
        unknown=dict.fromkeys(unknown, "") | _nearest(session, unknown[:SUGGESTIONS]),
    )


def _first_cell(line: str) -> str:
    cells = (cell.strip().strip('"') for cell in line.replace(";", "\t").split("\t"))
    return next((cell for cell in cells if cell), "")


def _nearest(session: Session, unknown: Sequence[str]) -> dict[str, str]:
    """The likeliest contact for words that name nobody exactly."""
    found = {words: look_ups.contacts(session, words, at_most=1) for words in unknown}
    return {
        words: f"{frame['name'].iloc[0]} ({frame['contact_no'].iloc[0]})"
        for words, frame in found.items()
        if len(frame)
    }


def preview(
    frame: pd.DataFrame, *, description: str, owner: str, skip_with_open: bool
) -> pd.DataFrame:
    """What creating an opportunity for each line would do; `frame` as `lines` gives it.

    Columns: `contact_no, contact_name, description, owner_code, what_happens, taken`.
    """
    skipped = frame["open_now"].gt(0) & skip_with_open
    reason = "left out: " + frame["first_open"].fillna("").astype(str) + " is open"
    return pd.DataFrame(
        {
            "contact_no": frame["contact_no"],
            "contact_name": frame["contact_name"],
            "description": description or frame["likely_description"],
            "owner_code": owner or frame["likely_owner_code"],
            "what_happens": reason.where(skipped, "is created"),
            "taken": ~skipped,
        }
    )
