"""Start a new company with what most need: a sales cycle, reasons for closing, the first person."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.commands.cycles import DefineCloseReason, DefineSalesCycle, DefineStage
from pipeline.commands.desk import Command, Desk, Recorded
from pipeline.commands.people import DefineSalesperson
from pipeline.commands.setup import DefineSetting
from pipeline.domain.closing import Outcome
from pipeline.domain.cycles import ProbabilityMethod
from pipeline.store import records

CYCLE = "SALES"
STAGES = (
    ("Qualify", 10, 10, "3M"),
    ("Understand", 30, 25, "2M"),
    ("Propose", 50, 50, "6W"),
    ("Negotiate", 75, 70, "3W"),
    ("Agree", 90, 90, "1W"),
)
"""The stages of the usual cycle: name, completed and chances in percent, time left to closing."""
NO_DECISION = "NODECISION"
REASONS = (
    ("CONVINCED", "Convinced by the offer", Outcome.WON, True),
    ("KNOWN", "Customer already knew us", Outcome.WON, True),
    ("PRICE", "Too expensive", Outcome.LOST, True),
    ("COMPETITOR", "Chose a competitor", Outcome.LOST, True),
    ("FIT", "Did not fit the need", Outcome.LOST, True),
    (NO_DECISION, "No decision was made", Outcome.LOST, True),
    ("DUPLICATE", "Entered twice", Outcome.LOST, False),
)
"""The usual reasons: code, words, outcome, and whether what is closed so counts in the win rate."""


@dataclass(frozen=True, kw_only=True)
class StartWithUsual:
    """Make whatever of cycle, reasons and salesperson is not there yet; leave what is there alone.

    The usual cycle takes its chances as the probability. The first person becomes the default
    owner, the usual cycle the default cycle.
    """

    name: str
    """Of the first salesperson; not needed when there is one."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises `MissingFieldError`, `TooLongError`."""
        recorded = Recorded(what="company", no="")
        if not records.count(desk.session, "salespeople", blocked=False):
            recorded = DefineSalesperson(name=self.name).apply(desk)
            DefineSetting(name="default_owner", value=recorded.no).apply(desk)
        for command in _missing(desk):
            command.apply(desk)
        return recorded


def _missing(desk: Desk) -> Iterator[Command]:
    """Give the commands for what is not there yet."""
    if not records.count(desk.session, "stages"):
        yield from usual_cycle()
        yield DefineSetting(name="default_cycle", value=CYCLE)
    for outcome in Outcome:
        if not records.count(desk.session, "close_reasons", outcome=outcome.value):
            yield from usual_reasons(outcome)
            if outcome is Outcome.LOST:
                yield DefineSetting(name="no_decision_reasons", value=NO_DECISION)


def usual_cycle() -> Iterator[Command]:
    """Give the commands that make the usual cycle with its stages."""
    yield DefineSalesCycle(
        code=CYCLE,
        description="From first talk to agreement",
        probability_method=ProbabilityMethod.CHANCES.value,
    )
    for number, (name, completed, chances, formula) in enumerate(STAGES, start=1):
        yield DefineStage(
            cycle_code=CYCLE,
            stage=number,
            description=name,
            completed_percent=Decimal(completed),
            chances_percent=Decimal(chances),
            allow_skip=1 < number < len(STAGES),
            date_formula=formula,
        )


def usual_reasons(outcome: Outcome) -> Iterator[Command]:
    """Give the commands that make the usual reasons of an outcome."""
    for code, words, of, in_win_rate in REASONS:
        if of is outcome:
            yield DefineCloseReason(
                code=code, description=words, outcome=of.value, in_win_rate=in_win_rate
            )
