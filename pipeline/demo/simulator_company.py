"""The simulated company as stated: cycles, stages, segments, teams, and every rate.

How a stay in a stage ends. Its length is a Weibull time (shape, scale of the stage, stretched by
the segment), cut to whole days. How it ends depends on the day it ends on: with the weights of
the stage, where all that lead forward (next, skip, won) are multiplied by

    odds of the segment x exp(skill of the owner) x (1 + days / scale) ** -cooling

so that a deal which sits long is won less often. `simulator_truth` integrates this to the true
exit shares, medians and chances of winning, against which estimators can be checked.
"""

from dataclasses import dataclass, field

KINDS = ("next", "skip", "won", "previous", "jump", "lost")
"""How a stay can end; the first three lead forward. A jump goes two stages back."""
FORWARD = 3
"""How many of the kinds lead forward."""


@dataclass(frozen=True)
class SimulatedStage:
    """A stage as stated: what the sales cycle says of it, and how stays in it end."""

    stage: int
    description: str
    completed_percent: int
    chances_percent: int
    shape: float
    """Of the Weibull time; below 1 some deals sit very long."""
    scale_days: float
    cooling: float
    weights: dict[str, float]
    """Kind of exit -> its weight on the day of entry, for the medium segment and skill 0."""
    allow_skip: bool = False


@dataclass(frozen=True)
class SimulatedCycle:
    """A sales cycle as stated."""

    code: str
    description: str
    probability_method: str
    share: float
    """Of all opportunities."""
    for_customers: bool
    stages: tuple[SimulatedStage, ...]


@dataclass(frozen=True)
class Segment:
    """A size of companies; it can be read off their names."""

    name: str
    share: float
    endings: tuple[str, ...]
    """What the names of these companies end with."""
    stretch: float
    """Multiplies the scale of every stage."""
    odds: float
    """Multiplies the weights of what leads forward."""
    median_amount: float
    spread: float
    """Standard deviation of the logarithm of the amount."""


@dataclass(frozen=True)
class SimulatedTeam:
    """A team as stated; its first member manages it."""

    code: str
    name: str
    members: int
    takes: dict[tuple[str, str], float]
    """(cycle, segment) -> its share of those opportunities."""


def _stage(
    number: int,
    description: str,
    percents: tuple[int, int],
    time: tuple[float, float, float],
    **weights: float,
) -> SimulatedStage:
    """Make a stage; percents: completed, chances; time: shape, scale in days, cooling."""
    skippable = bool(weights.pop("skippable", 0))
    return SimulatedStage(number, description, *percents, *time, weights, skippable)


CYCLES = (
    SimulatedCycle(
        "NEW",
        "New customers",
        "chances",
        0.5,
        for_customers=False,
        stages=(
            _stage(1, "Qualification", (5, 10), (0.9, 35, 0.25), next=0.60, skip=0.08, lost=0.26),
            _stage(
                2,
                "Needs",
                (15, 20),
                (1.1, 42, 0.2),
                next=0.66,
                skip=0.06,
                previous=0.04,
                lost=0.19,
                skippable=1,
            ),
            _stage(
                3,
                "Demonstration",
                (35, 35),
                (1.2, 48, 0.3),
                next=0.68,
                previous=0.06,
                jump=0.02,
                lost=0.19,
                skippable=1,
            ),
            _stage(
                4,
                "Proposal",
                (55, 55),
                (1.0, 54, 0.35),
                next=0.66,
                previous=0.07,
                jump=0.02,
                lost=0.2,
            ),
            _stage(
                5,
                "Negotiation",
                (75, 70),
                (1.1, 45, 0.4),
                next=0.62,
                won=0.14,
                previous=0.06,
                jump=0.01,
                lost=0.14,
            ),
            _stage(6, "Contract", (90, 90), (1.3, 22, 0.5), won=0.88, previous=0.03, lost=0.07),
        ),
    ),
    SimulatedCycle(
        "GROW",
        "More with customers",
        "multiply",
        0.3,
        for_customers=True,
        stages=(
            _stage(1, "Idea", (10, 30), (0.85, 48, 0.2), next=0.72, skip=0.06, lost=0.14),
            _stage(
                2,
                "Needs",
                (30, 45),
                (1.1, 45, 0.25),
                next=0.76,
                previous=0.05,
                lost=0.12,
                skippable=1,
            ),
            _stage(
                3,
                "Offer",
                (60, 60),
                (1.0, 58, 0.35),
                next=0.74,
                previous=0.05,
                jump=0.02,
                lost=0.12,
            ),
            _stage(
                4,
                "Decision",
                (80, 75),
                (0.9, 54, 0.45),
                next=0.60,
                won=0.20,
                previous=0.05,
                jump=0.01,
                lost=0.09,
            ),
            _stage(5, "Contract", (95, 95), (1.4, 19, 0.4), won=0.93, previous=0.02, lost=0.03),
        ),
    ),
    SimulatedCycle(
        "SERVICE",
        "Service contracts",
        "add",
        0.2,
        for_customers=True,
        stages=(
            _stage(1, "Review", (20, 40), (1.2, 54, 0.15), next=0.84, lost=0.14),
            _stage(2, "Offer", (50, 60), (1.1, 48, 0.3), next=0.82, previous=0.04, lost=0.12),
            _stage(
                3,
                "Negotiation",
                (75, 75),
                (1.0, 42, 0.4),
                next=0.68,
                won=0.16,
                previous=0.05,
                jump=0.01,
                lost=0.09,
            ),
            _stage(4, "Signature", (95, 95), (1.3, 16, 0.3), won=0.94, previous=0.02, lost=0.03),
        ),
    ),
)

