"""Quotas beside what was won: whose, how much, prorated by days active, and how far it is."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from pipeline.domain.calendar import Period
from pipeline.domain.targets import active_days

LEVELS = ("company", "team", "owner")
_KIND = ["level", "code", "period"]
NO_TEAM = ""
"""The code of the row for owners without a team; of the company and of nobody too."""


def attainment(won: float | None, quota: float | None) -> float | None:
    """Won / quota; nothing where no quota is set or it is 0.

    >>> round(attainment(62_000, 90_000) or 0, 3)
    0.689
    """
    if not quota or won is None:
        return None
    return float(won) / float(quota)


def of_period(quotas: pd.DataFrame, period: Period, people: pd.DataFrame) -> pd.DataFrame:
    """The quota of each holder for a period: its own, or what its shorter periods add up to.

    A quota of an owner is prorated by the days on which the owner sold. Columns: `level, code,
    quota` as it was set, `prorated_quota`, and `of_parts`, whether shorter periods were added up;
    that is only done where they follow one another from its first day to its last. Others, as
    those of a fiscal year that was cut otherwise, are no parts of it.
    """
    days = _days(quotas)
    shares = _prorated(days, people)
    exact = (shares["starts_on"] == pd.Timestamp(period.first)) & (
        shares["ends_on"] == pd.Timestamp(period.last)
    )
    whole = shares[exact].assign(of_parts=False)
    parts = (
        _parts(shares[~exact], period)
        .groupby(_KIND, as_index=False)[["quota", "prorated_quota"]]
        .sum()
        .assign(of_parts=True)
    )
    columns = ["level", "code", "quota", "prorated_quota", "of_parts"]
    found = pd.concat([whole[columns], parts[columns]], ignore_index=True)
    return found.drop_duplicates(["level", "code"], ignore_index=True)


def _parts(quotas: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Of each holder and kind of period, those that the whole period is made of."""
    enough = quotas.groupby(_KIND)["days"].transform("sum") >= period.days
    first, last = pd.Timestamp(period.first), pd.Timestamp(period.last)
    places = [
        place
        for _, rows in quotas[enough].groupby(_KIND)
        for place in _row_of_periods(rows, first, last) or []
    ]
    return quotas.loc[places]


def _row_of_periods(
    rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp
) -> list[Any] | None:
    """The places of those that follow one another between two days; None where none reach it."""
    if first > last:
        return []
    for place, end in rows.loc[rows["starts_on"] == first, "ends_on"].items():
        rest = _row_of_periods(rows, end + pd.Timedelta(days=1), last)
        if rest is not None:
            return [place, *rest]
    return None


def _days(quotas: pd.DataFrame) -> pd.DataFrame:
    starts, ends = pd.to_datetime(quotas["starts_on"]), pd.to_datetime(quotas["ends_on"])
    return quotas.assign(
        starts_on=starts,
        ends_on=ends,
        days=(ends - starts).dt.days + 1,
        quota=quotas["target"].astype("float64"),
    )


