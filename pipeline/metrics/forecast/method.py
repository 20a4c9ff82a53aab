"""The methods by name: each a pure function from what was known to a distribution."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.metrics.forecast.distribution import DRAWS, Forecast
from pipeline.metrics.forecast.markov import markov
from pipeline.metrics.forecast.monte_carlo import monte_carlo
from pipeline.metrics.forecast.past import Past
from pipeline.metrics.forecast.run_rate import run_rate
from pipeline.metrics.forecast.stage_weighted import stage_weighted
from pipeline.metrics.forecast.yields import category, stage_yields

__all__ = ["DEFAULT", "DRAWS", "METHODS", "Forecast", "Method", "Past"]


@dataclass(frozen=True, kw_only=True)
class Method:
    """One way to forecast a period."""

    name: str
    """As it is written: `stage-weighted`."""
    title: str
    """As people read it."""
    definition: str
    """What it does, in one paragraph."""
    compute: Callable[[Past, int], Forecast]

    def forecast(self, past: Past, *, draws: int = DRAWS) -> Forecast:
        """Give the distribution of what the period will bring; the same past, the same numbers."""
        return self.compute(past, draws)


_ALL = (
    Method(
        name="stage-weighted",
        title="Stage-weighted",
        definition=(
            "Won so far, and each open opportunity that is expected to close in the period with the "
            "probability its sales cycle and owner give it. It knows nothing of when opportunities "
            "are really won, nor of those that have not begun: the figure most companies use, kept "
            "as the one to beat."
        ),
        compute=stage_weighted,
    ),
    Method(
        name="run-rate",
        title="Run rate",
        definition=(
            "Won so far, and as much for the rest of the period as the last periods brought in the "
            "same part of theirs, newer periods counting more. It looks at no open opportunity."
        ),
        compute=run_rate,
    ),
    Method(
        name="category",
        title="Forecast category",
        definition=("x"),
        compute=category,
    ),
    Method(
        name="stage-yields",
        title="Own stage yields",
        definition=("x"),
        compute=stage_yields,
    ),
    Method(
        name="markov",
        title="Markov chain",
        definition=("x"),
        compute=markov,
    ),
    Method(
        name="monte-carlo",
        title="Simulation",
        definition=("x"),
        compute=monte_carlo,
    ),
)

METHODS: dict[str, Method] = {method.name: method for method in _ALL}
"""The methods by name, the simplest first."""
DEFAULT = "monte-carlo"
"""The method that is shown where nobody chose one."""
