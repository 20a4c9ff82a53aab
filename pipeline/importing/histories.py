"""The histories of the files: their events together, and what is wrong with them."""

from dataclasses import dataclass

import pandas as pd

from pipeline.domain.words import agreeing
from pipeline.importing import entries, faults
from pipeline.importing.columns import Values
from pipeline.importing.deals import from_histories
from pipeline.importing.export import EVENT_FIELDS, no_events
from pipeline.importing.faults import Effect
from pipeline.importing.fields import Role
from pipeline.importing.profile import Profile
from pipeline.importing.shapes import changes, from_to, snapshots, wide_dates
from pipeline.importing.translate import among, looked_up

_SAID = [name for name in EVENT_FIELDS if name not in ("file", "row", "order", "event_id")]
_NO_MAKINGS = no_events()[["external_id", "at", "file", "row"]]


@dataclass(frozen=True, kw_only=True)
class Histories:
    """What the files say about the lives of opportunities."""

    events: pd.DataFrame
    """See `export.EVENT_FIELDS`; words of the source, outcomes not yet told."""
    created: pd.Series
    """external_id -> the moment a history says it was made."""
    refused_ids: frozenset[str]
    """Opportunities of which some row cannot be read: taken whole or not at all."""
    faults: pd.DataFrame
    notes: tuple[str, ...]


def histories_of(values: list[Values], deals: pd.DataFrame, profile: Profile) -> Histories:
    """Give the events of every history among the tables, cleaned by stated rules.

    - Rows that repeat another are set aside, and so are rows of opportunities that are not in the
      files, where there is a table of opportunities.
    - A key under which two opportunities were made has two lives that cannot be told apart: all
      of it is refused.
    - A row with a wrong or missing cell refuses its opportunity.
    """
    tables = [one for one in values if one.profile.shape != "none"]
    dated = deals.dropna(subset=["created_at"]).drop_duplicates("external_id")
    created: pd.Series = dated.set_index("external_id")["created_at"]
    several, found, said = [], [], list(_notes(tables))
    for one in tables:
        some, wrong = _events(one, profile, created)
        if profile.is_complete and one.profile.shape == "snapshots":
            some, told = entries.in_their_order(some, one)
            said += told
        several.append(some)
        found += [wrong, *([one.faults] if one.profile.role is Role.HISTORY else [])]
    if not several:
        return Histories(
            events=no_events(),
            created=pd.Series(dtype="datetime64[us]"),
            refused_ids=frozenset(),
            faults=faults.none(),
            notes=(),
        )
    events = pd.concat(several, ignore_index=True)
    makings = _makings(tables, profile)
    has_deals = _has(values, Role.OPPORTUNITIES)
    events, clean = _cleaned(events, deals, profile, has_deals=has_deals)
    twice = _made_twice(makings)
    wrong = faults.together([*found, clean, twice])
    return Histories(
        events=events,
        created=makings.drop_duplicates("external_id").set_index("external_id")["at"],
        refused_ids=_ids_of(wrong, tables),
        faults=wrong,
        notes=tuple(said),
    )


def with_histories(deals: pd.DataFrame, histories: Histories, values: list[Values]) -> pd.DataFrame:
    """Give the deals that can be taken, with what only their histories know.

    Without a table of opportunities each key with events is one. An opportunity was made when it
    says so, else when its history says so, else with its first event; and never after that.
    """
    has_deals = _has(values, Role.OPPORTUNITIES)
    whole = deals if has_deals else from_histories(values, histories.events)
    whole = whole[~among(whole["external_id"], histories.refused_ids)]
    if histories.events.empty:
        return whole
    first = histories.events.groupby("external_id")["at"].min()
    keys = whole["external_id"]
    began = looked_up(keys, first)
    made = whole["created_at"].fillna(looked_up(keys, histories.created)).fillna(began)
    return whole.assign(created_at=made.mask(began < made, began))


