"""What a person said about files on a page, as a profile: roles, columns, readings, outcomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.importing import profile as profiles
from pipeline.importing.errors import (
    ImportRefusedError,
    MissingColumnsError,
    NoOpportunitiesError,
    NotRecognisedError,
)
from pipeline.importing.fields import Role
from pipeline.importing.profile import Profile, TableProfile
from pipeline.importing.reading.table import Table
from pipeline.importing.recognise import GENERIC, recognise

CORRECTED = "corrected"
_SHAPES = {Role.HISTORY: "from_to"}
"""The shape of a table whose role a person chose; every other has none."""


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a table is taken for: its role and which column is which field; no role: not used."""

    role: Role | None
    columns: Mapping[str, str]
    """Field -> column."""


@dataclass(frozen=True, kw_only=True)
class Understood:
    """What tables were taken for."""

    profile: Profile
    meanings: list[Meaning]
    refusal: ImportRefusedError | None = None
    """Why nothing fits, where a person has to say everything."""


def recognised(tables: Sequence[Table], chosen: Profile | None = None) -> Understood:
    """Give the profile that fits, and what each table is in it.

    Where none fits, the generic one, with what the names of columns suggest.
    """
    try:
        found = recognise(tables, chosen)
    except (NotRecognisedError, MissingColumnsError, NoOpportunitiesError) as refusal:
        unknown = [_unknown(table) for table in tables]
        generic = profiles.built_in(GENERIC)
        return Understood(profile=generic, meanings=unknown, refusal=refusal)
    fits = {table.name: one for table, one in found.tables}
    meanings = [_meaning(table, fits.get(table.name)) for table in tables]
    return Understood(profile=found.profile, meanings=meanings)


def _meaning(table: Table, one: TableProfile | None) -> Meaning:
    if one is None:
        return Meaning(role=None, columns={})
    return Meaning(role=one.role, columns=one.mapping(table.headers))


def _unknown(table: Table) -> Meaning:
    """Give what the names of columns suggest, for a table that could not be recognised."""
    deals = next(one for one in profiles.built_in(GENERIC).tables if one.role is Role.OPPORTUNITIES)
    return Meaning(role=Role.OPPORTUNITIES, columns=deals.mapping(table.headers))


def corrected(
    profile: Profile, tables: Sequence[Table], meanings: Sequence[Meaning], *, name: str = CORRECTED
) -> Profile:
    """Give a profile in which each table is exactly what a person said."""
    said = [
        _table(profile, table, meaning)
        for table, meaning in zip(tables, meanings, strict=True)
        if meaning.role is not None
    ]
    return replace(profile, name=name, tables=tuple(said))


def _table(profile: Profile, table: Table, meaning: Meaning) -> TableProfile:
    role = meaning.role or Role.OPPORTUNITIES
    like = [one for one in profile.tables if one.role is role and _recognises(one, table)] or [
        one for one in profile.tables if one.role is role
    ]
    shape = like[0].shape if like else _SHAPES.get(role, "none")
    columns = {field: (column,) for field, column in meaning.columns.items()}
    return TableProfile(
        role=role,
        shape=shape,
        recognise=tuple(dict.fromkeys(meaning.columns.values())),
        columns=columns,
        fields=like[0].fields if like else {},
        entered=like[0].entered if like else (),
    )


def _recognises(one: TableProfile, table: Table) -> bool:
    return bool(one.recognise) and set(one.recognise) <= set(table.headers)


def with_readings(profile: Profile, readings: Mapping[str, str]) -> Profile:
    """Give a profile that says how ambiguous columns are read: `date_order`, `decimal`."""
    told = profile.parsing
    return replace(
        profile,
        parsing=replace(
            told,
            date_order=readings.get("date_order", told.date_order),
            decimal=readings.get("decimal", told.decimal),
        ),
    )
