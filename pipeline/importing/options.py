"""Keys of choices to their labels, where an export brings the table that says what they mean."""

import json

import pandas as pd

from pipeline.importing.columns import Values
from pipeline.importing.export import stacked
from pipeline.importing.fields import Role
from pipeline.importing.translate import translated

_LABELLED = ("close_reason", "stage", "forecast_category")


def labelled(rows: pd.DataFrame, values: list[Values]) -> pd.DataFrame:
    """Give deals or events the labels of their choices, where a table of options knows them.

    Stages keep their keys when a stage table of the source knows those.
    """
    labels = _labels(values)
    has_stages = any(one.profile.role is Role.STAGES for one in values)
    named = {
        field: translated(rows[field], labels[field]).fillna(rows[field])
        for field in _LABELLED
        if labels.get(field) and not (field == "stage" and has_stages)
    }
    return rows.assign(**named)


def _labels(values: list[Values]) -> dict[str, dict[str, str]]:
    """Give field -> key -> label, of every table of options."""
    names: dict[str, str] = {}
    for one in values:
        names |= one.profile.fields
    table = stacked(values, Role.OPTIONS)
    found: dict[str, dict[str, str]] = {}
    for field, options, key, label in table[["field", "options", "key", "label"]].itertuples(
        index=False
    ):
        ours = names.get(str(field).casefold(), str(field))
        pairs = _pairs(options) if isinstance(options, str) else {str(key): str(label)}
        found.setdefault(ours, {}).update(pairs)
    return found


def _pairs(options: str) -> dict[str, str]:
    """Read a list of options in JSON, as Pipedrive keeps it: [{"id": 1, "label": "Price"}, ...]."""
    try:
        listed = json.loads(options)
    except ValueError:
        return {}
    entries = listed if isinstance(listed, list) else []
    return {
        str(entry["id"]): str(entry["label"])
        for entry in entries
        if isinstance(entry, dict) and {"id", "label"} <= set(entry)
    }
