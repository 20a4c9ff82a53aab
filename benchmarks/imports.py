"""How long a CRM's export takes from the files to a store on disk: `python -m benchmarks.imports`.

The export is a Salesforce one that is written here: opportunities and their history, three rows
each on average. What is counted is reading, understanding, writing the log and recording it.
"""

import argparse
import resource
import tempfile
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measure import table
from pipeline.commands import carry_out
from pipeline.importing.draft import plan_import
from pipeline.store import Store

STAGES = (
    "Prospecting",
    "Qualification",
    "Needs Analysis",
    "Value Proposition",
    "Negotiation/Review",
)
TODAY = date(2026, 11, 24)
SEED = 1


def main() -> None:
    """Write an export of the size wanted, import it, and print how long each step took."""
    parser = argparse.ArgumentParser(description="Time the import of a CRM's export.")
    parser.add_argument("--opportunities", type=int, default=100_000)
    run(parser.parse_args().opportunities)


def run(opportunities: int) -> None:
    """Time the import of an export of a size, step by step."""
    with tempfile.TemporaryDirectory() as folder:
        files = written(Path(folder), opportunities)
        steps: list[tuple[str, float]] = []
        with Store.open(Path(folder, "store.duckdb")) as store:
            started = time.perf_counter()
            plan = plan_import(
                store,
                files,
                by="BENCH",
                today=TODAY,
                progress=lambda name: steps.append((name, time.perf_counter())),
            )
            steps.append(("Recording", time.perf_counter()))
            carry_out(store, *plan.commands, by="BENCH", today=TODAY)
            steps.append(("", time.perf_counter()))
    title = f"Importing {opportunities:,} opportunities with {len(plan.transitions):,} transitions"
    rows = [(name, f"{end - start:.1f}") for (name, start), (_, end) in pairwise(steps)]
    rows.append(("Together", f"{steps[-1][1] - started:.1f}"))
    table(title, ("step", "s"), rows)
    gibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    table("Memory", ("", "GiB"), [("At most", f"{gibibytes:.2f}")])


def written(folder: Path, opportunities: int) -> list[Path]:
    """Write the two files of an export; the same size gives the same files."""
    rng = np.random.default_rng(SEED)
    stays = rng.integers(1, len(STAGES) + 1, opportunities)
    deals = _deals(rng, opportunities)
    history = _history(deals, stays)
    last = history.drop_duplicates("OpportunityId", keep="last").set_index("OpportunityId")
    deals = deals.assign(StageName=deals["Id"].map(last["StageName"]))
    deals = deals.assign(
        IsClosed=deals["StageName"].str.startswith("Closed"),
        IsWon=deals["StageName"] == "Closed Won",
    )
    paths = [folder / "Opportunity.csv", folder / "OpportunityHistory.csv"]
    deals.drop(columns=["begun", "outcome"]).to_csv(paths[0], index=False)
    history.to_csv(paths[1], index=False)
    return paths


def _deals(rng: np.random.Generator, count: int) -> pd.DataFrame:
    begun = pd.Timestamp("2021-01-01") + pd.to_timedelta(
        rng.integers(0, 126_000_000, count), unit="s"
    )
    number = pd.Series(range(count)).astype("str")
    return pd.DataFrame(
        {
            "Id": "006" + number.str.zfill(15),
            "AccountId": "001"
            + pd.Series(rng.integers(0, count // 10 + 1, count)).astype("str").str.zfill(15),
            "Name": "Deal " + number,
            "Amount": rng.lognormal(9, 1, count).round(2),
            "CloseDate": (begun + pd.Timedelta(days=120)).strftime("%Y-%m-%d"),
            "OwnerId": "005" + pd.Series(rng.integers(0, 40, count)).astype("str").str.zfill(15),
            "CreatedDate": begun.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "begun": begun,
            "outcome": rng.choice(["", "Closed Won", "Closed Lost"], count, p=[0.3, 0.3, 0.4]),
        }
    )


def _history(deals: pd.DataFrame, stays: np.ndarray) -> pd.DataFrame:
    """Give a row for each stay, one after 17 days in the one before; the last may be a close."""
    place = np.repeat(np.arange(len(deals)), stays)
    nth = np.arange(len(place)) - np.repeat(np.cumsum(stays) - stays, stays)
    mine = deals.iloc[place].reset_index(drop=True)
    ends = (nth == np.repeat(stays, stays) - 1) & (nth > 0) & (mine["outcome"] != "").to_numpy()
    entered = mine["begun"] + pd.to_timedelta(nth * 17, unit="D")
    return pd.DataFrame(
        {
            "Id": "008" + pd.Series(range(len(place))).astype("str").str.zfill(15),
            "OpportunityId": mine["Id"],
            "CreatedById": mine["OwnerId"],
            "CreatedDate": entered.dt.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "StageName": np.where(ends, mine["outcome"], np.array(STAGES)[nth]),
            "Amount": mine["Amount"],
            "CloseDate": mine["CloseDate"],
            "Probability": 10,
            "ForecastCategory": "Pipeline",
        }
    )


if __name__ == "__main__":
    main()
