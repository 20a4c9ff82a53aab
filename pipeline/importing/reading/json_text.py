"""JSON and JSON lines, as CRMs answer over the net: inner records become columns with dots."""

import json
from collections.abc import Iterator
from typing import Any

from pipeline.importing.errors import EmptyFileError, NotATableError
from pipeline.importing.reading.table import Columns, Table, finish, named
from pipeline.importing.reading.text import decode
from pipeline.importing.reading.typed import text_of

_ENVELOPES = ("records", "results", "data", "value", "items", "deals", "opportunities", "rows")
_DEEPEST = 4
_DROPPED = frozenset({"attributes", "@odata.etag"})
_UNPACKED = frozenset({"properties"})
"""Layers that only wrap: HubSpot keeps every value of a deal under `properties`."""


def looks_like_json(content: bytes) -> bool:
    """Say whether a file begins as JSON does."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read_json(content: bytes, name: str) -> list[Table]:
    """Read records, an envelope of them, or one record a line; histories inside become tables.

    Raises `NotATableError` when there are no records in it.
    """
    text, _ = decode(content, name)
    records = _records(_parsed(text, name), name)
    tables = [_table([_flat(record) for record in records], name)]
    versions = [version for record in records for version in _versions(record)]
    if versions:
        tables.append(_table(versions, f"{name} (property histories)"))
    return tables


def _parsed(text: str, name: str) -> Any:  # noqa: ANN401 - JSON holds anything
    try:
        return json.loads(text)
    except RecursionError as error:
        raise NotATableError(name, "its JSON is nested too deeply") from error
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise NotATableError(name, f"its JSON cannot be read ({error})") from error


def _records(parsed: Any, name: str) -> list[dict[str, Any]]:  # noqa: ANN401 - the same
    """Give the records of a list, or of the list inside an envelope."""
    if isinstance(parsed, dict):
        inside = [parsed[key] for key in _ENVELOPES if isinstance(parsed.get(key), list)]
        parsed = inside[0] if inside else [parsed]
    records = [one for one in parsed if isinstance(one, dict)] if isinstance(parsed, list) else []
    if not records:
        if parsed == []:
            raise EmptyFileError(name)
        raise NotATableError(name, "its JSON holds no records")
    return records


def _flat(record: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Give a record with the values of inner records under dotted names."""
    flat: dict[str, str] = {}
    for key, value in record.items():
        if key in _DROPPED or key == "propertiesWithHistory":
            continue
        called = prefix if key in _UNPACKED else f"{prefix}{key}"
        if isinstance(value, dict) and depth < _DEEPEST:
            inner = called if key in _UNPACKED else f"{called}."
            flat |= _flat(value, inner, depth + 1)
        elif isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):  # noqa: PLR2004
            flat |= {f"{called}.id": text_of(value[0]), f"{called}.name": value[1]}
        else:
            flat[called] = text_of(value)
    return flat


def _versions(record: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Give each version of each property of a HubSpot record."""
    histories = record.get("propertiesWithHistory")
    if not isinstance(histories, dict):
        return
    for name, versions in histories.items():
        for version in versions if isinstance(versions, list) else []:
            if isinstance(version, dict):
                yield {
                    "deal_id": text_of(record.get("id")),
                    "name": str(name),
                    "value": text_of(version.get("value")),
                    "timestamp": text_of(version.get("timestamp")),
                    "source_id": text_of(version.get("sourceId")),
                }


def _table(rows: list[dict[str, str]], name: str) -> Table:
    headers = list(dict.fromkeys(key for row in rows for key in row))
    columns = Columns(named(headers, name), name)
    cells = ([row.get(header, "") for header in headers] for row in rows)
    columns.add_all(enumerate(cells, 1))
    return finish(columns, ["JSON; rows are counted from 1"])
