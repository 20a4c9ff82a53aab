"""The true figures of the simulated company, computed from what is stated, not from draws.

Time in stage is summed day by day from the stated Weibull times; chances of winning come from the
absorbing chain over (stage, owner), in which handovers and reopenings are transitions like others.
"""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from pipeline.demo.simulator_company import (
    CYCLES,
    DUPLICATE,
    HABITS,
    KINDS,
    LOST_REASONS,
    SEGMENTS,
    TEAMS,
    WON_REASONS,
)
from pipeline.demo.simulator_people import SELLERS, Floats, Sellers
from pipeline.demo.simulator_rates import (
    DUPLICATES,
    SCALE,
    SHAPE,
    STAGES,
    STEPS,
    STRETCH,
    exit_shares,
)

Json = dict[str, Any]

LEFT_OUT = 1e-10
"""The chance of the longest stays, which are not summed."""
WON, LOST = KINDS.index("won"), KINDS.index("lost")
DAYS_SHOWN = (0, 7, 14, 30, 60, 90, 180, 365)


def truth(sellers: Sellers, **made_with: object) -> Json:
    """Give everything that is true of the company, as it is written beside the data."""
    groups = [Group(cycle, segment, sellers) for cycle, segment in _pairs()]
    return {
        "made_with": made_with,
        "how_a_stay_ends": (
            "A stay lasts floor(Weibull(shape, scale_days * stretch)) days. Its end is next, skip, "
            "won, previous, jump or lost, in proportion to the weights of the stage; those of "
            "next, skip and won are multiplied by odds * exp(skill) * "
            "(1 + days / (scale_days * stretch)) ** -cooling. The skill is that of the owner who "
            "is responsible for the stay, after a handover in its first days. skip goes two stages "
            "on, jump two back. A loss that is no duplicate is reopened in its stage with the "
            "chance habits.reopen. Shares and chances per stage are averages over the owners who "
            "really bring opportunities there. Started opportunities only: habits."
            "lost_before_start of all never start."
        ),
        "habits": asdict(HABITS),
        "cycles": [asdict(cycle) for cycle in CYCLES],
        "segments": [asdict(segment) for segment in SEGMENTS],
        "close_reasons": {"won": WON_REASONS, "lost": LOST_REASONS, "not_in_win_rate": [DUPLICATE]},
        "owners": [_owner(sellers, number, groups) for number in range(SELLERS)],
        "stages": [row for group in groups for row in group.stages()],
        "groups": [group.total() for group in groups],
        "win_rate": float(sum(group.share * group.win_rate() for group in groups)),
    }


def _pairs() -> Iterator[tuple[int, int]]:
    for cycle in range(len(CYCLES)):
        for segment in range(len(SEGMENTS)):
            yield cycle, segment