def _prorated(quotas: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Each quota with the part of it that falls on the days its owner sold."""
    owners = people[["owner_code", "joined_on", "left_on"]].rename(columns={"owner_code": "code"})
    beside = quotas.merge(owners.assign(level="owner"), on=["level", "code"], how="left")
    joined, left = pd.to_datetime(beside["joined_on"]), pd.to_datetime(beside["left_on"])
    first = joined.where(joined > beside["starts_on"], beside["starts_on"])
    last = left.where(left < beside["ends_on"], beside["ends_on"])
    active = ((last - first).dt.days + 1).clip(lower=0)
    return beside.assign(prorated_quota=beside["quota"] * active / beside["days"])


def by_holder(
    found: pd.DataFrame, people: pd.DataFrame, won: pd.DataFrame, period: Period
) -> pd.DataFrame:
    """Company, teams and owners, each with its quota, its members' and how far it is.

    `found` is the frame of `of_period`, `won` has `owner_code, achieved, won` (how many). `quota`
    is what was set for the holder, for an owner prorated by days active; `members_quota` adds up
    those of the members, prorated; `target` is the holder's own where there is one, else theirs.
    `over_assigned` is what the members' go beyond the holder's own.

    | holder  | code  | quota  | members_quota | target | over_assigned | achieved | attainment |
    |---------|-------|--------|---------------|--------|---------------|----------|------------|
    | company |       | 90,000 | 100,000       | 90,000 | 10,000        | 62,000   | .689       |
    | team    | NORTH | null   | 60,000        | 60,000 | null          | 62,000   | 1.033      |
    | owner   | ANN   | 60,000 | null          | 60,000 | null          | 62,000   | 1.033      |
    """
    owners = _owners(found, people, won, period)
    teams = _teams(found, owners)
    company = _company(found, teams)
    rows = _in_order(pd.concat([company, teams, owners], ignore_index=True))
    target = rows["quota"].fillna(rows["members_quota"])
    return rows.assign(
        target=target,
        over_assigned=rows["members_quota"] - rows["quota"],
        attainment_rate=rows["achieved"] / target.where(target > 0),
    )


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """The company, then each team followed by its owners; what is in no team stands last."""
    places = rows["holder"].map({name: place for place, name in enumerate(LEVELS)})
    return (
        rows.assign(
            is_below=places > 0, is_teamless=rows["team_code"].eq(NO_TEAM) & places.gt(0), at=places
        )
        .sort_values(
            ["is_below", "is_teamless", "team_name", "team_code", "at", "name", "code"],
            kind="stable",
            ignore_index=True,
        )
        .drop(columns=["is_below", "is_teamless", "at"])
    )


def _owners(
    found: pd.DataFrame, people: pd.DataFrame, won: pd.DataFrame, period: Period
) -> pd.DataFrame:
    own = found[found["level"] == "owner"].rename(columns={"code": "owner_code"})
    everyone = people.merge(won, on="owner_code", how="outer").merge(
        own[["owner_code", "quota", "prorated_quota"]], on="owner_code", how="left"
    )
    days = [
        active_days(period, _day(joined), _day(left))
        for joined, left in zip(everyone["joined_on"], everyone["left_on"], strict=True)
    ]
    named = everyone["owner_name"].fillna(everyone["owner_code"]).fillna("Nobody")
    return pd.DataFrame(
        {
            "holder": "owner",
            "code": everyone["owner_code"].fillna(NO_TEAM),
            "name": named,
            "team_code": everyone["team_code"].fillna(NO_TEAM),
            "team_name": everyone["team_name"].fillna("No team"),
            "full_quota": everyone["quota"].astype("float64"),
            "quota": everyone["prorated_quota"].astype("float64"),
            "members_quota": np.nan,
            "active_days": days,
            "achieved": everyone["achieved"].fillna(0).astype("float64"),
            "won": everyone["won"].fillna(0).astype("int64"),
        }
    ).sort_values(["team_name", "name", "code"], ignore_index=True)


def _teams(found: pd.DataFrame, owners: pd.DataFrame) -> pd.DataFrame:
    own = found[found["level"] == "team"].set_index("code")["quota"]
    grouped = owners.groupby(["team_code", "team_name"], as_index=False, sort=True)
    sums = grouped.agg(
        members_quota=("quota", lambda quotas: quotas.sum(min_count=1)),
        achieved=("achieved", "sum"),
        won=("won", "sum"),
    )
    quota = sums["team_code"].map(own).astype("float64")
    return pd.DataFrame(
        {
            "holder": "team",
            "code": sums["team_code"],
            "name": sums["team_name"],
            "team_code": sums["team_code"],
            "team_name": sums["team_name"],
            "full_quota": quota,
            "quota": quota,
            "members_quota": sums["members_quota"].astype("float64"),
            "active_days": pd.array([pd.NA] * len(sums), dtype="Int64"),
            "achieved": sums["achieved"],
            "won": sums["won"],
        }
    )


def _company(found: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """The company; its members are the teams, each with its own quota or its members'."""
    own = found.loc[found["level"] == "company", "quota"]
    quota = float(own.iloc[0]) if len(own) else np.nan
    members = teams["quota"].fillna(teams["members_quota"]).sum(min_count=1)
    return pd.DataFrame(
        {
            "holder": ["company"],
            "code": [NO_TEAM],
            "name": ["Company"],
            "team_code": [NO_TEAM],
            "team_name": [NO_TEAM],
            "full_quota": [quota],
            "quota": [quota],
            "members_quota": [float(members)],
            "active_days": pd.array([pd.NA], dtype="Int64"),
            "achieved": [float(teams["achieved"].sum())],
            "won": [int(teams["won"].sum())],
        }
    )


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(str(value)).date()  # type: ignore[call-overload]
