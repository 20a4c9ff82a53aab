"""What was read and shown becomes the command that records it."""

from collections.abc import Mapping
from typing import Any

from pipeline.commands import CreateOpportunity
from pipeline.entry.parts import Line

ESTIMATES = ("amount", "expected_close_on")
"""What an opportunity needs before it can start."""


def wish(values: Mapping[str, Any], *, activate: bool, **more: Any) -> CreateOpportunity:  # noqa: ANN401
    """The command for what stands in the fields; estimates count only where it is to start."""
    return CreateOpportunity(
        description=values.get("description") or "",
        contact_no=values.get("contact_no"),
        company_name=values.get("company_name") or "",
        owner_code=values.get("owner_code"),
        cycle_code=values.get("cycle_code"),
        activate=activate,
        amount=values.get("amount") if activate else None,
        expected_close_on=values.get("expected_close_on") if activate else None,
        **more,
    )


def wish_of(line: Line, *, activate: bool) -> CreateOpportunity:
    """The command for a line, its defaults included."""
    return wish({name: part.value for name, part in line.parts.items()}, activate=activate)
