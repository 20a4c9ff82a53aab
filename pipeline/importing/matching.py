"""Owners, contacts and close reasons of the files, matched with the store's."""

import re
from dataclasses import dataclass

import pandas as pd

from pipeline.importing.columns import Values
from pipeline.importing.export import stacked
from pipeline.importing.fields import Role
from pipeline.importing.known import Known
from pipeline.importing.people import Matched, match_contacts, match_owners
from pipeline.importing.profile import Profile
from pipeline.importing.translate import translated


@dataclass(frozen=True, kw_only=True)
class Matches:
    """What the names in the files became."""

    owners: Matched
    contacts: Matched
    close_reasons: Matched
    teams: pd.DataFrame
    """owner key and team_code, team name; of new owners only"""

    def resolved(self, events: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
        """Give events with codes for their words, and the cycle of their opportunity."""
        cycles = deals.set_index("external_id")["cycle_code"]
        reason = (
            events["outcome"].fillna("") + ":" + events["close_reason"].fillna("").str.casefold()
        )
        return events.assign(
            owner_code=translated(events["owner"], self.owners.codes),
            close_reason_code=translated(reason, self.close_reasons.codes),
            cycle_code=translated(events["external_id"], cycles),
        )

    def contact_rows(self) -> pd.DataFrame:
        """Give the new contacts as the store takes them."""
        new = self.contacts.new
        is_company = new["type"] == "company"
        company = translated(new["company_key"], self.contacts.codes)
        return pd.DataFrame(
            {
                "contact_no": new["code"],
                "type": new["type"],
                "name": new["name"],
                "company_no": company.mask(is_company, new["code"]),
                "owner_code": pd.Series(None, index=new.index, dtype="str"),
                "is_customer": False,
            }
        )


def with_keys(deals: pd.DataFrame) -> pd.DataFrame:
    """Give deals the keys of their owner and contact: the source's own, else the name.

    The contact is the person if one is named, else the company.
    """
    company = ("company:" + deals["company_id"].fillna(deals["company"].str.casefold())).astype(
        "str"
    )
    person = ("person:" + deals["contact_id"].fillna(deals["contact"].str.casefold())).astype("str")
    return deals.assign(
        owner_key=deals["owner_id"].fillna(deals["owner"]),
        company_key=company,
        contact_key=person.fillna(company),
    )


def matched(
    fresh: pd.DataFrame,
    deals: pd.DataFrame,
    events: pd.DataFrame,
    values: list[Values],
    there: Known,
    profile: Profile,
) -> Matches:
    """Match the owners the events name and the contacts of fresh deals.

    Tables beside the deals know names and teams.
    """
    people = stacked(values, Role.OWNERS)
    owners = match_owners(_owners(deals, events, people), there.owners, profile.source)
    return Matches(
        owners=owners,
        contacts=match_contacts(
            _contacts(fresh, stacked(values, Role.CONTACTS)), there.contacts, profile.source
        ),
        close_reasons=_close_reasons(events, there.close_reasons),
        teams=_teams(owners.new, people),
    )


def _owners(deals: pd.DataFrame, events: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Give each owner's key, id and name; the table of people knows names best.

    An owner that only events name is an id where the deals or the table of people have ids.
    """
    whole_name = (
        people["first_name"].fillna("") + " " + people["last_name"].fillna("")
    ).str.strip()
    named = people.assign(name=people["owner"].fillna(whole_name.mask(whole_name == "")))
    by_id = named.dropna(subset=["owner_id", "name"]).drop_duplicates("owner_id")
    names = by_id.set_index("owner_id")["name"]
    has_ids = deals["owner_id"].notna().any() or people["owner_id"].notna().any()
    then = pd.DataFrame({"owner_key": events["owner"].drop_duplicates()})
    then = then.assign(owner_id=then["owner_key"] if has_ids else None, owner=None)
    owners = pd.concat([deals[["owner_key", "owner_id", "owner"]], then]).astype("str")
    owners = owners.dropna(subset="owner_key")
    owners = owners.drop_duplicates("owner_key").sort_values("owner_key")
    name = (
        translated(owners["owner_key"], names).fillna(owners["owner"]).fillna(owners["owner_key"])
    )
    return pd.DataFrame(
        {"key": owners["owner_key"], "id": owners["owner_id"].fillna(""), "name": name}
    )


def _contacts(deals: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Give companies first, then persons, each with key, id and name."""
    names = pd.concat(
        [
            table.dropna(subset=["company_id", "company"]).set_index("company_id")["company"],
            table.dropna(subset=["contact_id", "contact"]).set_index("contact_id")["contact"],
        ]
    )
    names = names[~names.index.duplicated()]
    companies = deals.dropna(subset="company_key").drop_duplicates("company_key")
    persons = deals[deals["contact_key"].str.startswith("person:").fillna(value=False)]
    persons = persons.drop_duplicates("contact_key")
    return pd.concat(
        [
            _wanted(companies, "company", names).assign(company_key=""),
            _wanted(persons, "contact", names).assign(
                company_key=persons["company_key"].fillna("").to_numpy()
            ),
        ],
        ignore_index=True,
    )


def _wanted(rows: pd.DataFrame, field: str, names: pd.Series) -> pd.DataFrame:
    identity = rows[f"{field}_id"]
    name = translated(identity, names).fillna(rows[field]).fillna(identity)
    return pd.DataFrame(
        {
            "key": rows[f"{field}_key"],
            "id": identity.fillna(""),
            "name": name.astype("str"),
            "type": "company" if field == "company" else "person",
        }
    ).sort_values("key")


def _close_reasons(events: pd.DataFrame, there: pd.DataFrame) -> Matched:
    """Match reasons by outcome and description; one word for both outcomes is two reasons."""
    known = {
        f"{outcome}:{text.casefold()}": code
        for code, text, outcome in there[
            ["close_reason_code", "description", "outcome"]
        ].itertuples(index=False)
    }
    closed = events[events["outcome"].isin(["won", "lost"]) & events["close_reason"].notna()]
    wanted = closed.assign(key=closed["outcome"] + ":" + closed["close_reason"].str.casefold())
    taken, codes, new = set(there["close_reason_code"]), dict(known), []
    for key, outcome, text in wanted.drop_duplicates("key")[
        ["key", "outcome", "close_reason"]
    ].itertuples(index=False):
        if key not in codes:
            codes[key] = _reason_code(text, outcome, taken)
            taken.add(codes[key])
            new.append({"code": codes[key], "name": text[:250], "outcome": outcome})
    return Matched(
        codes=codes, new=pd.DataFrame(new, columns=["code", "name", "outcome"], dtype="str")
    )


def _reason_code(text: str, outcome: str, taken: set[str]) -> str:
    stem = re.sub(r"[^\w]+", " ", text).strip().upper() or outcome.upper()
    code, copy = stem[:20].strip(), 1
    while code in taken:
        copy += 1
        code = f"{stem[:16].strip()} {copy}"
    return code


def _teams(new: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Give the team of each new owner, where the table of people names one."""
    key = people["owner_id"].fillna(people["owner"])
    team = (
        people.assign(key=key)
        .dropna(subset=["key", "team"])
        .drop_duplicates("key")
        .set_index("key")
    )
    mine = new.assign(team=translated(new["key"], team["team"]))
    codes = mine["team"].str.upper().str.slice(0, 20)
    return mine.assign(team_code=codes)[["code", "team_code", "team"]]
