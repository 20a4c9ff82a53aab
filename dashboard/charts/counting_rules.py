"""The counting rules side by side: a row per rule, a column per stage, the whole cycle last."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.bars import stage_names
from dashboard.charts.heat import heat
from dashboard.theme import Mode

WHOLE = "<b>Whole</b>"
FULL = 10_000
"""From here on a number is written short."""
SHORT = {
    "R1": "high water",
    "R2": "retraction",
    "R3": "strict",
    "R4": "resolved",
    "R5": "flow",
    "R5a": "flow, no backs",
}
"""The rules in a word or two; the table beside has their names."""


def counting_rules(frame: pd.DataFrame, answers: pd.DataFrame, mode: Mode) -> go.Figure:
    """Every rate with its numbers, for one cycle.

    Takes `rule, stage, stage_description, counted, advanced, advance_rate, rate_low, rate_high`
    and the answers of the rules: `rule, rule_name, is_default, product_rate, product_means`.
    """
    lines = [frame[frame["rule"] == rule] for rule in answers["rule"]]
    columns = [formats.escape_html(name) for name in stage_names(lines[0])] if lines else []
    return heat(
        [
            [*_known(line["advance_rate"]), _one(product)]
            for line, product in zip(lines, answers["product_rate"], strict=True)
        ],
        [
            [*(_cell(row) for row in formats.rows(line)), f"<b>{formats.rate(product)}</b>"]
            for line, product in zip(lines, answers["product_rate"], strict=True)
        ],
        [
            [*(_hover(row) for row in formats.rows(line)), str(means).capitalize()]
            for line, means in zip(lines, answers["product_means"], strict=True)
        ],
        rows=[_rule(row) for row in formats.rows(answers)],
        columns=[*columns, WHOLE],
        mode=mode,
    )


def _known(rates: pd.Series) -> list[float | None]:
    return [_one(rate) for rate in rates]


def _one(rate: object) -> float | None:
    return None if formats.is_missing(rate) else float(str(rate))


def _cell(row: formats.Row) -> str:
    if formats.is_missing(row.advance_rate):
        return formats.NOTHING
    return f"{formats.rate(row.advance_rate, 0)}<br>{in_short(row.counted)}"


def in_short(number: int) -> str:
    """A number that fits into a cell, on a phone too; the tooltip has it in full."""
    return formats.count(number) if number < FULL else formats.money_short(number)


def _hover(row: formats.Row) -> str:
    return (
        f"{formats.count(row.advanced)} of {formats.count(row.counted)} went on<br>"
        f"{formats.rate(row.advance_rate)} ({formats.interval(row.rate_low, row.rate_high)})"
    )


def _rule(row: formats.Row) -> str:
    name = f"{row.rule} {SHORT[row.rule]}"
    return f"<b>{name}</b>" if row.is_default else name
