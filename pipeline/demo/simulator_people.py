"""The people of the simulated company: owners of different skill, and whom they sell to."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.demo.simulator_company import CYCLES, HABITS, SEGMENTS, TEAMS
from pipeline.demo.simulator_words import FIRST_NAMES, LAST_NAMES, company_name, company_names

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SELLERS = sum(team.members for team in TEAMS)
"""How many owners there are."""


@dataclass(frozen=True, eq=False)
class Sellers:
    """The owners, by number: arrays of one value each, and who takes what."""

    codes: list[str]
    names: list[str]
    team: Ints
    skill: Floats
    """Added to the log odds of leading forward; 0 is the middle."""
    weight: Floats
    """Share of the work inside the team."""
    mix: Floats
    """[cycle, segment, owner]: share of the new opportunities; sums to 1 over owners."""
    handed_to: Floats
    """[owner, other owner]: who takes over at a handover; within the team, never oneself."""


def draw_sellers(rng: np.random.Generator) -> Sellers:
    """Draw skill and share of work of every owner."""
    team = np.repeat(np.arange(len(TEAMS)), [team.members for team in TEAMS])
    skill = np.round(rng.normal(0, HABITS.skill_spread, SELLERS), 4)
    raw = rng.lognormal(0, 0.3, SELLERS)
    weight = raw / np.bincount(team, raw)[team]
    first = rng.permutation(len(FIRST_NAMES))[:SELLERS]
    last = rng.permutation(len(LAST_NAMES))[:SELLERS]
    names = [f"{FIRST_NAMES[a]} {LAST_NAMES[b]}" for a, b in zip(first, last, strict=True)]
    return Sellers(
        codes=_codes(names),
        names=names,
        team=team,
        skill=skill,
        weight=weight,
        mix=_mix(team, weight),
        handed_to=_handed_to(team, weight),
    )


def _codes(names: list[str]) -> list[str]:
    """Give everybody a short code: initials, and a number where they are taken."""
    codes: list[str] = []
    for name in names:
        first, last = name.upper().split()
        tried = (first[0] + last[:length] for length in range(1, len(last) + 1))
        codes.append(next((code for code in tried if code not in codes), f"S{len(codes)}"))
    return codes


def _mix(team: Ints, weight: Floats) -> Floats:
    """Give the share of each owner in the opportunities of each cycle and segment."""
    takes = np.array(
        [
            [[t.takes.get((cycle.code, segment.name), 0.0) for t in TEAMS] for segment in SEGMENTS]
            for cycle in CYCLES
        ]
    )
    return np.asarray(takes[:, :, team] * weight)


def _handed_to(team: Ints, weight: Floats) -> Floats:
    """Give the chance of each owner to follow each other one."""
    same = (team[:, None] == team[None, :]) & ~np.eye(SELLERS, dtype=bool)
    chance = np.where(same, weight[None, :], 0.0)
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))


@dataclass(frozen=True, eq=False)
class Market:
    """The companies, by number: their segment, and whether they are customers already."""

    segment: Ints
    is_customer: Flags
    names: list[str]
    persons: list[str]
    pools: dict[tuple[int, bool], Ints]
    """(segment, customer) -> the companies."""

    def company_nos(self) -> list[str]:
        """Give the contact number of every company."""
        return [f"C{number:06}" for number in range(1, len(self.names) + 1)]

    def person_nos(self) -> list[str]:
        """Give the contact number of the person who speaks for every company."""
        return [f"P{number:06}" for number in range(1, len(self.names) + 1)]

    def contacts(self) -> pd.DataFrame:
        """Give the contacts as they are recorded: the companies, then their persons."""
        companies = pd.DataFrame(
            {
                "contact_no": self.company_nos(),
                "type": "company",
                "name": self.names,
                "company_no": self.company_nos(),
                "is_customer": self.is_customer,
            }
        )
        persons = companies.assign(
            contact_no=self.person_nos(), type="person", name=self.persons, is_customer=False
        )
        return pd.concat([companies, persons], ignore_index=True).assign(owner_code=None)


def draw_market(rng: np.random.Generator, opportunities: int) -> Market:
    """Draw the companies: one for every eight opportunities, 120 at least."""
    size = max(120, opportunities // 8)
    segment = np.sort(rng.choice(len(SEGMENTS), size, p=[segment.share for segment in SEGMENTS]))
    is_customer = rng.random(size) < np.where(np.arange(size) % 2 == 0, 0.9, 0.0)
    first = rng.integers(len(FIRST_NAMES), size=size)
    last = rng.integers(len(LAST_NAMES), size=size)
    return Market(
        segment=segment,
        is_customer=is_customer,
        names=_company_names(rng, segment),
        persons=[f"{FIRST_NAMES[a]} {LAST_NAMES[b]}" for a, b in zip(first, last, strict=True)],
        pools={
            (number, customer): np.flatnonzero((segment == number) & (is_customer == customer))
            for number in range(len(SEGMENTS))
            for customer in (False, True)
        },
    )


def _company_names(rng: np.random.Generator, segment: Ints) -> list[str]:
    """Draw names without repetition, segment by segment."""
    names: list[str] = []
    for number in range(len(SEGMENTS)):
        wanted = int((segment == number).sum())
        drawn = rng.choice(company_names(number), wanted, replace=False)
        names += [company_name(number, int(name)) for name in drawn]
    return names
