"""How good forecasts were."""

from pipeline.glossary.column import Column, count, day, money, rate, text


def _decimal(label: str, definition: str) -> Column:
    return Column(label, "", "decimal", definition)


ACCURACY: dict[str, Column] = {
    "method": text("Key", "The name of the forecast method."),
    "method_title": text("Method", "The forecast method."),
    "weeks_before": count(
        "Weeks before the end", "How long before the end of the period it was said.", "weeks"
    ),
    "periods": count("Quarters", "Over how many quarters the figures are taken.", "quarters"),
    "period_label": text("Quarter", "The quarter that was forecast."),
    "period_from": day("From", "The first day of the period."),
    "period_to": day("To", "The last day of the period."),
    "cut_on": day("Said on", "The day at whose end it was said, from what was recorded by then."),
    "versions": count(
        "Versions",
        "How often it was computed: the log of then can change later. The newest is shown.",
        "versions",
    ),
    "forecast_amount": money("Forecast", "What the period was expected to bring in all."),
    "p10_amount": money("P10", "The total that one period in ten should stay below."),
    "p50_amount": money("P50", "The total that is exceeded as likely as not."),
    "p90_amount": money("P90", "The total that nine periods in ten should stay below."),
    "actual_amount": money("Came", "What stands as won in the period."),
    "error_amount": money("Off by", "Forecast - came: above nought too much was promised."),
    "error_rate": rate(
        "Off by, of what came", "The gap between forecast and what came, over what came."
    ),
    "held": Column("Range held", "", "flag", "Whether what came lies between P10 and P90."),
    "held_ranges": count("Held", "How many ranges held what came.", "ranges"),
    "ranges": count("Ranges", "How many forecasts had a range.", "ranges"),
    "held_rate": rate("Range held", "The share of ranges that held what came; 80\u00a0% is right."),
    "band_low": count(
        "At least",
        "So few hits are still no surprise where each range holds with 80\u00a0%.",
        "ranges",
    ),
    "band_high": count(
        "At most", "So many hits are no surprise where each range holds with 80\u00a0%.", "ranges"
    ),
    "sharpness_rate": rate(
        "Width of the range", "Mean of P90 - P10, over the mean of what came; narrower is sharper."
    ),
    "pinball_rate": rate(
        "Pinball loss",
        "Mean loss of P10, P50 and P90 over the mean of what came; it rewards ranges that are both "
        "narrow and right.",
    ),
    "forecast_sum": money("Forecast, sum", "The forecasts of all the quarters together."),
    "actual_sum": money("Came, sum", "What came in all the quarters together."),
    "wape_rate": rate("WAPE", "Sum of |forecast - came| over the sum of what came."),
    "bias_rate": rate("Bias", "Sum of forecast - came over the sum of what came."),
    "mape_rate": rate("MAPE", "Mean of |forecast - came| / came; nothing where nothing came."),
    "rmse_amount": money("RMSE", "The root of the mean squared error."),
    "mase": _decimal("MASE", "Mean error over that of saying the last quarter again."),
    "skill_last_period_rate": rate(
        "Skill, last quarter", "One less WAPE / that of saying the last quarter again."
    ),
    "skill_same_period_last_year_rate": rate(
        "Skill, last year", "One less WAPE / that of saying the same quarter of last year again."
    ),
    "skill_run_rate_rate": rate("Skill, run rate", "One less WAPE / that of the run rate."),
    "skill_stage_weighted_rate": rate(
        "Skill, stage-weighted", "One less WAPE / that of the stage-weighted forecast."
    ),
    "brier": _decimal("Brier", "Mean of (chance - 1 if won, 0 if not) squared; 0 is perfect."),
    "brier_skill_rate": rate(
        "Brier skill", "One less Brier / that of stating the overall rate for each."
    ),
    "log_loss": _decimal("Log loss", "Mean of -ln of the chance given to what happened."),
    "ece_rate": rate(
        "Calibration error", "Mean gap between what was stated and what happened, by bins (ECE)."
    ),
    "reliability": _decimal("Reliability", "How far chances lay from what happened, squared."),
    "resolution": _decimal("Resolution", "How far outcomes differ with the chance, squared."),
    "uncertainty": _decimal("Uncertainty", "Brier of stating the overall rate for each."),
    "bin": count("Bin", "Chances from low to high, about equally many cases in each.", "bins"),
    "cases": count("Cases", "Open opportunities a chance was stated for, once for each forecast."),
    "happened": count("Won by the end", "How many of them were won by the end of the period."),
    "stated_rate": rate("Stated", "The mean chance that was stated."),
    "happened_rate": rate("Happened", "The share that was won by the end of the period."),
    "compared_periods": count("Compared", "On how many quarters the two are compared.", "quarters"),
    "best_wape_rate": rate("WAPE of the best", "That of the best method on the same quarters."),
    "difference_rate": rate("Difference", "WAPE less that of the best method."),
    "difference_low": rate("Difference, low", "Lower end of its 95 percent interval."),
    "difference_high": rate("Difference, high", "Upper end of its 95 percent interval."),
    "ranking_verdict": text("What may be said", "Whether the difference is clear."),
    "level": text("Whose call", "Whether a seller called, or somebody who answers for more."),
    "person_code": text("Person", "Who made the call."),
    "person_name": text("Name", "Who made the call, by name."),
    "before_amount": money("Before", "What stood before the call: the model, or with changes."),
    "after_amount": money("Call", "What was called."),
    "helped_call": Column("Helped", "", "flag", "Whether the call came nearer to what came."),
    "seller_value_added_rate": rate("Sellers", "The value that sellers' calls added."),
    "manager_value_added_rate": rate("Managers", "The value that managers' calls added."),
    "direction": text("Direction", "Whether the call went above or below what stood before."),
    "size": text("Size", "How far the call went from what stood before."),
    "calls": count("Calls", "How many calls, the last in time for each quarter.", "calls"),
    "before_wape_rate": rate("WAPE before", "That of what stood before the call."),
    "after_wape_rate": rate("WAPE after", "That of the call."),
    "value_added_rate": rate(
        "Value added", "WAPE before - WAPE after: above nought the calls helped."
    ),
    "helped": count("Helped", "How many calls came nearer to what came.", "calls"),
    "helped_rate": rate("Helped, share", "The share of calls that came nearer to what came."),
    "after_bias_rate": rate("Bias of the calls", "Sum of call - came over the sum of what came."),
    "suggested_category": text("Suggested", "The category that its stage suggests."),
    "stated_category": text("Set", "The category that somebody set instead."),
    "category_won_rate": rate("Won, share", "The share that was won by the end of the quarter."),
    "before_brier": _decimal(
        "Gap before",
        "Mean squared gap between the chance the suggested category stands for and what happened.",
    ),
    "after_brier": _decimal(
        "Gap after",
        "Mean squared gap between the chance the category that was set stands for and "
        "what happened.",
    ),
    "brier_added": _decimal("Value added", "Gap before - gap after: above nought it helped."),
    "weight": rate("Weight", "What it counts in the combined forecast."),
    "past_error_amount": money("Past error", "The root of its mean squared error so far."),
    "forecast_source": text("What", "The model, the sellers' calls or the manager's call."),
}
"""Columns of the reports on accuracy, the bake-off and people's calls."""
