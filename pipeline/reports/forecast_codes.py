"""The codes in the rows of the log: read as small numbers, told in words.

A million opportunities have millions of rows; as texts their few codes take most of the time.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.domain.scope import Scope
from pipeline.metrics.forecast.past import Ints
from pipeline.store import Session

_PLACES = ["cycle_place", "owner_place", "category_place"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Codes:
    """What the small numbers in the rows of the log mean."""

    cycles: pd.Index
    owners: pd.Index
    categories: pd.Index
    teams: pd.Categorical
    """The team of each owner."""
    positions: Ints
    """The position of each stage (column) in each cycle (row); 0: it is not in it any more."""
    stages: Ints
    """How many stages each cycle has."""

    @classmethod
    def read(cls, session: Session, scope: Scope, *, every: bool = False) -> "Codes":
        """Read the codes in use today, or every one that ever was in the log."""
        found = session.frame("forecast_codes", scope, every=every)
        by_kind = {kind: pd.Index(rows["code"]) for kind, rows in found.groupby("kind")}
        nothing = pd.Index([], dtype="str")
        cycles, owners = by_kind.get("cycle", nothing), by_kind.get("owner", nothing)
        places = session.frame("forecast_places", scope)
        row = cycles.get_indexer(pd.Index(places["cycle_code"]))
        known = places.assign(row=row)[row >= 0]
        positions = np.zeros((len(cycles) + 1, int(max(places["stage"], default=0)) + 1), np.int64)
        positions[known["row"], known["stage"]] = known["position"]
        teams = session.frame("forecast_people", scope).set_index("owner_code")["team_code"]
        return cls(
            cycles=cycles,
            owners=owners,
            categories=by_kind.get("category", nothing),
            teams=pd.Categorical(teams.reindex(owners)),
            positions=positions,
            stages=np.bincount(known["row"], minlength=len(cycles) + 1),
        )

    @property
    def asked(self) -> dict[str, object]:
        """The parameters of `_forecast_codes.sql`."""
        return {
            "cycle_codes": self.cycles.tolist(),
            "owner_codes": self.owners.tolist(),
            "categories": self.categories.tolist(),
        }

    def are_known(self, rows: pd.DataFrame) -> bool:
        """Say whether all codes of some rows are among these."""
        return all(bool((rows[name] >= -1).all()) for name in _PLACES)

    def told(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Give rows their codes in words, their team, and the place of their stage.

        A code that came into the log after these were read is told as none.
        """
        cycle, owner, category = (np.maximum(rows[name].to_numpy(), -1) for name in _PLACES)
        stage = rows["stage"].to_numpy()
        team = np.append(self.teams.codes, np.int8(-1))[owner]
        inside = np.where(stage < self.positions.shape[1], stage, 0)
        return rows.drop(columns=_PLACES).assign(
            cycle_code=pd.Categorical.from_codes(cycle, self.cycles),
            owner_code=pd.Categorical.from_codes(owner, self.owners),
            team_code=pd.Categorical.from_codes(team, self.teams.categories),
            forecast_category=pd.Categorical.from_codes(category, self.categories),
            position=self.positions[cycle, inside],
            stages=np.where(self.positions[cycle, inside] > 0, self.stages[cycle], 0),
        )
