"""A backup for whoever may not reach the store itself."""

from pathlib import Path

from pipeline.store import Session
from pipeline.store.backups import back_up


def backed_up(session: Session, folder: Path) -> Path:
    """Make a proven backup in a folder and give its file; raises what `back_up` refuses with."""
    return back_up(session, folder / "backup.duckdb").path
