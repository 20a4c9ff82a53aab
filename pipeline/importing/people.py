"""Owners and contacts a file names: matched with those there are, or made."""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

_LONGEST_CODE = 20
_LONGEST_NAME = 250
_OWN_KEY = range(15, _LONGEST_CODE + 1)
"""A key of this length, such as Salesforce's, is nobody else's; a shorter one needs its source."""
_WANTED = ["key", "id", "name", "type", "company_key"]


@dataclass(frozen=True, kw_only=True)
class Matched:
    """What the keys of a file became."""

    codes: dict[str, str]
    """Key of the source -> code in the store."""
    new: pd.DataFrame
    """code, name, and what else the file knows; those to make."""


def keyed(source: str, key: str, *, keep: bool = False) -> str:
    """Give the code of a record that has a key in its source, always the same one.

    `keep` leaves the key as it is, where it can be a code here.

    >>> keyed("pipedrive", "1463")
    'PIPEDRIVE-1463'
    """
    bare = " ".join(key.split()).upper()
    if len(bare) in _OWN_KEY or (keep and 0 < len(bare) <= _LONGEST_CODE):
        return bare
    prefix = re.sub(r"[^A-Z0-9]", "", source.upper())
    long = f"{prefix[:12]}-{bare}"
    if len(long) <= _LONGEST_CODE:
        return long
    return f"{prefix[:7]}-{hashlib.sha256(key.encode()).hexdigest()[:12]}".upper()


def initials_code(name: str, taken: Collection[str]) -> str:
    """Give a free code for a person's name: first initial and last name.

    >>> initials_code("Darcel Schlecht", ())
    'DSCHLECHT'
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Z0-9]+", ascii_name.upper())
    stem = (words[0][0] + words[-1] if len(words) > 1 else "".join(words))[: _LONGEST_CODE - 4]
    stem = stem or f"P{hashlib.sha256(name.encode()).hexdigest()[:8]}".upper()
    code, copy = stem, 1
    while code in taken:
        copy += 1
        code = f"{stem}{copy}"
    return code


def match_owners(
    people: pd.DataFrame, known: pd.DataFrame, source: str, *, keep: bool = False
) -> Matched:
    """Match owners (`key`, `id`, `name`) by code and by name; the others get a code.

    `keep`: an id is a code here, and nobody of another code is meant by it.

    Names are compared without case; a key that is an id gives the code, else the name does.
    """
    by_name = {
        str(n).casefold(): str(c) for n, c in zip(known["name"], known["owner_code"], strict=True)
    }
    taken = set(known["owner_code"])
    codes: dict[str, str] = {}
    new: list[dict[str, str]] = []
    for key, identity, name in people[["key", "id", "name"]].itertuples(index=False):
        code = _known_code(identity, name, source, taken=taken, by_name=by_name)
        if keep and identity:
            code = keyed(source, identity, keep=True)
        if code not in taken:
            code = keyed(source, identity, keep=keep) if identity else initials_code(name, taken)
            new.append({"code": code, "name": name[:_LONGEST_NAME], "key": key})
            taken.add(code)
            by_name.setdefault(name.casefold(), code)
        codes[key] = code
    return Matched(codes=codes, new=pd.DataFrame(new, columns=["code", "name", "key"], dtype="str"))


def _known_code(
    identity: str, name: str, source: str, *, taken: Collection[str], by_name: dict[str, str]
) -> str:
    if identity and keyed(source, identity) in taken:
        return keyed(source, identity)
    return by_name.get(name.casefold(), "") or (name.upper() if name.upper() in taken else "")


def match_contacts(
    wanted: pd.DataFrame, known: pd.DataFrame, source: str, *, keep: bool = False
) -> Matched:
    """Match companies and persons (`key`, `id`, `name`, `type`, `company_key`) or number them.

    Companies match by key, then by name without case; persons by key, then by name and company.
    With `keep` a key is the number here, and matches by itself alone.
    """
    prefix = re.sub(r"[^A-Z0-9]", "", source.upper())[:8]
    taken = set(known["contact_no"])
    by_name = {
        (str(kind), str(name).casefold()): str(no)
        for no, kind, name in known[["contact_no", "type", "name"]].itertuples(index=False)
    }
    number = _last_number(taken, prefix)
    codes: dict[str, str] = {}
    new: list[dict[str, str]] = []
    for key, identity, name, kind, company in wanted[_WANTED].itertuples(index=False):
        no = keyed(source, identity, keep=keep) if identity else ""
        if no not in taken and not (keep and no):
            no = _same_name(by_name, (kind, name.casefold()), prefix if identity else "") or no
        if not no:
            number += 1
            no = f"{prefix}-{number:06d}"
        if no not in taken:
            taken.add(no)
            by_name.setdefault((kind, name.casefold()), no)
            new.append(
                {"code": no, "name": name[:_LONGEST_NAME], "type": kind, "company_key": company}
            )
        codes[key] = no
    columns = ["code", "name", "type", "company_key"]
    return Matched(codes=codes, new=pd.DataFrame(new, columns=columns, dtype="str"))


def _same_name(by_name: dict[tuple[str, str], str], spoken: tuple[str, str], prefix: str) -> str:
    """Give the contact of the same name; one with another key of the same source is another one."""
    no = by_name.get(spoken, "")
    own = prefix and (no.startswith(f"{prefix}-") or len(no) in _OWN_KEY)
    return "" if own else no


def _last_number(taken: Collection[str], prefix: str) -> int:
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{6}})")
    return max((int(hit[1]) for no in taken if (hit := pattern.fullmatch(no))), default=0)
