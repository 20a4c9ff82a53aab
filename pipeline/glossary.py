"""Label, unit, format and definition of every column people see: said once, used everywhere."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """How one column is headed, written and explained."""

    label: str
    unit: str
    """What one of it is: money, opportunities, days; empty where a value has none."""
    format: str
    """money, count, percent (0-100), rate (0-1), decimal, days, average_days, day, month, flag or
    text."""
    definition: str


def _count(label: str, definition: str, unit: str = "opportunities") -> Column:
    return Column(label, unit, "count", definition)


def _money(label: str, definition: str) -> Column:
    return Column(label, "company currency", "money", definition)


def _rate(label: str, definition: str) -> Column:
    return Column(label, "", "rate", definition)


def _text(label: str, definition: str) -> Column:
    return Column(label, "", "text", definition)


def _day(label: str, definition: str) -> Column:
    return Column(label, "", "day", definition)


_NAMES = {
    "opportunity_no": _text("No.", "The number of the opportunity."),
    "description": _text("Description", "What the opportunity is about."),
    "contact_no": _text("Contact no.", "The number of the company or person who would buy."),
    "contact_name": _text("Contact", "The company or person who would buy."),
    "owner_code": _text("Owner code", "The code of the salesperson who owns the opportunity."),
    "owner_name": _text("Owner", "The salesperson who owns the opportunity on the as-of day."),
    "cycle_code": _text("Sales cycle", "The process the opportunity goes through."),
    "cycle_description": _text("Cycle", "What the sales cycle is called."),
    "stage": Column(
        "Stage no.", "", "count", "The number that names the stage for good, wherever it stands."
    ),
    "position": Column("Place", "", "count", "The place of the stage in its cycle today."),
    "stage_description": _text("Stage", "The step of the sales cycle."),
    "next_stage_description": _text(
        "Goes on to", "The stage behind this one; won, after the last."
    ),
    "status": _text("Status", "Not started, in progress, won or lost; the first two are open."),
    "outcome": _text("Outcome", "Won or lost."),
    "close_reason_code": _text("Close reason", "The code of the reason it was closed for."),
    "close_reason_description": _text("Reason", "Why the opportunity was won or lost."),
    "in_win_rate": Column(
        "In win rate", "", "flag", "Whether what is closed for this reason counts in the win rate."
    ),
}

_DAYS = {
    "expected_close_on": _day(
        "Expected close", "When the opportunity is expected to close; once closed, when it was."
    ),
    "expected_month": Column(
        "Expected close", "", "month", "The month of the expected close date; empty without a date."
    ),
    "closed_on": _day("Closed on", "The day the opportunity was won or lost."),
    "closed_month": Column("Closed in", "", "month", "The month in which it was won or lost."),
    "created_on": _day("Created", "The day the opportunity was created."),
    "standing_since": _day("Unchanged since", "The day of the newest transition by the as-of day."),
    "age_days": Column("Age", "days", "days", "Days from creation to the as-of day."),
    "average_age_days": Column(
        "Average age", "days", "average_days", "Mean of the days from creation to the as-of day."
    ),
    "average_days": Column(
        "Average no. of days",
        "days",
        "average_days",
        "Business Central's average number of days: the mean length of the entries at the stage "
        "that are over. Every update ends an entry, so updates make it shorter.",
    ),
    "average_stay_days": Column(
        "Average stay",
        "days",
        "average_days",
        "Mean days from entering the stage to leaving it, over the stays that ended; updates do "
        "not split a stay.",
    ),
}

_SUMS = {
    "opportunities": _count("Opportunities", "How many opportunities."),
    "amount": _money("Amount", "What the sale would bring; the sum over those that have one."),
    "probability_percent": Column(
        "Probability",
        "%",
        "percent",
        "What the sales cycle makes of chances of success and completed: their product, their "
        "mean, or one of them.",
    ),
    "weighted_amount": _money(
        "Weighted amount", "Amount × probability; once won, what it was won for."
    ),
    "without_amount": _count(
        "Without an amount", "How many have no amount: counted, but nothing to add to the sums."
    ),
    "overdue": _count("Overdue", "How many were expected to close before the as-of day."),
    "overdue_amount": _money("Overdue amount", "The amount of what is overdue."),
    "entries_ever": _count(
        "Entries ever",
        "Entries ever made at the stage, as in Business Central's pipeline funnel: activations, "
        "moves, updates; of open and closed opportunities.",
        "entries",
    ),
    "entries_over": _count("Entries over", "The entries the average is taken over.", "entries"),
    "stays_over": _count("Stays over", "The stays the average stay is taken over.", "stays"),
}

_RATES = {
    "entered": _count("Entered", "How many were ever in a stage of the cycle."),
    "reached": _count(
        "Reached", "How many were ever in this stage or beyond it; won is beyond all."
    ),
    "advanced": _count("Advanced", "How many of them reached the next stage; after the last, won."),
    "lost_here": _count("Lost here", "How many were lost and never went beyond this stage."),
    "still_here": _count(
        "Still here", "How many are in progress and never went beyond this stage."
    ),
    "in_progress": _count("In progress", "How many are neither won nor lost."),
    "advance_rate": _rate("Conversion", "Advanced / reached; nothing where nobody arrived."),
    "rate_low": _rate("Low", "Lower end of the Wilson interval of the rate, 95 percent."),
    "rate_high": _rate("High", "Upper end of the Wilson interval of the rate, 95 percent."),
    "reached_rate": _rate("Reached, of entered", "The share of all that entered the cycle."),
    "won_rate": _rate("Won, of entered", "Won / entered: the product of the rates of the stages."),
    "won": _count("Won", "How many were won."),
    "lost": _count("Lost", "How many were lost."),
    "decided": _count("Closed", "Won and lost together, those that count in the win rate."),
    "win_rate": _rate("Win rate", "Won / (won + lost), by count."),
    "won_amount": _money("Won amount", "What the won ones were won for."),
    "lost_amount": _money("Lost amount", "The last open amount of the lost ones."),
    "decided_amount": _money("Closed amount", "Won amount and lost amount together."),
    "amount_win_rate": _rate("Win rate by amount", "Won amount / (won amount + lost amount)."),
    "outcome_rate": _rate("Share", "The share of the reason among all with the same outcome."),
}

_HOLDERS = {
    "contact_type": _text("Type", "A company, or a person, who may belong to one."),
    "company_name": _text("Company", "The company that a person belongs to."),
    "is_customer": Column("Customer", "", "flag", "Whether it has bought something already."),
    "open_now": _count("Open", "How many are neither won nor lost, started or not."),
    "campaign_description": _text("Campaign", "What the campaign is called."),
    "average_amount": _money("Mean amount", "The mean of the amounts there are."),
    "average_weighted_amount": _money("Mean weighted", "The mean of the weighted amounts."),
}

_SET_UP = {
    "probability_method": _text("Probability is", "What the cycle makes its probability of."),
    "blocked": Column("Blocked", "", "flag", "A blocked cycle takes no new opportunities."),
    "stages": Column("Stages", "stages", "count", "How many stages the cycle has."),
    "open_opportunities": _count("In progress", "How many stand in the cycle now."),
}

_CHANGES = {
    "bucket": _text(
        "What happened",
        "The kind of change; starting and ending are the pipeline at the ends of the period.",
    ),
    "transitions": _count(
        "Transitions",
        "How many transitions changed it; at the ends of the period, how many opportunities count.",
        "transitions",
    ),
    "change_amount": _money("Change", "What it added to the pipeline or took away from it."),
    "running_amount": _money("Running total", "The pipeline after this change."),
    "compared": _count(
        "Found by comparing", "How many a comparison of the two ends shows as changed this way."
    ),
    "compared_amount": _money(
        "Change by comparing",
        "What a comparison of the two ends alone shows: each opportunity once, with its whole "
        "difference under its leading cause.",
    ),
    "hidden_amount": _money("Hidden", "What happened in the period and the two ends do not show."),
    "hidden_opportunities": _count(
        "Hidden opportunities", "How many gained and lost pipeline inside the period."
    ),
    "starting_amount": _money("Start", "The pipeline at the end of the day before the period."),
    "ending_amount": _money("End", "The pipeline at the end of the period."),
    "start_amount": _money("At the start", "The amount that counted as the period began."),
    "end_amount": _money("At the end", "The amount that counts as the period ends."),
    "came_amount": _money("Came", "All that it added to the pipeline in the period."),
    "went_amount": _money("Went", "All that it took from the pipeline in the period."),
    "flow": _text(
        "Flow",
        "Passed through: counted at neither end. Back and forth: moves that cancelled each other.",
    ),
    "at_start": _count("At the start", "How many stood in the stage as the period began."),
    "entries": _count(
        "Entries",
        "How often the stage was entered in the period: by a start, a move, a reopening, a "
        "transfer into the scope.",
        "entries",
    ),
    "moved_on": _count("Moved on", "How often one left the stage for a later one."),
    "moved_back": _count("Moved back", "How often one left the stage for an earlier one."),
    "left_won": _count("Won", "How many left the stage as won."),
    "left_lost": _count("Lost", "How many left the stage as lost."),
    "left_scope": _count("Transferred", "How many were transferred out of the scope."),
    "left_removed": _count("Removed", "How many were deleted while in the stage."),
    "at_end": _count("At the end", "How many stand in the stage as the period ends."),
    "came_from": _text(
        "From", "The forecast category at the start of the period, or what brought it in."
    ),
    "went_to": _text("To", "The forecast category at the end of the period, or what took it."),
    "counted_on": _day("At the end of", "The day at whose end it was counted."),
    "first_opportunities": _count("At first", "How many were in progress on the first day shown."),
    "first_amount": _money("Amount at first", "What was open on the first day shown."),
    "first_weighted_amount": _money("Weighted at first", "Its weighted amount on that day."),
    "newest_opportunities": _count("Now", "How many are in progress on the newest day shown."),
    "newest_amount": _money("Amount now", "What is open on the newest day shown."),
    "newest_weighted_amount": _money("Weighted now", "Its weighted amount on that day."),
    "reason": _text(
        "What was recorded since",
        "Entered late, corrected (taken back and entered again), taken back, or deleted.",
    ),
    "recorded_at": Column("Recorded", "UTC", "moment", "When the newest of it was recorded."),
    "recorded_by": _text("By", "Who recorded it."),
    "then_state": _text("Then", "Its stage, or won or lost, as known then."),
    "now_state": _text("Now", "Its stage, or won or lost, as known now."),
    "then_amount": _money("Amount then", "As known then; of a won one what it was won for."),
    "now_amount": _money("Amount now", "As known now; of a won one what it was won for."),
    "then_owner_name": _text("Owner then", "Who owned it, as known then."),
    "now_owner_name": _text("Owner now", "Who owned it, as known now."),
    "then_expected_close_on": _day("Expected then", "Its expected close date, as known then."),
    "now_expected_close_on": _day("Expected now", "Its expected close date, as known now."),
    "then_opportunities": _count("Known then", "How many there were, as known then."),
    "now_opportunities": _count("Known now", "How many there were, as known now."),
    "more_opportunities": _count("More", "How many more are known now; less than 0: fewer."),
    "difference_amount": _money("Difference", "The amount known now less the amount known then."),
    "nth": Column("Transition no.", "", "count", "Its place in the log of the opportunity."),
    "action": _text("Action", "Why the transition was written."),
    "changed_on": _day("On", "The day the transition took effect."),
    "before": _text("Before", "What it was before the transition."),
    "after": _text("After", "What the transition made of it."),
}

_TIME = {
    "stays": _count("Stays", "The stays that began, over and lasting.", "stays"),
    "stays_open": _count("Still there", "How many are in the stage on the as-of day."),
    "median_stay_days": Column(
        "Median of what is over",
        "days",
        "average_days",
        "The plain median of the stays that are over; too low, for the slow ones still last.",
    ),
    "median_days": Column(
        "Median", "days", "days", "The first day by which half had left, lasting stays counted."
    ),
    "median_in_words": Column(
        "Median stay",
        "days",
        "text",
        "The first day by which half had left, lasting stays counted; ≥ the longest seen where "
        "half have not left yet.",
    ),
    "median_low_days": Column(
        "Median from", "days", "days", "Lower end of the 95 percent interval of the median."
    ),
    "median_high_days": Column(
        "Median to",
        "days",
        "days",
        "Upper end of the 95 percent interval of the median; nothing: beyond the longest seen.",
    ),
    "p25_days": Column(
        "A quarter by", "days", "days", "The first day by which a quarter had left."
    ),
    "p75_days": Column(
        "Three quarters by", "days", "days", "The first day by which three quarters had left."
    ),
    "p75_in_words": Column(
        "Three quarters by",
        "days",
        "text",
        "The first day by which three quarters had left; ≥ the longest seen where they have not.",
    ),
    "longest_days": Column("Longest", "days", "days", "The longest seen, over or lasting."),
    "forward_rate": _rate("Forward", "The share that had gone forward by then."),
    "back_rate": _rate("Back", "The share that had gone back by then."),
    "won_here_rate": _rate("Won there", "The share that had been won in the stage by then."),
    "lost_here_rate": _rate("Lost there", "The share that had been lost in the stage by then."),
    "days": Column("Days", "days", "days", "So many days after the beginning."),
    "at_risk": _count("Came so far", "How many lasted so long or longer, those still lasting too."),
    "ended": _count("Ended", "How many ended after exactly so many days."),
    "survival_rate": _rate("Still there", "The share that lasts longer (Kaplan-Meier)."),
    "survival_low": _rate("Still there, low", "Lower end of its 95 percent interval."),
    "survival_high": _rate("Still there, high", "Upper end of its 95 percent interval."),
    "closed": _count("Closed", "How many were won or lost."),
    "average_cycle_days": Column(
        "Mean length", "days", "average_days", "Mean days from creation to the final closing."
    ),
    "median_cycle_days": Column(
        "Median length", "days", "average_days", "Median days from creation to the final closing."
    ),
    "average_active_days": Column(
        "Mean active length",
        "days",
        "average_days",
        "The mean without the days between a closing and a reopening.",
    ),
    "median_active_days": Column(
        "Median active length",
        "days",
        "average_days",
        "The median without the days between a closing and a reopening.",
    ),
    "half_by_days": Column(
        "Half by",
        "days",
        "days",
        "The age by which half of all the wins (or losses) seen on the win curve have come.",
    ),
    "won_by_age_rate": _rate("Won", "The share that had been won by that age."),
    "lost_by_age_rate": _rate("Lost", "The share that had been lost by that age."),
    "open_at_age_rate": _rate("Open", "The share that is still open at that age."),
}

_SPEED = {
    "from_on": _day("From", "The first day of the period."),
    "to_on": _day("To", "The last day of the period."),
    "open_at_end": _count("Open", "How many were in progress on the last day."),
    "mean_won_amount": _money("Mean won amount", "The mean of what was won in the period."),
    "velocity_per_day": Column(
        "Velocity",
        "company currency per day",
        "money",
        "Open opportunities × mean won amount × win rate / mean length of the won.",
    ),
    "open_change": _rate("Part of open", "Logarithm of its ratio to the period before."),
    "won_amount_change": _rate("Part of amount", "Logarithm of its ratio to the period before."),
    "win_rate_change": _rate("Part of win rate", "Logarithm of its ratio to the period before."),
    "cycle_change": _rate(
        "Part of length", "Minus the logarithm of its ratio to the period before."
    ),
    "velocity_change": _rate(
        "Change", "Logarithm of its ratio to the period before: the sum of the four."
    ),
    "hhi": Column(
        "Herfindahl index",
        "",
        "decimal",
        "The sum of the squares of the shares: 1 when one opportunity holds everything.",
    ),
    "effective_opportunities": Column(
        "Effective number",
        "opportunities",
        "decimal",
        "So many equal opportunities would be as concentrated: 1 / Herfindahl index.",
    ),
    "top_share_rate": _rate("Largest share", "The share of the largest in the amount of all."),
    "top_amount": _money("Largest amount", "The amount of the largest."),
}

_SLIPPAGE = {
    "pushes": _count("Pushes", "How often an expected close date was moved later.", "times"),
    "pushed": _count("Pushed", "How many were pushed at least once."),
    "days_pushed": Column("Days pushed", "days", "days", "All days pushed, added up."),
    "average_days_pushed": Column("Days per push", "days", "average_days", "Mean days of a push."),
    "pushed_amount": _money("Pushed amount", "The amounts at each push, added up."),
    "pulls": _count("Pulls", "How often an expected close date was moved earlier.", "times"),
    "days_pulled": Column("Days pulled", "days", "days", "All days pulled, added up."),
    "opening": _count("To close at the start", "How many stood in the period when it began."),
    "opening_out": _count("Pushed out of these", "How many of them stand behind it at its end."),
    "opening_out_rate": _rate("Push-out rate", "Pushed out / to close at the start, by count."),
    "opening_amount": _money("Amount at the start", "The amount that stood in the period."),
    "opening_out_amount": _money("Amount pushed out", "Of what was pushed out, at the start."),
    "opening_out_amount_rate": _rate("Push-out rate by amount", "The same by amount."),
    "ever_inside": _count("Ever to close", "How many ever stood in the period."),
    "ever_out": _count("Pushed out of all", "How many of them stand behind it at its end."),
    "ever_out_rate": _rate("Push-out rate of all", "Pushed out of all / ever to close."),
    "pushed_so_often": _count("Pushed so often", "How many were pushed that often or more."),
    "pushed_again": _count("Pushed again", "How many of them were pushed once more."),
    "again_rate": _rate("Again", "Pushed again / pushed so often."),
    "stated": _count("With a date", "How many were in progress with a date a month earlier."),
    "in_time": _count("In time", "How many of them closed on or before that date."),
    "in_time_rate": _rate("Reliability", "In time / with a date."),
    "average_late_days": Column(
        "Mean days late", "days", "average_days", "Days behind that date; below 0: before it."
    ),
}

_HEALTH = {
    "limit_days": Column("Limit", "days", "days", "Longer than this in the stage is rotting."),
    "limit_source": _text("Limit is", "Learned from the advances, set by the company, or none."),
    "advances": _count("Advances", "The stays that ended forward or by being won.", "stays"),
    "rotting": _count("Rotting", "How many are in the stage longer than the limit."),
    "rotting_rate": _rate("Rotting, of all", "Rotting / opportunities."),
    "rotting_amount": _money("Rotting amount", "The amount of what is rotting."),
    "rotting_weighted_amount": _money("Rotting, weighted", "The weighted amount of it."),
    "entered_on": _day("In stage since", "The day it entered the stage it is in."),
    "stage_age_days": Column("In stage", "days", "days", "Days since it entered its stage."),
    "older_than_rate": _rate(
        "Older than", "The share of those that advanced from the stage in fewer days."
    ),
    "lack": _text("Lack", "What is lacking, as the list is narrowed to it."),
    "lack_description": _text("What is lacking", "What is lacking."),
    "lack_rate": _rate("Of all", "The share of the opportunities in progress."),
    "worth_amount": _money("Amount at stake", "The amount of those that lack it."),
    "worth_weighted_amount": _money("Weighted at stake", "The weighted amount of those."),
    "is_estimated": Column(
        "Estimated", "", "flag", "Whether the amount is the mean of the stage, for want of one."
    ),
    "check": _text("Check", "What is asked of the stage."),
    "verdict": _text("Finding", "Yes, no, or too few to tell."),
    "effect": Column(
        "Effect", "", "decimal", "Difference of win rates, share skipped, or Cramér’s V."
    ),
    "effect_low": Column("Effect from", "", "decimal", "Lower end of its 95 percent interval."),
    "effect_high": Column("Effect to", "", "decimal", "Upper end of its 95 percent interval."),
    "tested": _count("n", "How many opportunities the test looks at."),
    "test": _text("Test", "The test behind the finding."),
    "p_value": Column("p", "", "decimal", "How likely as much would be seen by chance alone."),
    "found": _count("Findings", "How many checks found something.", "findings"),
}

_LOG = {
    "company_no": _text("Company no.", "The number of the company the contact belongs to."),
    "contact_type": _text("Type", "A company or a person."),
    "is_customer": Column("Customer", "", "flag", "Whether the contact has bought."),
    "team_code": _text("Team code", "The code of the team the salesperson belongs to."),
    "team_name": _text("Team", "What the team is called."),
    "campaign_no": _text("Campaign no.", "The number of the campaign it came from."),
    "campaign_description": _text("Campaign", "What the campaign is about."),
    "starts_on": _day("Starts", "The first day of the campaign."),
    "ends_on": _day("Ends", "The last day of the campaign."),
    "activated": Column("Activated", "", "flag", "Whether the campaign takes opportunities."),
    "chances_percent": Column(
        "Chances", "%", "percent", "The chances of success, of the stage or as typed."
    ),
    "completed_percent": Column("Completed", "%", "percent", "How far the stage is on the way."),
    "forecast_category": _text("Forecast category", "Where it stands in the owner's forecast."),
    "priority": _text("Priority", "Low, normal or high."),
    "source": _text("Source", "Where it was recorded from: entry, or the name of an import."),
    "path": _text("Path", "The stages of all its stays so far, in their order: 1 2 3 2."),
    "started_on": _day("Started", "The day of its first transition."),
    "from_stage": Column(
        "From stage no.", "", "count", "The number of the stage it stood in before."
    ),
    "left_on": _day("Left", "The day it left the stage; nothing while it is there."),
    "left_by": _text("Left by", "The action by which it left the stage."),
    "stay_days": Column("Stay", "days", "days", "Days from entering the stage to leaving it."),
    "reopened_on": _day("Reopened", "The day it was reopened; nothing where it stayed closed."),
    "cycle_days": Column("Length", "days", "days", "Days from the creation to this closing."),
    "valid_from": _day("Valid from", "The day the transition took effect."),
    "valid_to": _day("Valid to", "The day the next one took over; nothing for the current one."),
    "note": _text("Note", "What was noted with it."),
    "allow_skip": Column("Allow skip", "", "flag", "Whether the stage may be passed over."),
    "quote_required": Column(
        "Quote required", "", "flag", "Whether a quote must be assigned to enter the stage."
    ),
    "date_formula": _text(
        "Time to close", "How far ahead the close is expected from here, like 1M+10D."
    ),
}

_CONVERSION = {
    "rule": _text("Rule", "The counting rule, R1 to R5."),
    "rule_name": _text("Counting rule", "What the rule is called."),
    "is_default": Column("Recommended", "", "flag", "Whether it is the rule to begin with."),
    "product_rate": _rate("Whole cycle", "The product of the rates of the stages of the cycle."),
    "product_means": _text(
        "That is", "Won / entered, or what a steady state would imply: that one is not observed."
    ),
    "counts": _text("Counts", "What the rule counts."),
    "leaves_out": _text("Leaves out", "Whom the rule does not count."),
    "bias": _text("Off in which way", "In which direction the number is off, and when."),
    "counted": _count(
        "Counted",
        "How many the rate looks at: those that reached the stage; by period, the exits from it.",
    ),
    "left_out": _count(
        "Left out", "How many the recommended rule counts in the stage and this one does not."
    ),
    "skipped": _count("Skipped", "How many reached the stage or beyond and never were in it."),
    "skip_rate": _rate("Skip rate", "Skipped / reached."),
    "skip_low": _rate("Skip rate, low", "Lower end of its Wilson interval, 95 percent."),
    "skip_high": _rate("Skip rate, high", "Upper end of its Wilson interval, 95 percent."),
    "visited": _count("Were in it", "How many ever were in this very stage."),
    "bounced": _count("Sent back", "How many of them ever left it for an earlier stage."),
    "bounce_rate": _rate("Bounce rate", "Sent back / were in it."),
    "bounce_low": _rate("Bounce rate, low", "Lower end of its Wilson interval, 95 percent."),
    "bounce_high": _rate("Bounce rate, high", "Upper end of its Wilson interval, 95 percent."),
    "from_description": _text("From", "The stage the step leads from; started, at the beginning."),
    "to_stage": _text("To stage no.", "The stage the step leads to, or how it ended."),
    "to_description": _text("To", "The stage the step leads to; won, lost or still there."),
    "way": _text(
        "Way", "Start, on, back, again (reopened in the same stage), or the end it came to."
    ),
    "steps": _count("Steps", "How often the step was taken.", "steps"),
    "cohort_on": _day("Began from", "The first day of the month or quarter of the cohort."),
    "cohort_age_days": Column(
        "Age of the youngest", "days", "days", "Days from the end of the cohort to the as-of day."
    ),
    "is_young": Column(
        "Young",
        "",
        "flag",
        "Whether the youngest are younger than the age by which three quarters are won or lost: "
        "the rate still changes.",
    ),
    "counted_amount": _money(
        "Counted amount",
        "The amount of what is counted; in a stage, that of the day the stage was reached.",
    ),
    "advanced_amount": _money("Advanced amount", "The same amount of those that went on."),
    "amount_advance_rate": _rate("Conversion by amount", "Advanced amount / counted amount."),
    "part": _text("Code", "The code of the part."),
    "part_name": _text("Part", "Owner, team, contact, campaign, or what it is split by."),
    "shrunken_rate": _rate(
        "Shrunken", "The rate drawn towards that of all, as far as its number asks for it."
    ),
    "shrunken_low": _rate("Shrunken, low", "Lower end of its 90 percent interval."),
    "shrunken_high": _rate("Shrunken, high", "Upper end of its 90 percent interval."),
    "evidence_share": _rate(
        "Evidence", "How much of the shrunken rate the part itself has to say: n / (n + k)."
    ),
    "apart": _text(
        "Told apart",
        "Above or below the rest, where the intervals do not overlap; else too few to tell.",
    ),
    "groups": _count("Parts", "How many parts the row stands for.", "parts"),
    "is_rest": Column("Together", "", "flag", "Whether the row holds all small parts together."),
    "prior_strength": Column(
        "Strength k", "opportunities", "decimal", "How many opportunities the rate of all is worth."
    ),
    "convention": _text("Convention code", "The short name of the convention."),
    "convention_name": _text("Convention", "Which opportunities the win rate looks at."),
    "followed": _count("Followed", "How many opportunities the win curve follows."),
    "is_no_decision": Column(
        "No decision", "", "flag", "Whether the reason says that the customer bought from nobody."
    ),
    "no_decision": _count("No decision", "How many were lost because nobody decided."),
    "no_decision_rate": _rate("No decision, of lost", "No decision / lost."),
    "no_decision_amount": _money("No decision amount", "The last open amount of those."),
    "loss_rate": _rate("Share", "The share of the reason among all losses of the stage."),
    "amount_loss_rate": _rate("Share by amount", "The same by the last open amount."),
}

_EXPLORE = _TIME | _SPEED | _SLIPPAGE | _HEALTH | _CONVERSION

COLUMNS: dict[str, Column] = (
    _NAMES | _HOLDERS | _DAYS | _SUMS | _RATES | _SET_UP | _CHANGES | _LOG | _EXPLORE
)
"""Every column of every report, and every total, by its name in the frame."""
