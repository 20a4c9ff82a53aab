"""Which source a set of files comes from: found by the names of their columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.importing import profile as profiles
from pipeline.importing.errors import MissingColumnsError, NoOpportunitiesError, NotRecognisedError
from pipeline.importing.fields import SET_UP, Role
from pipeline.importing.headers import plain
from pipeline.importing.profile import Profile, TableProfile
from pipeline.importing.reading.table import Table

GENERIC = "generic"
_MOST_STAGES = 200
_MAIN = {Role.OPPORTUNITIES, Role.HISTORY}


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """The profile of a set of tables, and what each of them is in it."""

    profile: Profile
    tables: tuple[tuple[Table, TableProfile], ...]
    unused: tuple[Table, ...] = ()
    """Tables of which the profile knows nothing."""


def known_headers() -> frozenset[str]:
    """Give the plain names of every column that some profile knows."""
    return frozenset(
        plain(spelling)
        for name in profiles.names()
        for table in profiles.built_in(name).tables
        for spellings in table.columns.values()
        for spelling in spellings
    )


def recognise(tables: Sequence[Table], chosen: Profile | None = None) -> Recognised:
    """Give the profile that fits most columns of the tables, or fit them to the chosen one.

    Raises `NotRecognisedError` when none fits, `MissingColumnsError` when the chosen does not.
    """
    if chosen is not None and chosen.name != GENERIC:
        return _fitted(tables, chosen)
    candidates = [profiles.built_in(name) for name in profiles.names()]
    generic = chosen or profiles.built_in(GENERIC)
    scored = [(sum(_best(table, one)[1] for table in tables), one) for one in candidates]
    score, best = max(scored, key=lambda item: item[0])
    found = _guessed(tables, generic) if chosen or not score else _assigned(tables, best)
    if not found.tables:
        raise _not_recognised(tables[0], candidates)
    roles = [one.role for _, one in found.tables]
    if not _MAIN & set(roles) and not _sets_up(found.profile, roles):
        raise NoOpportunitiesError([table.name for table in tables], " and ".join(roles))
    return found


def _best(table: Table, profile: Profile) -> tuple[TableProfile | None, int]:
    """Give the table of a profile that a table is, and how many of its columns speak for it."""
    headers = {plain(header) for header in table.headers}
    best: tuple[TableProfile | None, int] = (None, 0)
    for one in profile.tables:
        wanted = {plain(name) for name in one.recognise}
        if wanted and wanted <= headers and _complete(one, table) and _all_known(one, headers):
            score = 10 * len(wanted) + len(one.mapping(table.headers))
            best = max(best, (one, score), key=lambda item: item[1])
    return best


def _sets_up(profile: Profile, roles: Sequence[Role]) -> bool:
    return profile.takes_set_up and bool(SET_UP & set(roles))


def _all_known(one: TableProfile, headers: set[str]) -> bool:
    """Say whether a table that is easily confused has no column that speaks against it."""
    named = [spelling for spellings in one.columns.values() for spelling in spellings]
    return not one.besides or headers <= {plain(name) for name in (*named, *one.besides)}


def _complete(one: TableProfile, table: Table) -> bool:
    return set(one.needs) <= set(one.mapping(table.headers))


def _assigned(tables: Sequence[Table], profile: Profile) -> Recognised:
    pairs = [(table, _best(table, profile)[0]) for table in tables]
    return Recognised(
        profile=profile,
        tables=tuple((table, one) for table, one in pairs if one is not None),
        unused=tuple(table for table, one in pairs if one is None),
    )


def _fitted(tables: Sequence[Table], profile: Profile) -> Recognised:
    """Fit tables to a profile a person chose: fingerprints may be incomplete, needs may not."""
    assigned = _assigned(tables, profile)
    pairs = list(assigned.tables)
    unused: list[Table] = []
    for table in assigned.unused:
        fits = [one for one in profile.tables if _complete(one, table) and one.needs]
        if fits:
            most = max(fits, key=lambda one: len(one.mapping(table.headers)))
            pairs.append((table, most))
        else:
            unused.append(table)
    roles = [one.role for _, one in pairs]
    if not _MAIN & set(roles) and not _sets_up(profile, roles):
        raise _missing(tables[0], profile)
    return Recognised(profile=profile, tables=tuple(pairs), unused=tuple(unused))


def _guessed(tables: Sequence[Table], profile: Profile) -> Recognised:
    """Give tables of an unknown source their role, by the columns they have and how keys repeat."""
    pairs = [(table, _guess(table, profile)) for table in tables]
    return Recognised(
        profile=profile,
        tables=tuple((table, one) for table, one in pairs if one is not None),
        unused=tuple(table for table, one in pairs if one is None),
    )


def _guess(table: Table, profile: Profile) -> TableProfile | None:
    """Give what a table of an unknown source is: a field changed, a stage entered, what stands.

    A table in which keys come several times, each with a moment, is a history of stages.
    """
    kinds = {(one.role, one.shape): one for one in profile.tables}
    deals = kinds[Role.OPPORTUNITIES, "none"]
    changes, moves = kinds[Role.HISTORY, "changes"], kinds[Role.HISTORY, "from_to"]
    stages = kinds[Role.STAGES, "none"]
    there = set(deals.mapping(table.headers))
    if _complete(changes, table):
        return changes
    if _complete(stages, table) and len(table.frame) < _MOST_STAGES and "amount" not in there:
        return stages
    if _complete(moves, table) and _repeats(table, moves):
        return moves
    named = there & {"external_id", "description", "company"}
    told = there & {"stage", "status", "is_won", "is_closed"}
    return deals if named and told else None


def _repeats(table: Table, one: TableProfile) -> bool:
    mapping = one.mapping(table.headers)
    keys = table.frame[mapping["external_id"]]
    return "from_stage" in mapping or keys.nunique() * 6 < len(keys) * 5


def _missing(table: Table, profile: Profile) -> MissingColumnsError:
    """Make the refusal that names the columns the nearest table of the profile lacks."""
    main = [one for one in profile.tables if one.role in _MAIN]
    nearest = max(main, key=lambda one: len(one.mapping(table.headers)))
    there = nearest.mapping(table.headers)
    lacking = [nearest.columns[need][0] for need in nearest.needs if need not in there]
    return MissingColumnsError(table.name, profile.name, lacking, table.headers)


def _not_recognised(table: Table, candidates: Sequence[Profile]) -> NotRecognisedError:
    headers = {plain(header) for header in table.headers}
    scored = [
        (len(wanted & headers) / len(wanted), profile, one)
        for profile in candidates
        for one in profile.tables
        if (wanted := {plain(name) for name in one.recognise})
    ]
    _, profile, one = max(scored, key=lambda item: item[0])
    lacking = ", ".join(name for name in one.recognise if plain(name) not in headers)
    return NotRecognisedError(table.name, table.headers, profile.name, lacking)