class Group:
    """The opportunities of one cycle and one segment, as an absorbing chain over (stage, owner).

    A state is the entry into a stage with an owner; first stage first, and in it owner by owner.
    """

    def __init__(self, cycle: int, segment: int, sellers: Sellers) -> None:
        """Build the chain: per state the chance of every other one, of winning and of losing."""
        self.cycle, self.segment, self.sellers = cycle, segment, sellers
        self.share = CYCLES[cycle].share * SEGMENTS[segment].share
        self.numbers = range(1, int(STAGES[cycle]) + 1)
        stays = HABITS.handover * sellers.handed_to + (1 - HABITS.handover) * np.eye(SELLERS)
        self.lasting = {stage: _lasting(cycle, stage, segment) for stage in self.numbers}
        self.exits = {stage: self._exits(stage) for stage in self.numbers}
        size = len(self.numbers) * SELLERS
        self.moving = np.zeros((size, size))
        self.winning = np.zeros(size)
        for stage in self.numbers:
            self._connect(stage, stays)
        entering = np.zeros(size)
        entering[:SELLERS] = sellers.mix[cycle, segment]
        self.visits = np.linalg.solve(np.eye(size) - self.moving.T, entering)
        self.chance = np.linalg.solve(np.eye(size) - self.moving, self.winning)
        self.after_handover = stays

    def _exits(self, stage: int) -> Floats:
        """Give [owner, kind]: how stays end that an owner is responsible for."""
        days = np.arange(len(self.lasting[stage]))
        skill = self.sellers.skill[:, None]
        shares = exit_shares(self.cycle, stage, self.segment, skill, days)
        return np.asarray(np.einsum("d,odk->ok", self.lasting[stage], shares))

    def _connect(self, stage: int, stays: Floats) -> None:
        """Fill in where entries into a stage lead: handed over or not, then out by each kind."""
        here = _of(stage)
        for kind, name in enumerate(KINDS):
            going = stays * self.exits[stage][:, kind]
            if kind == WON:
                self.winning[here] = going.sum(axis=1)
            elif kind == LOST:
                self.moving[here, here] += going * HABITS.reopen * (1 - DUPLICATES[stage])
            elif CYCLES[self.cycle].stages[stage - 1].weights.get(name):
                self.moving[here, _of(stage + int(STEPS[kind]))] += going

    def win_rate(self, owner: int | None = None) -> float:
        """Give the chance that a started opportunity is won in the end, of one owner or of all."""
        if owner is not None:
            return float(self.chance[owner])
        return float(self.sellers.mix[self.cycle, self.segment] @ self.chance[:SELLERS])

    def reached(self, stage: int) -> float:
        """Give the chance that a started opportunity is ever in a stage or beyond, or won."""
        below = (stage - 1) * SELLERS
        if not below:
            return 1.0
        beyond = self.moving[:below, below:].sum(axis=1) + self.winning[:below]
        chance = np.linalg.solve(np.eye(below) - self.moving[:below, :below], beyond)
        return float(self.sellers.mix[self.cycle, self.segment] @ chance[:SELLERS])

    def stages(self) -> Iterator[Json]:
        """Give a row for each stage: how its stays end, how long they last, what they lead to."""
        for stage in self.numbers:
            visits = self.visits[_of(stage)]
            exits = (visits @ self.after_handover) @ self.exits[stage] / visits.sum()
            yield {
                **self._name(),
                "stage": stage,
                "exits": dict(zip(KINDS, exits.round(8).tolist(), strict=True)),
                **_times(self.lasting[stage]),
                "visits_per_opportunity": float(visits.sum()),
                "reached": self.reached(stage),
                "won_in_the_end": float(visits @ self.chance[_of(stage)] / visits.sum()),
            }

    def total(self) -> Json:
        """Give the share of this group in all that arises, and how often it wins."""
        return {**self._name(), "share": self.share, "win_rate": self.win_rate()}

    def _name(self) -> Json:
        return {"cycle": CYCLES[self.cycle].code, "segment": SEGMENTS[self.segment].name}


def _of(stage: int) -> slice:
    """Give the states of a stage."""
    return slice((stage - 1) * SELLERS, stage * SELLERS)


def _lasting(cycle: int, stage: int, segment: int) -> Floats:
    """Give the chance of each length of a stay, day by day."""
    shape, scale = SHAPE[cycle, stage], SCALE[cycle, stage] * STRETCH[segment]
    longest = max(DAYS_SHOWN[-1] + 1, int(scale * (-np.log(LEFT_OUT)) ** (1 / shape)))
    longer = np.exp(-((np.arange(longest + 1) / scale) ** shape))
    chance = -np.diff(longer)
    return np.asarray(chance / chance.sum())


def _times(lasting: Floats) -> Json:
    """Give quartiles, mean, and the share that lasts longer than some days."""
    ended = lasting.cumsum()
    quartiles = (int(np.searchsorted(ended, share)) for share in (0.25, 0.5, 0.75))
    return {
        **dict(zip(("p25_days", "median_days", "p75_days"), quartiles, strict=True)),
        "mean_days": float(lasting @ np.arange(len(lasting))),
        "lasts_longer": {str(day): float(1 - ended[day]) for day in DAYS_SHOWN},
    }


def _owner(sellers: Sellers, number: int, groups: list[Group]) -> Json:
    """Give an owner: skill, work, and how often what begins with them is won in the end."""
    work = np.array([g.share * sellers.mix[g.cycle, g.segment, number] for g in groups])
    chances = np.array([group.win_rate(number) for group in groups])
    return {
        "owner_code": sellers.codes[number],
        "name": sellers.names[number],
        "team_code": TEAMS[sellers.team[number]].code,
        "skill": float(sellers.skill[number]),
        "share": float(work.sum()),
        "win_rate": float(work @ chances / work.sum()),
    }
