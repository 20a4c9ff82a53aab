"""Quotas, calls, coverage, pacing and landing."""

from pipeline.glossary.column import Column, count, day, money, rate, text

TARGETS: dict[str, Column] = {
    "name": text("Name", "What it is called."),
    "holder": text("Of", "Company, team or owner."),
    "code": text("Code", "The code of the team or owner."),
    "measure": text("Measured in", "Won amount, won count or created count."),
    "period": text("Period", "Month, quarter or year."),
    "fiscal_period": text("Period", "What the period is called."),
    "quota_from": day("First day", "The first day of the period."),
    "quota_to": day("Last day", "The last day of the period."),
    "week_ends_on": day("Week ends", "The last day of the week."),
    "effective_from": day("In force from", "The day from which the quota counts."),
    "set_by": text("Set by", "Who set the quota."),
    "target": money("Quota", "What is aimed at: the own quota, else the members' together."),
    "target_basis": text("Quota is", "Which quota it is."),
    "quota": money("Own quota", "What was set; of an owner prorated by days active."),
    "full_quota": money("Full quota", "What was set for the whole period."),
    "members_quota": money("Members' quotas", "The quotas of the members together, prorated."),
    "over_assigned": money("Over-assigned", "The members' quotas less the own one."),
    "active_days": Column(
        "Days active", "days", "days", "On how many days of the period the owner sold."
    ),
    "created": count("Created", "How many were created in the period."),
    "attainment_rate": rate("Attainment", "Won / quota; nothing without a quota."),
    # the roll-up
    "won_so_far_amount": money("Won so far", "What was won in the period."),
    "commit": count("In commit", "How many are forecast as commit."),
    "commit_amount": money("Commit", "What those in commit would bring."),
    "most_likely": count("In most likely", "How many are forecast as most likely."),
    "most_likely_amount": money("Most likely", "What those in most likely would bring."),
    "best_case": count("In best case", "How many are forecast as best case."),
    "best_case_amount": money("Best case", "What those in best case would bring."),
    "pipeline": count("In pipeline", "How many are forecast as pipeline."),
    "pipeline_amount": money("Pipeline", "What those in pipeline would bring."),
    "omitted": count("Omitted", "How many are left out of the forecast."),
    "omitted_amount": money("Omitted", "What those left out would bring."),
    "commit_total": money("With commit", "Closed + commit."),
    "most_likely_total": money("With most likely", "Closed + commit + most likely."),
    "best_case_total": money("With best case", "Closed + commit + most likely + best case."),
    "pipeline_total": money("With pipeline", "Everything closed and open in the period."),
    "open_amount": money("Open pipeline", "All open categories together, without closed."),
    "arithmetic": text("Arithmetic", "How the totals are added up."),
    # coverage
    "week": Column("Week", "", "count", "The week of the period: whole weeks since its start + 1."),
    "remaining_amount": money("Remaining", "What is still to come."),
    "open_in_window": count("Open in window", "How many are expected to close in the period."),
    "open_in_window_amount": money("Open amount", "What these would bring."),
    "open_in_window_weighted_amount": money("Weighted in window", "Amount × probability of them."),
    "coverage_ratio": Column(
        "Coverage", "times", "decimal", "Open in the window / (quota − won so far)."
    ),
    "needed_coverage": Column(
        "Needed", "times", "decimal", "One divided by the yield of past periods."
    ),
    "coverage_status": text("Is it enough", "Met, enough, short, or why it cannot be said."),
    "yield_rate": rate("Yield", "Won in the period of what stood open on the same day, by amount."),
    "yield_low": rate("Lowest yield", "The lowest of a single past period."),
    "yield_high": rate("Highest yield", "The highest of a single past period."),
    "past_periods": Column(
        "Past periods", "periods", "count", "How many past periods are learned from."
    ),
    "create_and_close_rate": rate(
        "Create-and-close yield", "Won in the period of what began in its rest, by amount."
    ),
    "to_create_amount": money("To create", "What would have to begin to close the gap."),
    # pacing
    "share_low": rate("Share, low", "Ten percent of past periods had no more by that week."),
    "share_middle": rate("Share, middle", "Half of the past periods had no more by that week."),
    "share_high": rate("Share, high", "Nine in ten past periods had no more by that week."),
    "share_mean": rate("Share, mean", "The mean share of the final won amount by that week."),
    "expected_low": money("Expected, low", "Low share × quota."),
    "expected_amount": money("Expected to date", "Mean share × quota."),
    "expected_high": money("Expected, high", "High share × quota."),
    "won_to_date_amount": money("Won to date", "What was won by the end of the week."),
    "expected_share": rate("Share expected", "The mean share past periods had by this day."),
    "expected_to_date_amount": money("Expected to date", "That share × quota."),
    "pacing_gap_amount": money("Pacing gap", "Won less expected to date; below 0: behind."),
    # landing
    "basis": text("Basis", "By which way of looking at it."),
    "basis_words": text("Landing by", "By which way of looking at it."),
    "standing_amount": money("At full amount", "What the opportunities looked at would bring."),
    "new_amount": money("Not yet created", "Expected of opportunities that have not begun."),
    "landing_amount": money("Landing", "Won + remaining + not yet created; a call is a total."),
    "gap_amount": money("Gap", "Quota less landing; below 0: beyond it."),
    "gap_opportunities": Column(
        "Gap in wins", "opportunities", "decimal", "The gap in wins of the mean size."
    ),
    "mean_amount": money("Expected", "The mean of what may come."),
    "from_open_amount": money("From open", "Expected of what is open."),
    "from_new_amount": money("Not yet created", "Expected of what has not begun."),
    "hit_chance_rate": rate("Chance", "The chance to reach the quota."),
    "evidence_rate": rate("Evidence", "How much the own history says; the rest is prior."),
    # opportunities and calls
    "category": text("Forecast", "Its forecast category: the one set, else that of its stage."),
    "is_set": Column("Set", "", "flag", "Whether somebody set the category."),
    "win_chance_rate": rate("Chance by the end", "To be won by the end of the period."),
    "chance_category": text("Suggested", "The category that this chance suggests."),
    "differs": Column("Differs", "", "flag", "Whether the suggested category is another one."),
    "gain_amount": money("Would add", "Amount × (1 − its chance): what winning it adds."),
    "gain_so_far_amount": money("Added up", "What it and those above add together."),
    "caller": text("Caller", "The seller, or a manager."),
    "call_version": Column("Version", "", "count", "Counts the calls of one caller."),
    "called_amount": money("Call", "What the period will come to, won so far included."),
    "confidence_percent": Column("Confidence", "%", "percent", "How sure the caller was."),
    "call_note": text("Note", "What was noted with the call."),
    "submitted_on": day("Submitted", "The day of the call."),
    "called_by": text("By", "Who made the call."),
    "is_late": Column("Late", "", "flag", "Whether it came behind the cut-off."),
    "is_latest": Column("Latest", "", "flag", "Whether it is the newest of its caller."),
    "is_locked": Column("Locked", "", "flag", "Whether it is the last one that was in time."),
}
