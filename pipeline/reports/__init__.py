"""What pages, files and the command line show: each report reads a frame and applies a metric."""

from collections.abc import Callable

from pipeline.reports.agenda import review_agenda
from pipeline.reports.board import board, board_cards
from pipeline.reports.calls import calls
from pipeline.reports.concentration import concentration
from pipeline.reports.conversion_by import conversion_by
from pipeline.reports.conversion_cohorts import conversion_cohorts
from pipeline.reports.counting_rules import (
    counting_rules,
    counting_rules_answers,
    skips_and_bounces,
)
from pipeline.reports.coverage import coverage
from pipeline.reports.flows import category_flow, stage_flow
from pipeline.reports.forecast_accuracy import (
    forecast_accuracy,
    forecast_ranking,
    forecast_reliability,
    forecast_track_record,
)
from pipeline.reports.forecast_methods import forecast_methods
from pipeline.reports.forecast_opportunities import forecast_opportunities
from pipeline.reports.forecast_rollup import forecast_rollup
from pipeline.reports.health import missing_data, rotting, rotting_by_stage, stage_lint
from pipeline.reports.history import pipeline_history, then_and_now, then_and_now_causes
from pipeline.reports.holders import (
    campaign_statistics,
    contact_statistics,
    salesperson_statistics,
)
from pipeline.reports.landing import landing
from pipeline.reports.loss_reasons import loss_reasons
from pipeline.reports.matrix import opportunities_matrix
from pipeline.reports.observed_chances import observed_chances
from pipeline.reports.opportunities import opportunities
from pipeline.reports.opportunity_details import opportunity_details
from pipeline.reports.overrides import category_overrides, forecast_weights, override_scoreboard
from pipeline.reports.pacing import pacing
from pipeline.reports.quotas import attainment, quotas
from pipeline.reports.registers import (
    opportunity_list,
    sales_cycle_analysis,
    salesperson_opportunities,
)
from pipeline.reports.report import Report
from pipeline.reports.role_centre import (
    entry_measures,
    headline_figures,
    opportunities_by_owner,
    pipeline_funnel,
    top_opportunities,
)
from pipeline.reports.sales_cycle import sales_cycle_length, win_curve
from pipeline.reports.slippage import close_date_reliability, repeat_slip, slippage
from pipeline.reports.stage_conversion import stage_conversion
from pipeline.reports.stage_transitions import stage_transitions
from pipeline.reports.statistics import cycle_statistics, stage_statistics
from pipeline.reports.swing import path_to_quota, swing_list
from pipeline.reports.time_in_stage import time_in_stage, time_in_stage_curve
from pipeline.reports.today import waiting_for_quote
from pipeline.reports.twins import all_likely_twins
from pipeline.reports.velocity import velocity
from pipeline.reports.weighted_pipeline import weighted_pipeline
from pipeline.reports.what_changed import hidden_flow, what_changed, what_changed_causes
from pipeline.reports.win_rate import close_reasons, win_rate
from pipeline.reports.win_rate_conventions import win_rate_conventions

__all__ = [
    "REPORTS",
    "Report",
    "all_likely_twins",
    "attainment",
    "board",
    "board_cards",
    "calls",
    "campaign_statistics",
    "category_flow",
    "category_overrides",
    "close_date_reliability",
    "close_reasons",
    "concentration",
    "contact_statistics",
    "conversion_by",
    "conversion_cohorts",
    "counting_rules",
    "counting_rules_answers",
    "coverage",
    "cycle_statistics",
    "entry_measures",
    "forecast_accuracy",
    "forecast_methods",
    "forecast_opportunities",
    "forecast_ranking",
    "forecast_reliability",
    "forecast_rollup",
    "forecast_track_record",
    "forecast_weights",
    "headline_figures",
    "hidden_flow",
    "landing",
    "loss_reasons",
    "missing_data",
    "observed_chances",
    "opportunities",
    "opportunities_by_owner",
    "opportunities_matrix",
    "opportunity_details",
    "opportunity_list",
    "override_scoreboard",
    "pacing",
    "path_to_quota",
    "pipeline_funnel",
    "pipeline_history",
    "quotas",
    "repeat_slip",
    "review_agenda",
    "rotting",
    "rotting_by_stage",
    "sales_cycle_analysis",
    "sales_cycle_length",
    "salesperson_opportunities",
    "salesperson_statistics",
    "skips_and_bounces",
    "slippage",
    "stage_conversion",
    "stage_flow",
    "stage_lint",
    "stage_statistics",
    "stage_transitions",
    "swing_list",
    "then_and_now",
    "then_and_now_causes",
    "time_in_stage",
    "time_in_stage_curve",
    "top_opportunities",
    "velocity",
    "waiting_for_quote",
    "weighted_pipeline",
    "what_changed",
    "what_changed_causes",
    "win_curve",
    "win_rate",
    "win_rate_conventions",
]

