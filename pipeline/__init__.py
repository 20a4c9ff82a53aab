"""The sales pipeline that tells the truth: one log in, many views out."""

from pathlib import Path

from pipeline.store import Store

__all__ = ["Store", "open"]


def open(address: str | Path = ":memory:") -> Store:
    """Open the store at an address: a file, or `:memory:`. See `Store.open` for refusals."""
    return Store.open(address)