SEGMENTS = (
    Segment("small", 0.50, ("& Co", "Studio", "Workshop", "Partners"), 0.8, 1.2, 6_000, 0.6),
    Segment("medium", 0.35, ("Ltd", "Supplies", "Works"), 1.0, 1.0, 22_000, 0.7),
    Segment("large", 0.15, ("Group", "Holding", "International"), 1.5, 0.8, 90_000, 0.8),
)

TEAMS = (
    SimulatedTeam(
        "NORTH", "New business north", 7, {("NEW", "small"): 0.5, ("NEW", "medium"): 0.5}
    ),
    SimulatedTeam(
        "SOUTH", "New business south", 7, {("NEW", "small"): 0.5, ("NEW", "medium"): 0.5}
    ),
    SimulatedTeam(
        "KEY",
        "Key accounts",
        6,
        {("NEW", "large"): 1.0, ("GROW", "large"): 1.0, ("SERVICE", "large"): 0.5},
    ),
    SimulatedTeam(
        "GROWTH", "Customer growth", 7, {("GROW", "small"): 1.0, ("GROW", "medium"): 1.0}
    ),
    SimulatedTeam(
        "CARE",
        "Service sales",
        5,
        {("SERVICE", "small"): 1.0, ("SERVICE", "medium"): 1.0, ("SERVICE", "large"): 0.5},
    ),
)

WON_REASONS = {
    "BEST-VALUE": ("Best value for money", 0.3),
    "PRODUCT": ("Product fits best", 0.3),
    "TRUST": ("Knows and trusts us", 0.25),
    "SPEED": ("We could deliver first", 0.15),
}
"""Code -> description and share of the wins."""

LOST_REASONS = {
    "NO-DECISION": ("No decision was made", (0.30, 0.30, 0.25)),
    "NO-BUDGET": ("No budget", (0.28, 0.18, 0.10)),
    "COMPETITOR": ("Chose a competitor", (0.10, 0.22, 0.27)),
    "PRICE": ("Too expensive", (0.06, 0.14, 0.25)),
    "TIMING": ("Postponed", (0.14, 0.10, 0.08)),
    "NO-FIT": ("Product does not fit", (0.12, 0.06, 0.05)),
}
"""Code -> description and share of the true losses: in the first third of the cycle, then, last."""

DUPLICATE = "DUPLICATE"
"""The reason of losses that are no losses; it is not in the win rate."""


@dataclass(frozen=True)
class Habits:
    """What people do besides moving opportunities on, as stated."""

    years: int = 4
    growth_per_year: float = 0.1
    months: tuple[float, ...] = (0.9, 1.0, 1.15, 1.0, 1.0, 1.05, 0.8, 0.65, 1.15, 1.1, 1.1, 0.7)
    """January to December: how many opportunities arise, relative to the year."""
    quarter_end: float = 1.3
    """Factor on arrivals in the last two weeks of a quarter."""
    weekend: float = 0.06
    skill_spread: float = 0.35
    """Standard deviation of the skill of the owners, in log odds."""
    started_at_once: float = 0.6
    start_delay_days: float = 5.0
    """Mean of the geometric delay of the others."""
    lost_before_start: float = 0.02
    handover: float = 0.04
    """Chance, per stay, that another member of the team takes over in its first days."""
    reopen: float = 0.05
    """Chance that a loss (no duplicate) is reopened later, in the stage it was lost from."""
    reopen_after_days: tuple[float, float] = (20.0, 45.0)
    """At least, and the mean of the exponential time on top."""
    duplicates: tuple[float, ...] = (0.12, 0.05)
    """Share of duplicates among the losses in stage 1, in stage 2; none later."""
    push: float = 0.7
    """Chance that an expected close date is pushed when it comes up; each time anew."""
    push_days: tuple[float, float] = (30.0, 0.6)
    """Median and log spread of how far it is pushed."""
    amount_change: float = 0.12
    """Chance, per stay, that the amount is corrected."""
    amount_spread: float = 0.25
    typed_chances: float = 0.3
    """Chance, per stay, that the owner types another chance of success than the stage's."""
    optimism: tuple[float, float] = (8.0, 15.0)
    """Mean and spread of what is typed minus the stage's chance, in points."""
    category: float = 0.3
    """Chance, per stay in the last two stages, that a forecast category is set."""
    discount: float = 0.3
    """Chance that a win brings less than the last amount."""
    campaign: float = 0.15
    """Chance that a new-customer opportunity comes from the campaign of its quarter."""
    late: tuple[tuple[float, float], ...] = field(default=((0.75, 0.0), (0.2, 1.5), (0.05, 8.0)))
    """How late rows are recorded: share, mean days of an exponential time."""


HABITS = Habits()
