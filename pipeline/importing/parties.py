"""Whom the opportunities of the files are for: companies and persons, told apart and matched."""

import pandas as pd

from pipeline.importing.people import Matched, match_contacts
from pipeline.importing.profile import Profile
from pipeline.importing.translate import looked_up, translated

_COMPANY, _PERSON = "company", "person"
_SAID_BY_EVENTS = ("contact_id", "campaign_id")


def with_parties(deals: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Give the deals that name no contact or campaign the last one their history names."""
    ordered = events.sort_values(["external_id", "at", "order", "row"], kind="stable")
    last = ordered.groupby("external_id", sort=False)[list(_SAID_BY_EVENTS)].last()
    keys = deals["external_id"]
    return deals.assign(
        **{name: deals[name].fillna(looked_up(keys, last[name])) for name in _SAID_BY_EVENTS}
    )


def told_apart(deals: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Give the deals with companies in the company's fields, where one field holds either.

    The contact table says what a contact is; without it a contact that is its own company, by
    number or by name, is one.
    """
    known = contact_rows(table).set_index("contact_id")
    identity = deals["contact_id"]
    kind = looked_up(identity, known["contact_type"])
    same_name = deals["contact"].str.casefold() == deals["company"].str.casefold()
    itself = (identity == deals["company_id"]) | (deals["company_id"].isna() & same_name)
    is_company = identity.notna() & kind.fillna(
        pd.Series(_PERSON, index=deals.index).mask(itself, _COMPANY)
    ).eq(_COMPANY)
    company = deals["company_id"].fillna(looked_up(identity, known["company_id"]))
    return deals.assign(
        company_id=company.mask(is_company, identity),
        company=deals["company"].mask(is_company, deals["contact"].fillna(deals["company"])),
        contact_id=identity.mask(is_company),
        contact=deals["contact"].mask(is_company),
    )


def contact_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Give the contacts of a table that says what each is: contact_type company or person."""
    rows = table.dropna(subset="contact_id").drop_duplicates("contact_id")
    itself = rows["contact_id"] == rows["company_id"]
    said = rows["contact_type"].str.casefold()
    named = said.map(_MEANINGS).astype("str")
    kind = named.mask(named.isna() & itself, _COMPANY)
    return rows.assign(contact_type=kind)


_MEANINGS = {
    "company": _COMPANY,
    "person": _PERSON,
    "unternehmen": _COMPANY,
    "0": _COMPANY,
    "1": _PERSON,
}


def matched_contacts(
    deals: pd.DataFrame, table: pd.DataFrame, known: pd.DataFrame, profile: Profile
) -> Matched:
    """Match the contacts that deals name, and all of the table where set-up is taken whole.

    New ones carry code, name, type, company_key and owner_id.
    """
    wanted = _wanted_by(deals, table)
    if profile.takes_set_up:
        listed = _listed(table)
        said = wanted.set_index("key")["company_key"]
        companies = translated(listed["key"], said[~said.index.duplicated()])
        spoken = listed["company_key"].mask(listed["company_key"] == "", companies)
        listed = listed.assign(company_key=spoken.fillna(""))
        wanted = pd.concat([listed, wanted[~wanted["key"].isin(listed["key"])]])
    wanted = wanted.sort_values("type", kind="stable")
    found = match_contacts(wanted, known, profile.source, keep=profile.keeps_numbers)
    owners = table.dropna(subset="contact_id").drop_duplicates("contact_id")
    held = owners.assign(code=owners["contact_id"].str.upper()).set_index("code")["owner_id"]
    new = found.new.assign(owner_id=translated(found.new["code"], held[~held.index.duplicated()]))
    return Matched(codes=found.codes, new=new)


def _listed(table: pd.DataFrame) -> pd.DataFrame:
    """Give the contacts of a table as wanted.

    One of which it does not say what it is is a person if it belongs to a company, else a company.
    """
    rows = contact_rows(table)
    kind = rows["contact_type"]
    numbers = rows[kind == _COMPANY].drop_duplicates("contact", keep=False)
    by_name = translated(rows["company"], numbers.set_index("contact")["contact_id"])
    rows = rows.assign(company_id=rows["company_id"].fillna(by_name))
    likely = pd.Series(_COMPANY, index=rows.index).mask(rows["company_id"].notna(), _PERSON)
    kind = kind.fillna(likely)
    own = kind == _PERSON
    return pd.DataFrame(
        {
            "key": kind + ":" + rows["contact_id"],
            "id": rows["contact_id"],
            "name": rows["contact"].fillna(rows["contact_id"]),
            "type": kind,
            "company_key": (_COMPANY + ":" + rows["company_id"].where(own)).fillna(""),
        }
    ).astype("str")


def _wanted_by(deals: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
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
            _wanted(companies, _COMPANY, names).assign(company_key=""),
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
            "type": _COMPANY if field == _COMPANY else _PERSON,
        }
    ).sort_values("key")