REPORTS: dict[str, Callable[..., Report]] = {
    "landing": landing,
    "forecast-methods": forecast_methods,
    "forecast-rollup": forecast_rollup,
    "forecast-opportunities": forecast_opportunities,
    "swing-list": swing_list,
    "path-to-quota": path_to_quota,
    "review-agenda": review_agenda,
    "coverage": coverage,
    "pacing": pacing,
    "attainment": attainment,
    "quotas": quotas,
    "calls": calls,
    "weighted-pipeline": weighted_pipeline,
    "stage-conversion": stage_conversion,
    "counting-rules": counting_rules,
    "counting-rules-answers": counting_rules_answers,
    "skips-and-bounces": skips_and_bounces,
    "conversion-cohorts": conversion_cohorts,
    "conversion-by": conversion_by,
    "stage-transitions": stage_transitions,
    "observed-chances": observed_chances,
    "win-rate": win_rate,
    "win-rate-conventions": win_rate_conventions,
    "close-reasons": close_reasons,
    "loss-reasons": loss_reasons,
    "cycle-statistics": cycle_statistics,
    "stage-statistics": stage_statistics,
    "contact-statistics": contact_statistics,
    "salesperson-statistics": salesperson_statistics,
    "campaign-statistics": campaign_statistics,
    "what-changed": what_changed,
    "what-changed-causes": what_changed_causes,
    "hidden-flow": hidden_flow,
    "stage-flow": stage_flow,
    "category-flow": category_flow,
    "pipeline-history": pipeline_history,
    "then-and-now": then_and_now,
    "then-and-now-causes": then_and_now_causes,
    "time-in-stage": time_in_stage,
    "time-in-stage-curve": time_in_stage_curve,
    "sales-cycle-length": sales_cycle_length,
    "win-curve": win_curve,
    "velocity": velocity,
    "concentration": concentration,
    "likely-twins": all_likely_twins,
    "slippage": slippage,
    "repeat-slip": repeat_slip,
    "close-date-reliability": close_date_reliability,
    "rotting-by-stage": rotting_by_stage,
    "rotting": rotting,
    "missing-data": missing_data,
    "stage-lint": stage_lint,
    "entry-measures": entry_measures,
    "headline-figures": headline_figures,
    "opportunities-by-owner": opportunities_by_owner,
    "opportunities-matrix": opportunities_matrix,
    "opportunity-details": opportunity_details,
    "opportunity-list": opportunity_list,
    "pipeline-funnel": pipeline_funnel,
    "sales-cycle-analysis": sales_cycle_analysis,
    "salesperson-opportunities": salesperson_opportunities,
    "waiting-for-quote": waiting_for_quote,
    "top-opportunities": top_opportunities,
    "forecast-accuracy": forecast_accuracy,
    "forecast-ranking": forecast_ranking,
    "forecast-reliability": forecast_reliability,
    "forecast-track-record": forecast_track_record,
    "override-scoreboard": override_scoreboard,
    "category-overrides": category_overrides,
    "forecast-weights": forecast_weights,
    "opportunities": opportunities,
    "board": board,
    "board-cards": board_cards,
}
"""The reports by the name they have on the command line; all take a session and a scope."""
