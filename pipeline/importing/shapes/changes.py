"""Field changes and property versions: each row is one field and its new value, perhaps the old.

Salesforce's field history, Pipedrive's flow, the audits of SuiteCRM and Dynamics, Odoo's tracking;
HubSpot's property histories, which leave out the old value.
"""

import pandas as pd

from pipeline.importing import faults
from pipeline.importing.columns import Values, values_of
from pipeline.importing.faults import Effect
from pipeline.importing.profile import Parsing, TableProfile
from pipeline.importing.reading.table import Table
from pipeline.importing.shapes.rows import FROM_ROWS, positioned
from pipeline.importing.translate import looked_up

CREATED = "created_at"
"""The field whose row says when the opportunity was made."""


def events(
    values: Values, parsing: Parsing, created: pd.Series
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give an event for each moment at which fields changed, and the faults of the values.

    Fields that changed together make one event. What a field was before its first change, it has
    been since the opportunity was made (`created`: external_id -> moment; else the `created` row).
    """
    named = _named(values)
    new, old, found = _read(values, named, parsing)
    rows = _together(values, named, new)
    before = _beginnings(values, named, old, _creation(values, named, new, created))
    return pd.concat([before, rows], ignore_index=True), found


def creations(values: Values, parsing: Parsing) -> pd.DataFrame:
    """Give external_id, at, file and row of every row that says an opportunity was made."""
    named = _named(values)
    new, _, _ = _read(values, named, parsing)
    made = named == CREATED
    moment = new[CREATED] if CREATED in new else values.frame["at"]
    return pd.DataFrame(
        {
            "external_id": values.frame["external_id"][made],
            "at": moment[made].fillna(values.frame["at"][made]),
            "file": values.table.name,
            "row": values.frame.index[made],
        }
    )


def others(values: Values) -> pd.DataFrame:
    """Give one fault for the rows about fields that are not kept."""
    strange = values.frame["field"][_named(values).isna()]
    return faults.faults(
        values.table.name,
        strange,
        column="field",
        reason="The field is not kept.",
        remedy="Nothing to do; or map the field in the profile under [tables.fields].",
        effect=Effect.SET_ASIDE,
    )


def _named(values: Values) -> "pd.Series[str]":
    """Give our name of the field each row is about; missing where it is not kept."""
    return values.frame["field"].str.casefold().map(dict(values.profile.fields)).astype("str")


def _read(
    values: Values, named: "pd.Series[str]", parsing: Parsing
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Read old and new values, all of one field as one column; gives new, old and the faults."""
    fields = sorted(named.dropna().unique())
    texts = {
        side: pd.DataFrame(
            {name: values.frame[side].where(named == name).fillna("") for name in fields},
            index=values.frame.index,
        )
        for side in ("new", "old")
    }
    both = pd.concat([texts["new"], texts["old"]]).astype("str")
    table = Table(name=values.table.name, frame=both)
    profile = TableProfile(role=values.profile.role, columns={name: (name,) for name in fields})
    read = values_of(table, profile, parsing)
    count = len(values.frame)
    return read.frame.iloc[:count][fields], read.frame.iloc[count:][fields], read.faults


def _together(values: Values, named: "pd.Series[str]", new: pd.DataFrame) -> pd.DataFrame:
    """Give one event for the fields of an opportunity that changed in one moment."""
    kept = named.notna() & (named != CREATED)
    frame = values.frame[kept]
    rows = frame[FROM_ROWS].assign(owner=frame["owner_id"].fillna(frame["owner"]))
    rows = _filled(rows, new[kept]).assign(
        field=named[kept], order=frame["order"].fillna(0.0), row=frame.index
    )
    rows = rows.rename_axis(None)
    again = rows.groupby(["external_id", "at", "field"], sort=False).cumcount()
    keys = ["external_id", "at", "order", again.rename("again")]
    merged = rows.drop(columns="field").groupby(keys, sort=False, dropna=False).first()
    merged = merged.reset_index().assign(order=lambda some: some["order"] + some["again"])
    return positioned(merged.drop(columns="again").set_index("row"), values)


def _filled(rows: pd.DataFrame, read: pd.DataFrame) -> pd.DataFrame:
    """Give rows the values that were read from their new texts."""
    names = [name for name in read if name != CREATED]
    return rows.assign(**{_target(str(name)): read[name] for name in names})


def _target(field: str) -> str:
    return "owner" if field == "owner_id" else field


def _creation(
    values: Values, named: "pd.Series[str]", new: pd.DataFrame, created: pd.Series
) -> pd.Series:
    """Give external_id -> the moment it was made: as the opportunity says, else as its row says."""
    made = named == CREATED
    moment = new[CREATED] if CREATED in new else values.frame["at"]
    said = pd.Series(
        moment[made].fillna(values.frame["at"][made]).to_numpy(),
        index=pd.Index(values.frame["external_id"][made]),
    )
    said = said[~said.index.duplicated()]
    return created.combine_first(said) if len(created) else said


def _beginnings(
    values: Values, named: "pd.Series[str]", old: pd.DataFrame, creation: pd.Series
) -> pd.DataFrame:
    """Give an event for how each opportunity began: the old values of the first changes."""
    kept = named.notna() & (named != CREATED)
    frame = values.frame[kept].assign(field=named[kept], row=values.frame.index[kept])
    frame = frame.rename_axis(None)
    frame = _filled(frame.drop(columns=FROM_ROWS[2:]), old[kept])
    firsts = frame.sort_values(["external_id", "at", "row"]).drop_duplicates(
        ["external_id", "field"]
    )
    known = [_target(str(name)) for name in old if name != CREATED]
    began = firsts.groupby("external_id", sort=False)[[*known, "row", "at"]].first().reset_index()
    began = began[began[known].notna().any(axis=1)]
    moment = looked_up(began["external_id"], creation).fillna(began["at"])
    began = began.assign(at=moment, order=float("-inf"))
    return positioned(began.set_index("row"), values)
