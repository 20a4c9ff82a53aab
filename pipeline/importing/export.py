"""What files say, in one shape for all sources: opportunities, and the events of their lives."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from pipeline.importing.columns import Values, empty_frame, values_of
from pipeline.importing.fields import Role
from pipeline.importing.recognise import Recognised
from pipeline.importing.salesforce_keys import lengthened

EVENT_FIELDS = {
    "external_id": "str",
    "file": "str",
    "row": "int64",
    "at": "datetime64[us]",
    "day": "datetime64[us]",
    "order": "float64",
    "stage": "str",
    "stage_name": "str",
    "cycle": "str",
    "status": "str",
    "outcome": "str",
    "amount": "float64",
    "won_amount": "float64",
    "chances": "float64",
    "completed": "float64",
    "probability": "float64",
    "expected_close_on": "datetime64[us]",
    "close_on": "datetime64[us]",
    "owner": "str",
    "forecast_category": "str",
    "close_reason": "str",
    "by": "str",
    "note": "str",
    "event_id": "str",
    "action": "str",
    "contact_id": "str",
    "campaign_id": "str",
}
"""A row is one moment in the life of an opportunity; what it leaves out stays as it was.

`stage`, `status`, `owner` and `close_reason` are the source's words. `at` is in UTC; `day` is the
business day where it is not the day of `at`; `order` settles ties; `file` and `row` say where it
was read. `stage_name` is what people call a stage whose word is its number, `action` what the
source says was done.
"""


def read(recognised: Recognised) -> list[Values]:
    """Read every recognised table as values."""
    profile = recognised.profile
    tables = [values_of(table, one, profile.parsing) for table, one in recognised.tables]
    return [_with_long_keys(one) for one in tables] if profile.rules.keys else tables


def _with_long_keys(values: Values) -> Values:
    keys = [name for name in values.frame if str(name).endswith("_id")]
    frame = values.frame.assign(**{str(name): lengthened(values.frame[name]) for name in keys})
    return replace(values, frame=frame)


def stacked(several: Sequence[Values], role: Role) -> pd.DataFrame:
    """Give the tables of one role as one frame, each row with its `file` and `row`."""
    frames = [
        values.frame.assign(file=values.table.name).rename_axis("row").reset_index()
        for values in several
        if values.profile.role is role
    ]
    if not frames:
        return (
            empty_frame(role).rename_axis("row").reset_index().assign(file=pd.Series(dtype="str"))
        )
    return pd.concat(frames, ignore_index=True)


def no_events() -> pd.DataFrame:
    """Give events without a row."""
    flags = {name: pd.Series(dtype="boolean") for name in ("is_closed", "is_won", "is_lost")}
    return events(pd.DataFrame(index=pd.Index([], dtype="int64"))).assign(**flags)


def events(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame the columns of events, those it lacks missing."""
    lacking = {
        name: pd.Series(None, index=frame.index, dtype=dtype)
        for name, dtype in EVENT_FIELDS.items()
        if name not in frame and dtype != "int64"
    }
    whole = pd.concat([frame, pd.DataFrame(lacking, index=frame.index)], axis=1)
    if "row" not in whole:
        whole["row"] = 0
    return whole[list(EVENT_FIELDS)].astype(EVENT_FIELDS).reset_index(drop=True)
