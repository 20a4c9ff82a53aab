"""The methods by name: each a pure function from what was known to a distribution."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.metrics.forecast.call import call
from pipeline.metrics.forecast.distribution import DRAWS, Forecast
from pipeline.metrics.forecast.markov import markov
from pipeline.metrics.forecast.monte_carlo import hazard_alone, monte_carlo
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
            "Won so far, and each open opportunity that is expected to close in the period with "
            "the probability its sales cycle and owner give it. It knows nothing of when "
            "opportunities are really won, nor of those that have not begun: the figure most "
            "companies use, kept as the one to beat."
        ),
        compute=stage_weighted,
    ),
    Method(
        name="category",
        title="Forecast category",
        definition=(
            "Won so far, and each open opportunity with the share of its forecast category that "
            "was won in time before, with as many days left; drawn towards what the categories "
            "usually mean as far as there is little history, and then towards each owner's own "
            "share as far as there is much."
        ),
        compute=category,
    ),
    Method(
        name="call",
        title="Owners' call",
        definition=(
            "What owners (else teams, else the company) called for the period, a total, times "
            "what came of their earlier calls with as many days left. Nothing is added to it; its "
            "range is how far earlier calls were off. Where nobody has called, the forecast "
            "categories that owners set stand in."
        ),
        compute=call,
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
        name="stage-yields",
        title="Own stage yields",
        definition=(
            "Won so far, and each open opportunity with the share of its stage that was won in "
            "time before, with as many days left. The share of a stage of one sales cycle is drawn "
            "towards that of all cycles as far along, and that of an amount of its size and of an "
            "owner towards the stage's, by as much as its own number leaves open (empirical Bayes)."
        ),
        compute=stage_yields,
    ),
    Method(
        name="markov",
        title="Markov chain",
        definition=(
            "Won so far, and each open opportunity with the chance to be won by the end of the "
            "period when it moves from stage to stage, day by day, as others did that had been in "
            "the stage as long. It knows nothing else of the opportunity."
        ),
        compute=markov,
    ),
    Method(
        name="hazard",
        title="Hazard by week",
        definition=(
            "Won so far, and each open opportunity with the chance to be won by the end of the "
            "period as a competing-risk hazard gives it: for each week ahead the odds of being won "
            "and of being lost, by stage, days in it, age, amount, how often its close date was "
            "pushed, how that date lies to the week, and the end of the period; a penalised "
            "logistic regression on opportunity-weeks."
        ),
        compute=hazard_alone,
    ),
    Method(
        name="monte-carlo",
        title="Simulation",
        definition=(
            "Ten thousand draws of the period: won so far; each open opportunity won or not with "
            "the hazard's chance, set right by what became of earlier chances and drawn to its "
            "owner's record, for its amount times what amounts became; and what has not begun: "
            "arrivals by the season, the share of them won in time, and amounts like those of "
            "earlier ones. All opportunities share a shock in each draw, as large as earlier "
            "periods were off together, and the range is stretched until earlier ones hold."
        ),
        compute=monte_carlo,
    ),
)

METHODS: dict[str, Method] = {method.name: method for method in _ALL}
"""The methods by name, the simplest first."""
DEFAULT = "monte-carlo"
"""The method that is shown where nobody chose one."""
