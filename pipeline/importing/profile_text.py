"""A profile as the TOML file it could have been read from."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any

from pipeline.importing.profile import Profile, TableProfile

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def to_toml(profile: Profile) -> str:
    """Write a profile as TOML; `profile.parse` gives the same profile back."""
    return "\n".join(_lines(profile)) + "\n"


def _lines(profile: Profile) -> Iterator[str]:
    for name in ("name", "title", "source"):
        yield f"{name} = {_value(getattr(profile, name))}"
    for section in ("parsing", "cycle", "rules"):
        yield from _section(f"[{section}]", _said(getattr(profile, section)))
    for section in ("outcomes", "statuses", "actions", "methods"):
        yield from _section(f"[{section}]", getattr(profile, section))
    for stage in profile.stages:
        yield from _section("[[stages]]", _said(stage))
    for table in profile.tables:
        yield from _table(table)


def _table(table: TableProfile) -> Iterator[str]:
    said = _said(table)
    inner = {name: said.pop(name) for name in ("columns", "fields") if name in said}
    yield from _section("[[tables]]", said)
    for name, values in inner.items():
        yield from _section(f"[tables.{name}]", values)


def _section(heading: str, values: Mapping[str, Any]) -> Iterator[str]:
    if values:
        yield ""
        yield heading
        yield from (f"{_key(name)} = {_value(value)}" for name, value in values.items())


def _said(section: Any) -> dict[str, Any]:  # noqa: ANN401 - any section of a profile
    """Give what a section says beyond the defaults."""
    return {
        one.name: value
        for one in fields(section)
        if (value := getattr(section, one.name)) is not None
        and value != {}
        and (one.default is MISSING or value != one.default)
    }


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _value(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_text, value))}]"
    return str(float(value)) if isinstance(value, int | float) else _text(str(value))


def _text(text: str) -> str:
    """Write a text as JSON does, which TOML reads but for the one sign that JSON lets stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
