"""Swing, what-if, the agenda of a review, and chances as they are observed."""

from pipeline.glossary.column import Column, count, money, rate, text

SWING: dict[str, Column] = {
    "chance_if_won_rate": rate("Chance if won", "The chance to reach the quota if it is won."),
    "chance_if_lost_rate": rate("Chance if lost", "The chance to reach the quota if it is lost."),
    "swing_rate": rate("Swing", "The chance if it is won less the chance if it is lost."),
    "leverage_rate": rate(
        "Leverage", "Swing × p × (1 − p): large where it matters and is open in its end."
    ),
    "expected_share_rate": rate(
        "Share of expected", "Its part of what is expected of all that is open."
    ),
    "chance_so_far_rate": rate(
        "Chance then", "The chance to reach the quota when it and those above are won."
    ),
    "closes_gap": Column("Closes", "", "flag", "Whether the gap is closed with it."),
    "drawn": count("Drawn one by one", "How many opportunities are drawn one by one."),
    "path_opportunities": count("Steps", "How many opportunities the way to the quota takes."),
    "path_gain_amount": money("Way adds", "What winning all of the way adds to the expected."),
    "path_closes": Column("Way closes", "", "flag", "Whether the way closes the gap."),
    "path_all_won_rate": rate("All won", "The chance that all of the way are won."),
    "path_chance_rate": rate("Chance at the end", "The chance to reach the quota with all won."),
    "supposed": text("Forecast", "As everything is recorded, or with what is supposed."),
    # the agenda
    "agenda_part": text("Part", "Which part of the agenda it belongs to."),
    "agenda_amount": Column(
        "Amount", "", "money", "What the sentence is about: an amount, a change, a call."
    ),
    "agenda_said": text("To talk about", "What should be asked or known, in a sentence."),
    "agenda_items": count("Items", "How many items the agenda has.", "items"),
    "late_items": count("Late or rotting", "How many are overdue or rotting in the number."),
    "stepless_items": count("Commit, no step", "How many in commit have no open task."),
    "call_items": count("Calls", "How many calls are missing or far from the model.", "calls"),
    "question_items": count("Questions", "How many leave something else to ask."),
    # chances as observed
    "configured_percent": Column("Set chance", "%", "percent", "The chance of the stage as set."),
    "observed_rate": rate(
        "Observed chance",
        "Won of those that reached the stage, lost and won in competition, as if the undecided "
        "went the way of the decided.",
    ),
    "won_by_now_rate": rate(
        "Won by now", "Won of all that reached it: too low while some are undecided."
    ),
    "won_of_decided_rate": rate(
        "Won of decided", "Won of won and lost: leans to what is decided faster."
    ),
    "undecided_rate": rate(
        "Undecided", "The share that is neither won nor lost as long as anything was observed."
    ),
    "decided": count("Decided", "How many of those that reached it were won or lost."),
    "prior_share": rate("Prior", "How much of the proposal is the chance as it is set."),
    "proposed_percent": Column(
        "Proposed",
        "%",
        "percent",
        "The observed chance drawn towards the one that is set, in whole percent.",
    ),
    "chance_verdict": text("What history says", "Whether the set chance fits what was observed."),
    "probability_now_percent": Column(
        "Probability now", "%", "percent", "What the method of the cycle makes of the set chance."
    ),
    "probability_then_percent": Column(
        "Probability then", "%", "percent", "What the method would make of the proposed chance."
    ),
    "method_says": text("What follows", "What the proposal does to the probability."),
    "weighted_then_amount": money(
        "Weighted then", "Weighted amount if everything open in the stage took the proposal."
    ),
    "weighted_change_amount": money("Change", "Weighted then less the weighted amount now."),
}
