"""What changed, and the flow between stages."""

from pipeline.glossary.column import Column, count, day, money, text

CHANGES: dict[str, Column] = {
    "bucket": text(
        "What happened",
        "The kind of change; starting and ending are the pipeline at the ends of the period.",
    ),
    "transitions": count(
        "Transitions",
        "How many transitions changed it; at the ends of the period, how many opportunities count.",
        "transitions",
    ),
    "change_amount": money("Change", "What it added to the pipeline or took away from it."),
    "running_amount": money("Running total", "The pipeline after this change."),
    "compared": count(
        "Found by comparing", "How many a comparison of the two ends shows as changed this way."
    ),
    "compared_amount": money(
        "Change by comparing",
        "What a comparison of the two ends alone shows: each opportunity once, with its whole "
        "difference under its leading cause.",
    ),
    "hidden_amount": money("Hidden", "What happened in the period and the two ends do not show."),
    "hidden_opportunities": count(
        "Hidden opportunities", "How many gained and lost pipeline inside the period."
    ),
    "starting_amount": money("Start", "The pipeline at the end of the day before the period."),
    "ending_amount": money("End", "The pipeline at the end of the period."),
    "start_amount": money("At the start", "The amount that counted as the period began."),
    "end_amount": money("At the end", "The amount that counts as the period ends."),
    "came_amount": money("Came", "All that it added to the pipeline in the period."),
    "went_amount": money("Went", "All that it took from the pipeline in the period."),
    "flow": text(
        "Flow",
        "Passed through: counted at neither end. Back and forth: moves that cancelled each other.",
    ),
    "at_start": count("At the start", "How many stood in the stage as the period began."),
    "entries": count(
        "Entries",
        "How often the stage was entered in the period: by a start, a move, a reopening, a "
        "transfer into the scope.",
        "entries",
    ),
    "moved_on": count("Moved on", "How often one left the stage for a later one."),
    "moved_back": count("Moved back", "How often one left the stage for an earlier one."),
    "left_won": count("Won", "How many left the stage as won."),
    "left_lost": count("Lost", "How many left the stage as lost."),
    "left_scope": count("Transferred", "How many were transferred out of the scope."),
    "left_removed": count("Removed", "How many were deleted while in the stage."),
    "at_end": count("At the end", "How many stand in the stage as the period ends."),
    "came_from": text(
        "From", "The forecast category at the start of the period, or what brought it in."
    ),
    "went_to": text("To", "The forecast category at the end of the period, or what took it."),
    "counted_on": day("At the end of", "The day at whose end it was counted."),
    "first_opportunities": count("At first", "How many were in progress on the first day shown."),
    "first_amount": money("Amount at first", "What was open on the first day shown."),
    "first_weighted_amount": money("Weighted at first", "Its weighted amount on that day."),
    "newest_opportunities": count("Now", "How many are in progress on the newest day shown."),
    "newest_amount": money("Amount now", "What is open on the newest day shown."),
    "newest_weighted_amount": money("Weighted now", "Its weighted amount on that day."),
    "reason": text(
        "What was recorded since",
        "Entered late, corrected (taken back and entered again), taken back, deleted, or restored.",
    ),
    "recorded_at": Column("Recorded", "UTC", "moment", "When the newest of it was recorded."),
    "recorded_by": text("By", "Who recorded it."),
    "then_state": text("Then", "Its stage, or won or lost, as known then."),
    "now_state": text("Now", "Its stage, or won or lost, as known now."),
    "then_amount": money("Amount then", "As known then; of a won one what it was won for."),
    "now_amount": money("Amount now", "As known now; of a won one what it was won for."),
    "then_owner_name": text("Owner then", "Who owned it, as known then."),
    "now_owner_name": text("Owner now", "Who owned it, as known now."),
    "then_expected_close_on": day("Expected then", "Its expected close date, as known then."),
    "now_expected_close_on": day("Expected now", "Its expected close date, as known now."),
    "then_opportunities": count("Known then", "How many there were, as known then."),
    "now_opportunities": count("Known now", "How many there were, as known now."),
    "more_opportunities": count("More", "How many more are known now; less than 0: fewer."),
    "difference_amount": money("Difference", "The amount known now less the amount known then."),
    "nth": Column("Transition no.", "", "count", "Its place in the log of the opportunity."),
    "action": text("Action", "Why the transition was written."),
    "changed_on": day("On", "The day the transition took effect."),
    "before": text("Before", "What it was before the transition."),
    "after": text("After", "What the transition made of it."),
}
