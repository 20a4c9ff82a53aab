"""Comments: dated remarks about any record."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class About(StrEnum):
    """What a comment can be about."""

    OPPORTUNITY = "opportunity"
    CONTACT = "contact"
    SALES_CYCLE = "sales cycle"
    STAGE = "stage"
    CAMPAIGN = "campaign"
    TASK = "task"
    INTERACTION = "interaction"


LONGEST_COMMENT = 4000


@dataclass(frozen=True, kw_only=True)
class Comment:
    """One remark; of a stage, `no` is its cycle and `stage` its number, else `stage` is 0."""

    id: int
    about: About
    no: str
    text: str
    said_on: date
    stage: int = 0
