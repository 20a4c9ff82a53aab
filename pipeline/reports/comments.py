"""What people said about a record."""

from datetime import date

import pandas as pd

from pipeline.domain.comments import About
from pipeline.domain.scope import Scope
from pipeline.store import Session

_ANY_DAY = Scope(as_of=date.max)


def comments(session: Session, about: About, no: str, stage: int | None = None) -> pd.DataFrame:
    """The comments about a record, the newest first; of a sales cycle, those of its stages too.

    Columns: `comment_id, about, no, stage, said_on, text, created_at, created_by`.
    """
    return session.frame("comments", _ANY_DAY, about=about.value, no=no, stage=stage)
