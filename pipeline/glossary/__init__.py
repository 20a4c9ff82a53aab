"""Label, unit, format and definition of every column people see: said once, used everywhere.

A module a theme; every column is found in `COLUMNS`.
"""

from pipeline.glossary.accuracy import ACCURACY
from pipeline.glossary.board import BOARD
from pipeline.glossary.changes import CHANGES
from pipeline.glossary.column import Column
from pipeline.glossary.conversion import CONVERSION
from pipeline.glossary.days import DAYS
from pipeline.glossary.forecast import FORECAST
from pipeline.glossary.health import HEALTH
from pipeline.glossary.holders import HOLDERS
from pipeline.glossary.lines import LINES
from pipeline.glossary.log import LOG
from pipeline.glossary.names import NAMES
from pipeline.glossary.quotes import QUOTES
from pipeline.glossary.rates import RATES
from pipeline.glossary.set_up import SET_UP
from pipeline.glossary.slippage import SLIPPAGE
from pipeline.glossary.speed import SPEED
from pipeline.glossary.sums import SUMS
from pipeline.glossary.swing import SWING
from pipeline.glossary.targets import TARGETS
from pipeline.glossary.tasks import TASKS
from pipeline.glossary.time import TIME
from pipeline.glossary.undo import UNDO

__all__ = ["COLUMNS", "Column"]

COLUMNS: dict[str, Column] = (
    NAMES
    | DAYS
    | SUMS
    | RATES
    | HOLDERS
    | SET_UP
    | CHANGES
    | TIME
    | SPEED
    | SLIPPAGE
    | HEALTH
    | LOG
    | CONVERSION
    | TASKS
    | ACCURACY
    | QUOTES
    | BOARD
    | LINES
    | UNDO
    | TARGETS
    | FORECAST
    | SWING
)
"""Every column of every report, and every total, by its name in the frame."""
