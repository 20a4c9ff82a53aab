"""The waterfall from small frames of sums: each kind of step in one bucket, nothing left over."""

import pandas as pd
import pytest

from pipeline.metrics.waterfall import BUCKETS, NAMES, bucket, hidden_flow, waterfall

COLUMNS = ["kind", "step", "way", "side", "transitions", "delta"]


def sums(*rows: tuple[str, str, int, int, int, float]) -> pd.DataFrame:
    """A frame as the query gives it."""
    return pd.DataFrame(rows, columns=COLUMNS)


def test_every_kind_of_step_has_one_bucket() -> None:
    """No two buckets share step, sign and side of the window."""
    keys = {(each.step, each.way, each.side) for each in BUCKETS}
    assert len(keys) == len(BUCKETS) == 16
    assert tuple(each.name for each in BUCKETS) == NAMES


def test_the_bars_lead_from_the_start_to_the_end() -> None:
    """100 at the start, 40 new, 30 pushed out, 60 won: 50 at the end."""
    frame = waterfall(
        sums(
            ("ends", "start", 0, 0, 2, 100.0),
            ("events", "created", 1, 0, 1, 40.0),
            ("events", "date", -1, 1, 1, -30.0),
            ("events", "won", -1, 0, 1, -60.0),
            ("ends", "end", 0, 0, 1, 50.0),
        )
    ).set_index("bucket")
    running = frame["running_amount"].to_dict()
    bars = ["starting", "new", "pushed out", "won", "ending"]
    assert [running[bar] for bar in bars] == [100, 140, 110, 50, 50]
    assert list(frame.loc["pulled in", ["transitions", "change_amount"]]) == [0, 0]


def test_the_comparison_stands_beside_and_the_difference_is_hidden() -> None:
    """New 40 that was won again inside the period: two snapshots see nothing of it."""
    frame = waterfall(
        sums(
            ("ends", "start", 0, 0, 1, 100.0),
            ("events", "created", 1, 0, 1, 40.0),
            ("events", "won", -1, 0, 1, -40.0),
            ("ends", "end", 0, 0, 1, 100.0),
            ("hidden", "through", 0, 0, 1, 40.0),
        )
    ).set_index("bucket")
    assert frame["compared_amount"].tolist() == [100, *[0] * 14, 100]
    assert list(frame.loc[["new", "won"], "hidden_amount"]) == [40, -40]
    assert frame["hidden_amount"].sum() == 0


def test_nothing_at_all_is_sixteen_noughts() -> None:
    """An empty company changed by nothing."""
    frame = waterfall(sums())
    assert len(frame) == 16
    assert (frame[["transitions", "change_amount", "running_amount"]] == 0).all(axis=None)
    assert hidden_flow(sums())["hidden_amount"].tolist() == [0, 0]


def test_hidden_flow_passed_through_or_went_back_and_forth() -> None:
    """Both kinds in their order, whichever the query gives first."""
    frame = hidden_flow(
        sums(("hidden", "back", 0, 0, 1, 25.0), ("hidden", "through", 0, 0, 5, 87.0))
    )
    assert frame["opportunities"].tolist() == [5, 1]
    assert frame["hidden_amount"].tolist() == [87, 25]


def test_an_unknown_bucket_is_named_with_those_that_exist() -> None:
    """Whoever mistypes one sees them all."""
    with pytest.raises(ValueError, match="no bucket “pushed”; choose one of starting, new"):
        bucket("pushed")
