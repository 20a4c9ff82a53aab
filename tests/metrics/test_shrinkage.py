"""Rates of small groups, drawn towards that of all."""

import numpy as np
import pandas as pd
import pytest

from pipeline.metrics.shrinkage import FALLBACK_STRENGTH, conversion_by, shrunken, strength


@pytest.mark.parametrize(
    ("part", "whole", "rate", "low", "high", "share"),
    [
        (4, 5, 0.400, 0.246, 0.563, 0.20),
        (40, 100, 0.383, 0.312, 0.457, 0.833),
        (0, 3, 0.261, 0.126, 0.420, 0.130),
    ],
)
def test_small_groups_are_drawn_far_and_large_ones_hardly(
    part: int, whole: int, rate: float, low: float, high: float, share: float
) -> None:
    """With 30 percent of all and a strength of 20."""
    row = shrunken(pd.Series([part]), pd.Series([whole]), 0.30, 20).iloc[0]
    assert row["shrunken_rate"] == pytest.approx(rate, abs=0.0005)
    assert row["shrunken_low"] == pytest.approx(low, abs=0.001)
    assert row["shrunken_high"] == pytest.approx(high, abs=0.001)
    assert row["evidence_share"] == pytest.approx(share, abs=0.001)


def drawn(k: float, groups: int, size: int) -> pd.DataFrame:
    """Groups whose true rates spread around .30 with strength k."""
    random = np.random.default_rng(7)
    rates = random.beta(k * 0.3, k * 0.7, groups)
    return pd.DataFrame({"part": random.binomial(size, rates), "whole": size})


@pytest.mark.parametrize("k", [8.0, 40.0])
def test_the_strength_is_the_one_the_groups_were_made_with(k: float) -> None:
    """Six hundred groups of 80 tell it to within a quarter."""
    made = drawn(k, 600, 80)
    assert strength(made["part"], made["whole"], 0.3) == pytest.approx(k, rel=0.25)


def test_alike_groups_are_counted_as_often_as_they_are() -> None:
    """The same groups, said one by one or by their number."""
    one_by_one = drawn(8, 60, 30)
    together = one_by_one.groupby(["part", "whole"]).size().rename("groups").reset_index()
    assert strength(together["part"], together["whole"], 0.3, together["groups"]) == pytest.approx(
        strength(one_by_one["part"], one_by_one["whole"], 0.3), rel=1e-3
    )


@pytest.mark.parametrize(
    ("part", "whole"), [([3], [10]), ([1, 2], [5, 6]), ([1, 2, 0, 0, 0], [3, 3, 2, 1, 1])]
)
def test_few_groups_cannot_say_how_far_apart_they_are(part: list[int], whole: list[int]) -> None:
    """Then the strength is 20."""
    assert strength(pd.Series(part), pd.Series(whole), 0.3) == FALLBACK_STRENGTH


def test_who_lies_apart_is_said_and_who_does_not_too() -> None:
    """A of 400 is far above, B of 400 below, C of 4 is anything."""
    sums = pd.DataFrame(
        {
            "part": ["A", "B", "C"],
            "counted": [400, 400, 4],
            "advanced": [300, 100, 4],
            "groups": 1,
            "is_rest": False,
        }
    )
    rows = conversion_by(sums).set_index("part")
    assert rows["apart"].to_dict() == {
        "A": "above the rest",
        "B": "below the rest",
        "C": "too few to tell apart",
    }
    assert rows["shrunken_rate"].to_dict()["C"] < 1
    share = rows["evidence_share"].to_dict()
    assert share["C"] < share["A"]


def test_nothing_has_no_rate() -> None:
    """No part at all, no row and no rate."""
    nothing = pd.DataFrame(
        {"part": [], "counted": [], "advanced": [], "groups": [], "is_rest": []}
    ).astype({"counted": "int64", "advanced": "int64", "groups": "int64", "is_rest": "bool"})
    assert conversion_by(nothing).empty
