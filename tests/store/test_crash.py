"""Killed in the middle of a stream of commands, a store keeps every one that had returned."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline.store.check import check

STREAM = """
import sys
from datetime import date
import pipeline
from pipeline.commands import *

today = date(2026, 5, 15)
store = pipeline.open(sys.argv[1])


def go(*commands):
    return carry_out(store, *commands, by="JO", today=today)


go(
    DefineSalesCycle(code="C"),
    DefineStage(cycle_code="C", stage=1, chances_percent=10, completed_percent=10),
    DefineStage(cycle_code="C", stage=2, chances_percent=20, completed_percent=20),
    DefineSalesperson(code="JO", name="Jim Olive"),
    DefineContact(no="C1", name="Adatum"),
)
for amount in range(1, 1_000_000):
    made = go(
        CreateOpportunity(
            description="Chairs", contact_no="C1", owner_code="JO", cycle_code="C",
            activate=True, amount=amount, expected_close_on=today,
        )
    )
    print("created", made[0].no, flush=True)
    go(MoveToNextStage(opportunity_no=made[0].no))
    print("moved", made[0].no, flush=True)
"""


@pytest.mark.parametrize("after", [7, 60])
def test_what_had_returned_survives_a_kill(tmp_path: Path, after: int) -> None:
    """SIGKILL while it writes: all that was reported is there, and the log is intact."""
    address = tmp_path / "sales.duckdb"
    stream = subprocess.Popen(
        [sys.executable, "-c", STREAM, str(address)], stdout=subprocess.PIPE, text=True
    )
    with stream:
        assert stream.stdout is not None
        reported = [stream.stdout.readline().split() for _ in range(after)]
        os.kill(stream.pid, signal.SIGKILL)
        reported += [line.split() for line in stream.stdout if line.endswith("\n")]
    with pipeline.open(address) as store:
        assert check(store).intact
        stages = dict(store.rows("select opportunity_no, last_nth from opportunities"))
    assert len(reported) >= after
    for done, no in reported:
        assert stages[no] >= {"created": 1, "moved": 2}[done]
