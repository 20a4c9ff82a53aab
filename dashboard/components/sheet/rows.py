"""The rows of a sheet as they are kept while it is filled in: typed texts, nothing more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_TYPED = 400
"""Characters of a cell that are kept."""


@dataclass
class Rows:
    """What is typed in a sheet; `turn` changes when the page, not the person, changed the rows."""

    columns: tuple[str, ...]
    turn: int = 0
    typed: dict[str, dict[str, str]] = field(default_factory=dict)
    """The texts of each row by its id, in order."""
    refused: dict[str, dict[str, str]] = field(default_factory=dict)
    """What the store refused when a row was saved, by row and column; gone when it is typed on."""
    said: str = ""
    next_id: int = 1

    def heard(self, asked: Mapping[str, Any]) -> bool:
        """Take over what stands in the browser; False for what was sent before the last turn."""
        if asked.get("turn") != self.turn or not isinstance(asked.get("rows"), Sequence):
            return False
        for row in asked["rows"]:
            self._take(str(row.get("id", "")), row.get("cells") or {})
        return True

    def _take(self, name: str, cells: Mapping[str, Any]) -> None:
        if name not in self.typed:
            return
        now = {one: str(cells.get(one) or "")[:MOST_TYPED].strip() for one in self.columns}
        if now != self.typed[name]:
            self.refused.pop(name, None)
        self.typed[name] = now

    def add(self, rows: Sequence[Mapping[str, str]], *, at: str | None = None) -> None:
        """Put rows at the place of another, over the blank ones there, else behind the last."""
        names = list(self.typed)
        place = names.index(at) if at in names else len(names)
        for row in rows:
            while place < len(names) and any(self.typed[names[place]].values()):
                place += 1
            if place == len(names):
                names.append(self._new())
            self.typed[names[place]] = {one: row.get(one, "") for one in self.columns}
            place += 1
        self.turn += 1

    def blank(self, number: int) -> None:
        """Add blank rows until there are so many at the end."""
        left = number
        for cells in reversed(list(self.typed.values())):
            if any(cells.values()):
                break
            left -= 1
        for _ in range(left):
            self._new()

    def drop(self, names: Sequence[str]) -> None:
        """Take rows out, those that are saved."""
        for name in names:
            self.typed.pop(name, None)
            self.refused.pop(name, None)
        self.turn += 1

    @property
    def filled(self) -> dict[str, dict[str, str]]:
        """The rows in which anything stands."""
        return {name: cells for name, cells in self.typed.items() if any(cells.values())}

    def _new(self) -> str:
        name = f"r{self.next_id}"
        self.next_id += 1
        self.typed[name] = dict.fromkeys(self.columns, "")
        return name
