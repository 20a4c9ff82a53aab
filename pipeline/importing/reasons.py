"""Close reasons and campaigns of the files, matched with the store's or to be made."""

import re

import pandas as pd

from pipeline.importing.columns import Values
from pipeline.importing.export import stacked
from pipeline.importing.fields import Role
from pipeline.importing.people import Matched, keyed
from pipeline.importing.profile import Profile
from pipeline.importing.translate import translated

_REASON = ["key", "code", "name", "outcome"]
_CAMPAIGN = ["key", "code", "name", "starts_on", "ends_on", "activated", "owner_id"]


def reason_keys(outcomes: "pd.Series[str]", words: "pd.Series[str]") -> "pd.Series[str]":
    """Give what tells reasons apart: the outcome and the word, for one word may stand for both."""
    return outcomes + ":" + words.str.casefold()


def matched_reasons(
    events: pd.DataFrame, values: list[Values], there: pd.DataFrame, profile: Profile
) -> Matched:
    """Match reasons by outcome and description, or by their codes where those are kept.

    Of the source's table of reasons those that are used are made, or all where set-up is whole.
    """
    keep = profile.keeps_numbers
    word = "close_reason_code" if keep else "description"
    known = dict(
        zip(reason_keys(there["outcome"], there[word]), there["close_reason_code"], strict=True)
    )
    closed = events[events["outcome"].isin(["won", "lost"]) & events["close_reason"].notna()]
    table = _table(values, profile)
    used = pd.DataFrame({"outcome": closed["outcome"], "word": closed["close_reason"]})
    listed = table[["outcome", "word"]] if profile.takes_set_up else used.iloc[:0]
    wanted = pd.concat([listed, used])
    wanted = wanted.assign(key=reason_keys(wanted["outcome"], wanted["word"]))
    names = table.set_index(reason_keys(table["outcome"], table["word"]))["name"]
    names = names[~names.index.duplicated()]
    taken, codes, new = set(there["close_reason_code"]), dict(known), []
    for key, outcome, text in wanted.drop_duplicates("key")[["key", "outcome", "word"]].itertuples(
        index=False
    ):
        if key not in codes:
            codes[key] = _reason_code(text, outcome, taken, keep=keep)
            taken.add(codes[key])
            new.append((key, codes[key], text[:250], outcome))
    made = pd.DataFrame(new, columns=_REASON, dtype="str")
    made["name"] = translated(made["key"], names).fillna(made["name"])
    return Matched(codes=codes, new=made[["code", "name", "outcome"]])


def _table(values: list[Values], profile: Profile) -> pd.DataFrame:
    """Give the source's own reasons: outcome, word and name; without an outcome said, both."""
    table = stacked(values, Role.CLOSE_REASONS).dropna(subset="close_reason")
    outcome = translated(table["outcome"].str.casefold(), profile.statuses)
    rows = pd.DataFrame(
        {
            "outcome": outcome,
            "word": table["close_reason"],
            "name": table["description"].fillna(table["close_reason"]).str.slice(0, 250),
        }
    )
    return rows[rows["outcome"].isin(["won", "lost"])]


def _reason_code(text: str, outcome: str, taken: set[str], *, keep: bool) -> str:
    bare = text if keep else re.sub(r"[^\w]+", " ", text)
    stem = " ".join(bare.split()).upper() or outcome.upper()
    code, copy = stem[:20].strip(), 1
    while code in taken:
        copy += 1
        code = f"{stem[:16].strip()} {copy}"
    return code


def matched_campaigns(
    deals: pd.DataFrame, values: list[Values], there: pd.DataFrame, profile: Profile
) -> Matched:
    """Match campaigns by their keys; those to make carry what the source's table says of them."""
    table = stacked(values, Role.CAMPAIGNS).dropna(subset="campaign_id")
    said = table.drop_duplicates("campaign_id").set_index("campaign_id")
    used = deals.dropna(subset="campaign_id").drop_duplicates("campaign_id")
    called = used.set_index("campaign_id")["campaign"]
    keys = dict.fromkeys([*(said.index if profile.takes_set_up else ()), *called.index])
    codes = {key: keyed(profile.source, key, keep=profile.keeps_numbers) for key in keys}
    rows = said.reindex(pd.Index(list(keys), dtype="str")).rename_axis("key").reset_index()
    name = rows["campaign"].fillna(translated(rows["key"], called)).fillna(rows["key"])
    whole = rows.assign(code=translated(rows["key"], codes), name=name)
    new = whole[~whole["code"].isin(there["campaign_no"])].drop_duplicates("code")
    return Matched(codes=codes, new=new[_CAMPAIGN].reset_index(drop=True))
