"""The SQL of a frame: a query file behind the relations that a scope makes of the log.

A query may read
    log       every transition that counts: not retracted, or as it was known at a moment
    standing  the rows of the log that stand on the as-of day, inside the scope
    figures   the same with few columns: `opportunity_id, cycle_code, stage, amount, owner_code,
              contact_no, probability_percent, weighted_amount, expected_close_on,
              forecast_category, close_reason_code, path, valid_from`
    drafts    the opportunities not started on the as-of day, inside the scope
and use the parameters $as_of, $from_on, $to_on and those its caller names. It may build on the
clauses of a file beside it, `/* _changes */`, and put `/* inside the scope */` behind a condition
of its own, to look at the log through the scope on other days than the as-of day.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pipeline.domain.scope import Scope

_PARAMETER = re.compile(r"\$(\w+)")
_CLAUSES_OF = re.compile(r"/\* (_\w+) \*/")
_SCOPE = "/* inside the scope */"

_CLAUSES = {
    "cycles": "list_contains($cycles, cycle_code)",
    "owners": "list_contains($owners, owner_code)",
    "teams": "owner_code in (select owner_code from salespeople where "
    "list_contains($teams, team_code))",
    "contacts": "contact_no in (select contact_no from contacts where "
    "list_contains($contacts, contact_no) or list_contains($contacts, company_no))",
    "campaigns": "opportunity_id in (select opportunity_id from opportunities where "
    "list_contains($campaigns, campaign_no))",
}
"""Each part of a scope as a condition on `standing` and on `drafts`."""


def statement(
    query: str, scope: Scope, parameters: Mapping[str, object], *, is_newest: bool = False
) -> tuple[str, dict[str, object]]:
    """Give the whole statement of a query for a scope, and the values of its parameters.

    `is_newest`: no row of the log is valid from a later day than the scope's. What stands then is
    what each opportunity keeps a copy of, several times fewer rows than the log has.
    """
    relations = _relations(scope, is_newest=is_newest and scope.known_at is None)
    sql = _behind(relations, query_text(query)).replace(_SCOPE, _inside(scope))
    values = _values(scope) | dict(parameters)
    used = set(_PARAMETER.findall(sql))
    return sql, {name: value for name, value in values.items() if name in used}


@cache
def builds_on_figures(query: str) -> bool:
    """Whether a query reads `figures`: only then it matters whether a day is the newest."""
    return re.search(r"\bfigures\b", query_text(query)) is not None


@cache
def query_text(query: str) -> str:
    """Give the text of a query file, comments left out."""
    text = (files("pipeline.store") / "queries" / f"{query}.sql").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    return _CLAUSES_OF.sub(lambda found: query_text(found[1]), "\n".join(lines).strip())


def _behind(relations: str, query: str) -> str:
    """Put the relations in front, as first clauses of the query's own `with` where it has one."""
    if query.lower().startswith("with recursive"):
        return f"with recursive {relations},\n{query[len('with recursive') :]}"
    if query.lower().startswith("with"):
        return f"with {relations},\n{query[len('with') :]}"
    return f"with {relations}\n{query}"


def _relations(scope: Scope, *, is_newest: bool) -> str:
    log = query_text("_log" if scope.known_at is None else "_log_as_known")
    figures = query_text("_figures_kept" if is_newest else "_figures")
    return f"{log},\n{query_text('_standing')},\n{figures}"


def _inside(scope: Scope) -> str:
    """What must hold of a row of the log besides, to be in the scope."""
    clauses = [clause for part, clause in _CLAUSES.items() if getattr(scope, part)]
    return "".join(f"\n    and {clause}" for clause in clauses)


def _values(scope: Scope) -> dict[str, object]:
    parts: dict[str, object] = {part: list(getattr(scope, part)) for part in _CLAUSES}
    return parts | {
        "as_of": scope.as_of,
        "known_at": scope.known_at,
        "from_on": scope.from_on,
        "to_on": scope.to_on,
    }
