"""The opportunities of the files: one row each, with what makes a row unusable found and said."""

from dataclasses import replace
from hashlib import sha256

import pandas as pd

from pipeline.importing import faults
from pipeline.importing.columns import Values
from pipeline.importing.export import stacked
from pipeline.importing.faults import Effect
from pipeline.importing.fields import Role

_MADE_BY_IMPORT = ["file", "row"]
_NAMING = ["description", "company", "contact", "created_at"]
_SAID_IN_HISTORY = ["description", "company_id", "company", "cycle", "created_at", "currency"]


def deals_of(values: list[Values]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the rows of the opportunity tables that can be taken, and the faults of the others.

    An opportunity is taken whole or not at all: one wrong cell sets its row aside for mending.
    """
    rows = stacked([_keyed(one) for one in values], Role.OPPORTUNITIES)
    checks = (_nameless, _deleted, _leads, _repeated, _contradicting)
    found = [one.faults for one in values if one.profile.role is Role.OPPORTUNITIES]
    rows = _without(rows, found)
    for check in checks:
        wrong = check(rows)
        found.append(wrong)
        rows = _without(rows, [wrong])
    return rows, faults.together(found)


def _keyed(one: Values) -> Values:
    """Give a table without keys one for each row: made of what names it and when it began.

    The same row gets the same key in a later file; the second of two alike gets another one.
    """
    if one.profile.role is not Role.OPPORTUNITIES or one.has("external_id"):
        return one
    names = one.frame[_NAMING].astype("str").fillna("").agg("|".join, axis=1).str.casefold()
    again = names.groupby(names).cumcount().astype("str")
    keys = (names + "|" + again).map(lambda text: sha256(text.encode()).hexdigest()[:16])
    return replace(one, frame=one.frame.assign(external_id=keys.astype("str")))


def from_histories(values: list[Values], events: pd.DataFrame) -> pd.DataFrame:
    """Give an opportunity for each key that has events, where there is no table of them.

    What it is called and who it is for is what the last row of its history says.
    """
    firsts = events.drop_duplicates("external_id")[["external_id", *_MADE_BY_IMPORT]]
    rows = stacked(values, Role.HISTORY)
    said = rows.groupby("external_id", sort=False)[_SAID_IN_HISTORY].last().reset_index()
    blank = stacked([], Role.OPPORTUNITIES)
    whole = pd.concat([blank, firsts.merge(said, on="external_id", how="left")], ignore_index=True)
    return whole.astype(blank.dtypes.to_dict())


def _without(rows: pd.DataFrame, found: list[pd.DataFrame]) -> pd.DataFrame:
    """Give the rows that no fault speaks of, but for those that were taken with a change."""
    out = faults.together(found)
    out = out[out["effect"] != Effect.MENDED.value]
    if out.empty:
        return rows
    bad = pd.MultiIndex.from_frame(out[_MADE_BY_IMPORT])
    return rows[~pd.MultiIndex.from_frame(rows[_MADE_BY_IMPORT]).isin(bad)]


def _nameless(rows: pd.DataFrame) -> pd.DataFrame:
    return _fault(
        rows[rows["external_id"].isna()],
        rows["description"],
        column="external_id",
        reason="The row has no key.",
        remedy="Give it the key it has in the source, or one of its own.",
    )


def _deleted(rows: pd.DataFrame) -> pd.DataFrame:
    flagged = rows["deleted"].fillna(value=False).astype(bool)
    return _fault(
        rows[flagged | rows["status"].str.casefold().eq("deleted").fillna(value=False)],
        rows["external_id"],
        column="deleted",
        reason="It is deleted in the source.",
        remedy="Nothing to do.",
        effect=Effect.SET_ASIDE,
    )


def _leads(rows: pd.DataFrame) -> pd.DataFrame:
    return _fault(
        rows[rows["kind"].str.casefold().eq("lead").fillna(value=False)],
        rows["external_id"],
        column="kind",
        reason="It is a lead and no opportunity yet.",
        remedy="Nothing to do.",
        effect=Effect.SET_ASIDE,
    )


def _repeated(rows: pd.DataFrame) -> pd.DataFrame:
    content = [name for name in rows.columns if name not in _MADE_BY_IMPORT]
    return _fault(
        rows[rows.duplicated(content)],
        rows["external_id"],
        column="external_id",
        reason="The same row stands in the files before.",
        remedy="Nothing to do.",
        effect=Effect.SET_ASIDE,
    )


def _contradicting(rows: pd.DataFrame) -> pd.DataFrame:
    return _fault(
        rows[rows.duplicated("external_id", keep=False)],
        rows["external_id"],
        column="external_id",
        reason="Several rows with different content have this key.",
        remedy="Keep the row that is right, or give the others keys of their own.",
    )


def _fault(
    wrong: pd.DataFrame,
    texts: pd.Series,
    *,
    column: str,
    reason: str,
    remedy: str,
    effect: Effect = Effect.REFUSED,
) -> pd.DataFrame:
    """Give the faults of rows, which may come from several files."""
    return faults.of_rows(
        wrong, texts.loc[wrong.index], column=column, reason=reason, remedy=remedy, effect=effect
    )
