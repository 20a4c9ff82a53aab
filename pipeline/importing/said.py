"""What a person said about the stages: checked against those the files have."""

from collections.abc import Sequence

import pandas as pd

from pipeline.importing.columns import Values
from pipeline.importing.errors import StrangeAnswerError
from pipeline.importing.export import stacked
from pipeline.importing.fields import Role
from pipeline.importing.headers import plain

NONE = "none"
"""Said where no stage means won, or none lost."""


def words_of(deals: pd.DataFrame, events: pd.DataFrame, values: list[Values]) -> list[str]:
    """Give the stages and statuses the files speak of, as they spell them.

    Rows that cannot be taken speak, too: one with a wrong date may be the only one that was won.
    """
    table = stacked(values, Role.STAGES)
    read = [stacked(values, role) for role in (Role.OPPORTUNITIES, Role.HISTORY)]
    spoken = [frame[name] for frame in (deals, events, *read) for name in ("stage", "status")]
    words = pd.concat([*spoken, table["stage"], table["stage_id"]]).dropna()
    return sorted(map(str, words.unique()))


def refuse_strange(won: Sequence[str], lost: Sequence[str], words: Sequence[str]) -> None:
    """Raise `StrangeAnswerError` for a stage that is not there, or is said to mean both."""
    there = {plain(word) for word in words}
    for word in (*won, *lost):
        if plain(word) not in {*there, NONE}:
            raise StrangeAnswerError(word, words)
    both = {plain(word) for word in won} & {plain(word) for word in lost} & there
    for word in won:
        if plain(word) in both:
            raise StrangeAnswerError(word, words, both=True)
