"""Pushes of the expected close date."""

from pipeline.glossary.column import Column, count, money, rate

SLIPPAGE: dict[str, Column] = {
    "pushes": count("Pushes", "How often an expected close date was moved later.", "times"),
    "pushed": count("Pushed", "How many were pushed at least once."),
    "days_pushed": Column("Days pushed", "days", "days", "All days pushed, added up."),
    "average_days_pushed": Column("Days per push", "days", "average_days", "Mean days of a push."),
    "pushed_amount": money("Pushed amount", "The amounts at each push, added up."),
    "pulls": count("Pulls", "How often an expected close date was moved earlier.", "times"),
    "days_pulled": Column("Days pulled", "days", "days", "All days pulled, added up."),
    "opening": count("To close at the start", "How many stood in the period when it began."),
    "opening_out": count("Pushed out of these", "How many of them stand behind it at its end."),
    "opening_out_rate": rate("Push-out rate", "Pushed out / to close at the start, by count."),
    "opening_amount": money("Amount at the start", "The amount that stood in the period."),
    "opening_out_amount": money("Amount pushed out", "Of what was pushed out, at the start."),
    "opening_out_amount_rate": rate("Push-out rate by amount", "The same by amount."),
    "ever_inside": count("Ever to close", "How many ever stood in the period."),
    "ever_out": count("Pushed out of all", "How many of them stand behind it at its end."),
    "ever_out_rate": rate("Push-out rate of all", "Pushed out of all / ever to close."),
    "pushed_so_often": count("Pushed so often", "How many were pushed that often or more."),
    "pushed_again": count("Pushed again", "How many of them were pushed once more."),
    "again_rate": rate("Again", "Pushed again / pushed so often."),
    "stated": count("With a date", "How many were in progress with a date a month earlier."),
    "in_time": count("In time", "How many of them closed on or before that date."),
    "in_time_rate": rate("Reliability", "In time / with a date."),
    "average_late_days": Column(
        "Mean days late", "days", "average_days", "Days behind that date; below 0: before it."
    ),
}
