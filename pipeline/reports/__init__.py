"""What pages, files and the command line show: each report reads a frame and applies a metric."""

from collections.abc import Callable

from pipeline.reports.opportunities import opportunities
from pipeline.reports.report import Report
from pipeline.reports.stage_conversion import stage_conversion
from pipeline.reports.statistics import cycle_statistics, stage_statistics
from pipeline.reports.weighted_pipeline import weighted_pipeline
from pipeline.reports.what_changed import hidden_flow, what_changed, what_changed_causes
from pipeline.reports.win_rate import close_reasons, win_rate

__all__ = [
    "REPORTS",
    "Report",
    "close_reasons",
    "cycle_statistics",
    "hidden_flow",
    "opportunities",
    "stage_conversion",
    "stage_statistics",
    "weighted_pipeline",
    "what_changed",
    "what_changed_causes",
    "win_rate",
]

REPORTS: dict[str, Callable[..., Report]] = {
    "weighted-pipeline": weighted_pipeline,
    "stage-conversion": stage_conversion,
    "win-rate": win_rate,
    "close-reasons": close_reasons,
    "cycle-statistics": cycle_statistics,
    "stage-statistics": stage_statistics,
    "what-changed": what_changed,
    "what-changed-causes": what_changed_causes,
    "hidden-flow": hidden_flow,
    "opportunities": opportunities,
}
"""The reports by the name they have on the command line; all take a session and a scope."""
