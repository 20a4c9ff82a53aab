"""The published example company, from the files in data/contoso, with its dates and typed chances.

The files hold what people entered; previous stages, probabilities, weighted amounts and the
standing are computed as the history is recorded.
"""

import csv
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

import pandas as pd

from pipeline.commands import (
    Command,
    DefineActivity,
    DefineCampaign,
    DefineCloseReason,
    DefineContact,
    DefineContactList,
    DefineNumberSeries,
    DefineSalesCycle,
    DefineSalesperson,
    DefineSetting,
    DefineStage,
    DefineTeam,
    ListContacts,
    RecordHistory,
    carry_out,
)
from pipeline.domain.activities import ActivityStep
from pipeline.store import Store
from pipeline.store.history import refuse_unless_empty

WORK_DATE = date(2026, 1, 28)
"""A day shortly after the last transition: the day the company looks at its pipeline."""

_HERE = Path(__file__).parent
FOLDER = next(
    folder
    for folder in (_HERE / "contoso_csv", _HERE.parents[1] / "data" / "contoso")
    if folder.is_dir()
)
"""Where the files are: beside this module once installed, in data/contoso of a checkout."""


def load_contoso(store: Store, *, today: date = WORK_DATE, by: str = "CONTOSO") -> None:
    """Set up the example company and record its 15 opportunities, all or nothing.

    Raises `StoreNotEmptyError` when the store has opportunities already.
    """
    refuse_unless_empty(store)
    carry_out(store, *set_up(), history(), by=by, today=today)


def set_up() -> Iterator[Command]:
    """Give the commands that define cycles, stages, close reasons, people, contacts, campaigns."""
    yield DefineNumberSeries(
        code="OPP", description="Opportunity", starting_no="OP000001", ending_no="OP999999"
    )
    yield DefineSetting(name="opportunity_series", value="OPP")
    yield DefineNumberSeries(
        code="CONT", description="Contacts", starting_no="CT000001", ending_no="CT999999"
    )
    yield DefineSetting(name="contact_series", value="CONT")
    yield from (DefineSalesCycle(**row) for row in _rows("sales_cycles"))
    yield DefineSetting(name="default_cycle", value="NEW")
    yield from _activities()
    yield from _stages()
    yield from _close_reasons()
    yield from (DefineTeam(**row) for row in _rows("teams"))
    yield from (
        DefineSalesperson(code=row["code"], name=row["name"]) for row in _rows("salespeople")
    )
    yield from _contacts()
    yield from _campaigns()
    yield from _contact_lists()


def history() -> RecordHistory:
    """Give the opportunities with every transition on its published day."""
    opportunities = _frame("opportunities")
    transitions = _frame("transitions").merge(
        opportunities[["opportunity_no", "owner_code"]], on="opportunity_no"
    )
    return RecordHistory(
        source="contoso",
        opportunities=opportunities.assign(external_id=opportunities["opportunity_no"]),
        transitions=transitions.assign(
            external_id=transitions["opportunity_no"],
            nth=transitions.groupby("opportunity_no").cumcount() + 1,
            recorded_at=pd.to_datetime(transitions["valid_from"]) + pd.Timedelta(hours=12),
            recorded_by=transitions["owner_code"],
        ),
    )


def _activities() -> Iterator[Command]:
    """Give each activity with its steps, in the order of the file."""
    for code, rows in groupby(_rows("activity_steps"), key=lambda row: row["code"]):
        steps = list(rows)
        yield DefineActivity(
            code=code,
            description=steps[0]["activity"],
            steps=tuple(
                ActivityStep(
                    description=row["description"],
                    type=row["type"],
                    priority=row["priority"],
                    date_formula=row["date_formula"],
                )
                for row in steps
            ),
        )


def _contact_lists() -> Iterator[Command]:
    """Give the lists of contacts; two of them name everybody."""
    everybody = tuple(row["no"] for row in _rows("contacts"))
    for row in _rows("contact_lists"):
        yield DefineContactList(
            no=row["no"],
            description=row["description"],
            campaign_no=row["campaign_no"],
            owner_code=row["owner_code"],
        )
        if row["contacts"] == "all":
            yield ListContacts(list_no=row["no"], contact_nos=everybody)


def _stages() -> Iterator[Command]:
    for row in _rows("stages"):
        yield DefineStage(
            cycle_code=row["cycle_code"],
            stage=int(row["stage"]),
            description=row["description"],
            completed_percent=row["completed_percent"],
            chances_percent=row["chances_percent"],
            activity_code=row["activity_code"],
            quote_required=row["quote_required"] == "yes",
            allow_skip=row["allow_skip"] == "yes",
        )


def _close_reasons() -> Iterator[Command]:
    for row in _rows("close_reasons"):
        yield DefineCloseReason(
            code=row["code"], outcome=row["outcome"], description=row["description"]
        )


def _contacts() -> Iterator[Command]:
    for row in _rows("contacts"):
        yield DefineContact(
            no=row["no"],
            type=row["type"],
            name=row["name"],
            company_no=row["company_no"] or None,
            owner_code=row["owner_code"],
            is_customer=row["is_customer"] == "yes",
        )


def _campaigns() -> Iterator[Command]:
    for row in _rows("campaigns"):
        yield DefineCampaign(
            no=row["no"],
            description=row["description"],
            starts_on=date.fromisoformat(row["starts_on"]),
            ends_on=date.fromisoformat(row["ends_on"]),
            activated=row["activated"] == "yes",
            owner_code=row["owner_code"],
        )


def _rows(name: str) -> list[dict[str, str]]:
    """Read one of the files, a row for each thing it defines."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _frame(name: str) -> pd.DataFrame:
    """Read one of the files as text; a blank is null."""
    return pd.read_csv(FOLDER / f"{name}.csv", dtype="str")
