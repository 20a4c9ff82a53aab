"""Owners, contacts and close reasons of the files, matched with the store's."""

from dataclasses import dataclass

import pandas as pd

from pipeline.importing.columns import Values
from pipeline.importing.export import stacked
from pipeline.importing.fields import Role
from pipeline.importing.known import Known
from pipeline.importing.parties import matched_contacts
from pipeline.importing.people import Matched, match_owners
from pipeline.importing.profile import Profile
from pipeline.importing.reasons import matched_campaigns, matched_reasons, reason_keys
from pipeline.importing.translate import translated


@dataclass(frozen=True, kw_only=True)
class Matches:
    """What the names in the files became."""

    owners: Matched
    contacts: Matched
    close_reasons: Matched
    teams: pd.DataFrame
    """owner key and team_code, team name; of new owners only"""
    campaigns: Matched

    def resolved(self, events: pd.DataFrame, deals: pd.DataFrame) -> pd.DataFrame:
        """Give events with codes for their words, and the cycle of their opportunity."""
        cycles = deals.set_index("external_id")["cycle_code"]
        reason = reason_keys(events["outcome"].fillna(""), events["close_reason"].fillna(""))
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
                "owner_code": translated(new["owner_id"], self.owners.codes),
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
    people, keep = stacked(values, Role.OWNERS), profile.keeps_numbers
    owners = match_owners(
        _owners(deals, events, people, profile), there.owners, profile.source, keep=keep
    )
    own_codes = {code: code for code in there.owners["owner_code"]}
    owners = Matched(codes={**own_codes, **owners.codes}, new=owners.new)
    contacts = stacked(values, Role.CONTACTS)
    return Matches(
        owners=owners,
        contacts=matched_contacts(fresh, contacts, there.contacts, profile),
        close_reasons=matched_reasons(events, values, there.close_reasons, profile),
        teams=_teams(owners.new, people),
        campaigns=matched_campaigns(fresh, values, there.campaigns, profile),
    )


def _owners(
    deals: pd.DataFrame, events: pd.DataFrame, people: pd.DataFrame, profile: Profile
) -> pd.DataFrame:
    """Give each owner's key, id and name; the table of people knows names best.

    Where set-up is taken whole, people nobody names come with the others.

    An owner that only events name is an id where the deals or the table of people have ids.
    """
    whole_name = (
        people["first_name"].fillna("") + " " + people["last_name"].fillna("")
    ).str.strip()
    named = people.assign(name=people["owner"].fillna(whole_name.mask(whole_name == "")))
    by_id = named.dropna(subset=["owner_id", "name"]).drop_duplicates("owner_id")
    names = by_id.set_index("owner_id")["name"]
    has_ids = bool(deals["owner_id"].notna().any() or people["owner_id"].notna().any())
    has_ids = has_ids or (profile.keeps_numbers and bool(deals["owner"].isna().all()))
    then = pd.DataFrame({"owner_key": events["owner"].drop_duplicates()})
    then = then.assign(owner_id=then["owner_key"] if has_ids else None, owner=None)
    listed = people.assign(owner_key=people["owner_id"])[["owner_key", "owner_id", "owner"]]
    listed = listed if profile.takes_set_up else listed.iloc[:0]
    owners = pd.concat([deals[["owner_key", "owner_id", "owner"]], then, listed]).astype("str")
    owners = owners.dropna(subset="owner_key")
    if profile.keeps_numbers:
        own = owners["owner_id"].fillna(owners["owner_key"].where(owners["owner"].isna()))
        owners = owners.assign(owner_id=own)
    owners = owners.drop_duplicates("owner_key").sort_values("owner_key")
    name = (
        translated(owners["owner_key"], names).fillna(owners["owner"]).fillna(owners["owner_key"])
    )
    return pd.DataFrame(
        {"key": owners["owner_key"], "id": owners["owner_id"].fillna(""), "name": name}
    )


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
