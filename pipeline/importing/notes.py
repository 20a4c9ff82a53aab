"""What an import found and did without a fault, each with its number, in words."""

from collections.abc import Iterator

import pandas as pd

from pipeline.domain.words import agreeing
from pipeline.importing.lives import CAUGHT_UP
from pipeline.importing.profile import Profile
from pipeline.importing.shapes import none

Found = tuple["pd.Series[bool]", str, str, str]
"""Which rows it is about, subject and verb for one, the same for many, and the rest."""


def notes_on(deals: pd.DataFrame, lives: pd.DataFrame, profile: Profile) -> tuple[str, ...]:
    """Say what was found and done without a fault, each with its number."""
    found = [*_on_deals(deals), *_on_lives(lives, profile)]
    return tuple(
        f"{agreeing(int(mask.sum()), one, many)} {rest}."
        for mask, one, many, rest in found
        if mask.any()
    )


def _on_deals(deals: pd.DataFrame) -> Iterator[Found]:
    one, many = "opportunity names", "opportunities name"
    yield deals["contact_key"].isna(), one, many, "no contact; the contact stays empty"
    yield deals["owner_key"].isna(), one, many, "no owner; the owner stays empty"
    yield (
        deals["is_undated"],
        "opportunity carries",
        "opportunities carry",
        "no date; the day of the import is taken",
    )
    yield (
        deals["amount"].isna() & deals["won_amount"].isna(),
        "opportunity has",
        "opportunities have",
        "no amount; nothing is added to sums",
    )
    yield (
        (deals["outcome"] == "open")
        & (deals["expected_close_on"].fillna(deals["close_on"]) < deals["created_on"]),
        "open opportunity is",
        "open opportunities are",
        "expected to close before the creation; taken as said",
    )


def _on_lives(lives: pd.DataFrame, profile: Profile) -> Iterator[Found]:
    reached = profile.rules.reached or "the first stage"
    yield (
        lives["note"] == none.REACHED_NOTE,
        "closed opportunity is",
        "closed opportunities are",
        f"said to have been in {reached} until the close; the file knows no stage before",
    )
    yield (
        lives["note"] == CAUGHT_UP,
        "history ends",
        "histories end",
        "before the opportunity of today; caught up with it",
    )
