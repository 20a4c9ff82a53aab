"""Forecasts by every method."""

from pipeline.glossary.column import Column, money, text

FORECAST: dict[str, Column] = {
    "range_error_amount": money(
        "Off by chance",
        "How far P10 and P90 may be off because draws are finite: half of the wider one's 95 % "
        "interval.",
    ),
    "evidence": text(
        "What it rests on", "How many cases of history were counted, and what the prior is."
    ),
    "method_notes": text("To know", "What must be known to read the forecast."),
}
