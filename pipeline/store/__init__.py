"""The only place that knows SQL and DuckDB: the log, its copies, and the frames read from it."""

from pipeline.store.connection import Session, Store

__all__ = ["Session", "Store"]