def with_ends(deals: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Give the deals `closed_then`, the moment of the last close in their history, and an owner.

    The owner is the last one of the history where the opportunity names none itself.
    """
    closes = events[events["outcome"].isin(["won", "lost"])]
    last = closes.groupby("external_id")["at"].max()
    owners = events.sort_values(["external_id", "at", "order", "row"]).groupby("external_id")
    keys = deals["external_id"]
    return deals.assign(
        closed_then=looked_up(keys, last),
        owner_key=deals["owner_key"].fillna(looked_up(keys, owners["owner"].last())),
    )


def with_companions(found: pd.DataFrame, values: list[Values]) -> pd.DataFrame:
    """Give the faults with every other row of a refused opportunity, so that all can be mended."""
    tables = [one for one in values if one.profile.role in (Role.OPPORTUNITIES, Role.HISTORY)]
    if not _has(values, Role.HISTORY):
        return found
    refused = found[found["effect"] == Effect.REFUSED.value]
    ids = _ids_of(refused, tables)
    known = pd.MultiIndex.from_frame(refused[["file", "row"]])
    more = []
    for one in tables:
        keys = one.frame["external_id"]
        mine = keys[among(keys, ids)]
        there = pd.MultiIndex.from_product([[one.table.name], mine.index])
        more.append(
            faults.faults(
                one.table.name,
                mine[~there.isin(known)],
                column="",
                reason="Another row of the same opportunity is refused.",
                remedy="Mend that row, and feed both again.",
            )
        )
    return faults.together([found, *more])


def _has(values: list[Values], role: Role) -> bool:
    return any(one.profile.role is role for one in values)


def _events(one: Values, profile: Profile, created: pd.Series) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the events of one table by the adapter of its shape."""
    match one.profile.shape:
        case "snapshots":
            return snapshots.events(one), faults.none()
        case "from_to":
            return from_to.events(one, created), faults.none()
        case "wide_dates":
            return wide_dates.events(one), faults.none()
        case _:
            rows, wrong = changes.events(one, profile.parsing, created)
            return rows, faults.together([wrong, changes.others(one)])


def _makings(tables: list[Values], profile: Profile) -> pd.DataFrame:
    """Give the rows that say an opportunity was made, of all histories that have such rows."""
    found = [
        changes.creations(one, profile.parsing)
        for one in tables
        if one.profile.shape in ("changes", "versions")
    ]
    return pd.concat(found, ignore_index=True) if found else _NO_MAKINGS


def _cleaned(
    events: pd.DataFrame, deals: pd.DataFrame, profile: Profile, *, has_deals: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    nameless = events["external_id"].isna() | events["at"].isna()
    found = [_incomplete(events[nameless])]
    rest = events[~nameless]
    repeated = rest.duplicated(_SAID)
    if profile.is_complete:
        numbered = bool(rest["event_id"].notna().all())
        repeated = entries.same_entry(rest, _SAID, numbered=numbered)
    found.append(_repeated(rest[repeated]))
    rest = rest[~repeated]
    if has_deals:
        orphans = ~among(rest["external_id"], deals["external_id"])
        found.append(_orphans(rest[orphans]))
        rest = rest[~orphans]
    return rest, faults.together(found)


def _incomplete(rows: pd.DataFrame) -> pd.DataFrame:
    return faults.of_rows(
        rows,
        rows["external_id"],
        column="at",
        reason="The row of history names no opportunity, or no moment.",
        remedy="Fill in both.",
    )


def _repeated(rows: pd.DataFrame) -> pd.DataFrame:
    return faults.of_rows(
        rows,
        rows["external_id"],
        column="external_id",
        reason="The same change stands in the history before.",
        remedy="Nothing to do.",
        effect=Effect.SET_ASIDE,
    )


def _orphans(rows: pd.DataFrame) -> pd.DataFrame:
    return faults.of_rows(
        rows,
        rows["external_id"],
        column="external_id",
        reason="The history is of an opportunity that is not in the files.",
        remedy="Export the opportunity, too, if it should be there.",
        effect=Effect.SET_ASIDE,
    )


def _made_twice(makings: pd.DataFrame) -> pd.DataFrame:
    """Refuse keys under which two opportunities were made, at two moments."""
    different = makings.drop_duplicates(["external_id", "at"])
    rows = different[different.duplicated("external_id", keep=False)]
    return faults.of_rows(
        rows,
        rows["external_id"],
        column="external_id",
        reason="Two opportunities were made under this key; their histories cannot be told apart.",
        remedy="Give one of them, and its rows of history, another key.",
    )


def _ids_of(wrong: pd.DataFrame, tables: list[Values]) -> frozenset[str]:
    """Give the keys of the opportunities that refused rows of history belong to."""
    refused = wrong[wrong["effect"] == Effect.REFUSED.value]
    ids: set[str] = set()
    for one in tables:
        rows = pd.Index(refused.loc[refused["file"] == one.table.name, "row"].unique())
        column = one.columns.get("external_id", "")
        cells = pd.concat([one.table.frame, one.table.unfit])
        if column in cells:
            ids.update(_keys_of(one, rows))
            ids.update(cells.loc[cells.index.isin(rows), column].str.strip())
    return frozenset(ids)


def _keys_of(one: Values, rows: pd.Index) -> "pd.Series[str]":
    keys: pd.Series[str] = one.frame.loc[one.frame.index.isin(rows), "external_id"].dropna()
    return keys


def _notes(tables: list[Values]) -> tuple[str, ...]:
    """Say where the order of a file is not that of time."""
    notes = []
    for one in tables:
        if one.profile.shape == "wide_dates":
            continue
        frame = one.frame
        back = (frame["at"] < frame["at"].shift()) & (
            frame["external_id"] == frame["external_id"].shift()
        )
        if back.any():
            notes.append(
                f"{agreeing(int(back.sum()), 'row', 'rows')} of {one.table.name} out of order in "
                "time; put in order."
            )
    return tuple(notes)
