"""A plan in words and small tables: what the dry run prints."""

from collections.abc import Hashable, Iterable
from io import StringIO
from typing import Any

import pandas as pd

from pipeline.domain.words import counted
from pipeline.importing.columns import Values
from pipeline.importing.faults import Effect
from pipeline.importing.plan import ImportPlan

_MOST_FAULTS = 20
_MOST_NAMES = 8


def summary(plan: ImportPlan) -> str:
    """Give everything a person should see before agreeing to an import."""
    parts = [
        f"{plan.profile.title} (profile {plan.profile.name}, source {plan.profile.source})",
        *(_table(values) for values in plan.tables),
        *(f"{table.name}: not used; the profile knows no such table." for table in plan.unused),
        _outcome(plan),
        _totals(plan),
        _made_new(plan),
        "\n".join(plan.notes),
        _faults(plan),
    ]
    return "\n\n".join(part for part in parts if part)


def _table(values: Values) -> str:
    table = values.table
    rows = len(table.frame) + len(table.unfit)
    holds = f"{counted(rows, 'row')} of {values.profile.role.replace('_', ' ')}"
    lines = [f"{table.name}: {holds} ({'; '.join(table.notes)})"]
    for field, column in values.columns.items():
        how = f", {values.readings[field]}" if field in values.readings else ""
        lines.append(f"  {column} is {field.replace('_', ' ')}{how}")
    left_over = [name for name in table.headers if name not in set(values.columns.values())]
    if left_over:
        lines.append(f"  not used: {_some(left_over)}")
    return "\n".join(lines)


def _outcome(plan: ImportPlan) -> str:
    new = len(plan.opportunities)
    rows = _number(len(plan.transitions), "transition")
    said = [f"{_number(new, 'opportunity')} to import with {rows}"]
    if plan.already_there:
        said.append(f"{plan.already_there:,} imported before")
    if len(plan.continued):
        count = plan.continued["external_id"].nunique()
        said.append(f"{count:,} of them go on with {_number(len(plan.continued), 'transition')}")
    if plan.refused:
        said.append(f"{_number(plan.refused, 'row')} refused")
    return "; ".join(said) + "."


def _number(count: int, noun: str) -> str:
    """Give a number with its noun.

    >>> _number(1, "row"), _number(2000, "opportunity")
    ('1 row', '2,000 opportunities')
    """
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else many}"


def _totals(plan: ImportPlan) -> str:
    totals = plan.totals()
    if totals.empty:
        return ""
    shown = pd.DataFrame(
        {
            "Standing": totals["standing"],
            "Opportunities": totals["opportunities"].map("{:,}".format),
            "Amount": totals["amount"].map("{:,.2f}".format),
            "Without amount": totals["without_amount"].map("{:,}".format),
        }
    )
    return _aligned(shown)


def _made_new(plan: ImportPlan) -> str:
    stages = plan.catalogue.stages
    makes = len(plan.opportunities) or plan.profile.takes_set_up
    new = stages[stages["is_new"].astype(bool)] if makes else stages.iloc[:0]
    lines = [
        f"  sales cycle {code} with the stages {_some(_stages(new, code))}"
        for code in plan.catalogue.new_cycles
        if makes
    ]
    lines += [
        f"  stages of sales cycle {code}: {_some(_stages(new, code))}"
        for code in new["cycle_code"].drop_duplicates()
        if code not in plan.catalogue.new_cycles
    ]
    for noun, made in (
        ("salespeople", plan.new_owners),
        ("contacts", plan.new_contacts),
        ("close reasons", plan.new_close_reasons),
        ("campaigns", plan.new_campaigns),
    ):
        if len(made):
            lines.append(f"  {len(made):,} {noun}: {_some(made['name'])}")
    return "Made new:\n" + "\n".join(lines) if lines else ""


def _stages(new: pd.DataFrame, code: str) -> list[str]:
    mine = new[new["cycle_code"] == code].sort_values("position")
    return [
        f"{stage} {name} (chances {chances:g} %)"
        for stage, name, chances in mine[["stage", "name", "chances"]].itertuples(index=False)
    ]


def _faults(plan: ImportPlan) -> str:
    grouped = plan.faults_by_reason()
    lines: list[str] = []
    for effect, heading in (
        (Effect.REFUSED, "Refused, and nothing of these opportunities is taken"),
        (Effect.MENDED, "Taken with a change"),
        (Effect.SET_ASIDE, "Set aside"),
    ):
        mine = grouped[grouped["effect"] == effect.value]
        if len(mine):
            lines.append(f"{heading}:")
            lines += [_fault(row) for row in mine.head(_MOST_FAULTS).to_dict("records")]
    return "\n".join(lines)


def _fault(row: dict[Hashable, Any]) -> str:
    where = f", {row['column']}" if row["column"] else ""
    example = f" For example “{str(row['example'])[:60]}”." if row["example"] else ""
    return (
        f"  {row['rows']:,} × {row['file']}{where}: {row['reason']}{example} "
        f"{row['remedy']} Rows {row['first_rows']}"
    )


def _some(names: Iterable[object]) -> str:
    listed = list(map(str, names))
    more = len(listed) - _MOST_NAMES
    return ", ".join(listed[:_MOST_NAMES]) + (f" and {more:,} more" if more > 0 else "")


def _aligned(frame: pd.DataFrame) -> str:
    """Give a table of texts, the first column to the left and the others to the right."""
    text = StringIO()
    columns = {str(name): [str(name), *frame[name]] for name in frame.columns}
    widths = {name: max(map(len, cells)) for name, cells in columns.items()}
    first, *_ = columns
    for cells in zip(*columns.values(), strict=True):
        padded = (
            cell.ljust(widths[name]) if name == first else cell.rjust(widths[name])
            for name, cell in zip(columns, cells, strict=True)
        )
        text.write("  ".join(padded).rstrip() + "\n")
    return text.getvalue().rstrip()
