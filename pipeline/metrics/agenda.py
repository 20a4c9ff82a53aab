"""The agenda of a review: what a list of open opportunities should be asked, in sentences."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd

from pipeline.domain.percentages import chance

SOON_DAYS = 7
SILENT_DAYS = 30
MANY_PUSHES = 3
CHANGED, SWING, LATE = "What changed", "Swing opportunities", "Overdue or rotting in the number"
STEPLESS, CALLS = "Commit without a next step", "Calls"
QUESTIONS = "Open questions"
PARTS = (CHANGED, SWING, LATE, STEPLESS, CALLS, QUESTIONS)
"""The parts of an agenda, in their order."""
ITEM = [
    "agenda_part",
    "opportunity_no",
    "description",
    "contact_name",
    "owner_name",
    "agenda_amount",
    "expected_close_on",
    "agenda_said",
]
KEYS = ["bucket", "owner_code"]
"""What an item is about where that is no opportunity: the bar of what changed, or an owner."""
FAR = 0.25
"""A call that is off what the model expects by more than this part of it is talked about."""
_TIMES = {3: "three", 4: "four", 5: "five", 6: "six"}
_COMMITTED, _UNSURE, _SURE = "commit", 0.5, 0.8


def late(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """What is overdue, or longer in its stage than those that advanced, and still in the number."""
    found = rows[rows["is_overdue"] | rows["is_rotting"]]
    return _items(found, LATE, lambda row: _late(row, day))


def _late(row: Any, day: date) -> str:  # noqa: ANN401  a row of a frame
    said = []
    if row.is_overdue:
        days = (day - _day(row.expected_close_on)).days
        said.append(f"Overdue by {_days(days)}: closed, or a new date?")
    if row.is_rotting:
        said.append(
            f"{_days(int(row.stage_age_days))} in {_stage(row)}; three quarters of those that "
            f"advanced left within {int(row.limit_days)}."
        )
    return " ".join(said)


def stepless(rows: pd.DataFrame) -> pd.DataFrame:
    """What is in commit and has no open task."""
    found = rows[(rows["category"] == _COMMITTED) & rows["lacks_next_step"]]
    return _items(found, STEPLESS, lambda _: "In commit, and nothing is planned for it.")


def questions(rows: pd.DataFrame, day: date) -> pd.DataFrame:
    """What else should be asked of each, one row an opportunity that leaves anything open.

    Takes `expected_close_on, is_overdue, contact_on, contacts_are_logged, pushes, position, stages,
    amount, category, win_chance`.

    - "Closes Friday, no contact in 30 days." Only where interactions are logged at all.
    - "Closes Friday and is still in Qualify, the first stage."
    - "Pushed three times: is 2025-04-30 the real date?", or "and overdue again."
    - "In commit, but its chance to be won in time is 12 %." Below one half.
    - "Not in commit, though its chance is 85 %." From 80 percent on.
    - "Has no amount."
    """
    items = _items(rows, QUESTIONS, lambda row: " ".join(_asked(row, day)))
    return items[items["agenda_said"] != ""].reset_index(drop=True)


def _asked(row: Any, day: date) -> list[str]:  # noqa: ANN401
    said = [_about_date(row, day), _about_pushes(row), _about_chance(row)]
    said.append("Has no amount." if pd.isna(row.amount) else "")
    return [sentence for sentence in said if sentence]


def _about_date(row: Any, day: date) -> str:  # noqa: ANN401
    """Whether what should close soon is ready for it."""
    closes = _day(row.expected_close_on)
    if not 0 <= (closes - day).days <= SOON_DAYS:
        return ""
    lacks = []
    if row.contacts_are_logged and _silent(row.contact_on, day):
        lacks.append(_silence(row.contact_on, day))
    if row.position == 1 and row.stages > 1:
        lacks.append(f"still in {_stage(row)}, the first stage")
    return f"Closes {_when(closes, day)}, {' and '.join(lacks)}." if lacks else ""


def _silent(contact_on: Any, day: date) -> bool:  # noqa: ANN401
    return bool(pd.isna(contact_on)) or (day - _day(contact_on)).days >= SILENT_DAYS


def _silence(contact_on: Any, day: date) -> str:  # noqa: ANN401
    if pd.isna(contact_on):
        return "no contact on record"
    return f"no contact in {_days((day - _day(contact_on)).days)}"


def _about_pushes(row: Any) -> str:  # noqa: ANN401
    if row.pushes < MANY_PUSHES:
        return ""
    times = _TIMES.get(int(row.pushes), str(int(row.pushes)))
    if row.is_overdue:
        return f"Pushed {times} times, and overdue again."
    return f"Pushed {times} times: is {_day(row.expected_close_on)} the real date?"


def _about_chance(row: Any) -> str:  # noqa: ANN401
    """Whether its category and what the model gives it are far apart."""
    if pd.isna(row.win_chance):
        return ""
    if row.category == _COMMITTED and row.win_chance < _UNSURE:
        return f"In commit, but its chance to be won in time is {chance(row.win_chance)}."
    if row.category != _COMMITTED and row.win_chance >= _SURE:
        return f"Not in commit, though its chance to be won in time is {chance(row.win_chance)}."
    return ""


def calls(people: pd.DataFrame, said: pd.DataFrame, period: str, *, anybody: bool) -> pd.DataFrame:
    """Who has not called the period, and whose call is far from what the model expects of them.

    `people` has a row an owner with something open: `owner_code, owner_name, opportunities, amount,
    expected_amount` (won so far included); `said` the latest call of owners: `code, amount`.
    Where `anybody` is false, nobody is named one by one.
    """
    if not anybody:
        words = f"Nobody has called {period} yet."
        return _rows([{"agenda_said": words}] if len(people) else [], CALLS)
    known = people.merge(
        said.rename(columns={"code": "owner_code", "amount": "called_amount"}),
        on="owner_code",
        how="left",
    )
    found = [_of_person(row, period) for row in known.itertuples()]
    return _rows([each for each in found if each], CALLS)


def _of_person(row: Any, period: str) -> dict[str, object] | None:  # noqa: ANN401
    if pd.isna(row.called_amount):
        words = (
            f"Has not called {period}: {int(row.opportunities)} open, the model expects "
            f"{money(row.expected_amount)}."
        )
        return _person(row, row.expected_amount, words)
    off = row.called_amount - row.expected_amount
    if abs(off) <= FAR * max(row.expected_amount, 1.0):
        return None
    side = "above" if off > 0 else "below"
    words = (
        f"Called {money(row.called_amount)}, {money(abs(off))} {side} the "
        f"{money(row.expected_amount)} that the model expects: what does one know that the other "
        "does not?"
    )
    return _person(row, row.called_amount, words)


def _person(row: Any, amount: float, words: str) -> dict[str, object]:  # noqa: ANN401
    return {
        "owner_code": row.owner_code,
        "owner_name": row.owner_name,
        "agenda_amount": amount,
        "agenda_said": words,
    }


def swinging(rows: pd.DataFrame) -> pd.DataFrame:
    """The opportunities that move the chance most, each with its two ends.

    Takes the frame of the report `swing-list`.
    """
    return _items(
        rows,
        SWING,
        lambda row: (
            f"If it is won, {chance(row.chance_if_won_rate)} to get there; if it is lost, "
            f"{chance(row.chance_if_lost_rate)}. Its own chance is {chance(row.win_chance_rate)}."
        ),
    )


def said(part: str, sentences: list[tuple[str, float | None, str | None]]) -> pd.DataFrame:
    """Items that are about no single opportunity: what is said, its amount, and of which bar."""
    items: list[dict[str, object]] = [
        {"agenda_said": words, "agenda_amount": amount, "bucket": bar}
        for words, amount, bar in sentences
    ]
    return _rows(items, part)


def shortened(items: pd.DataFrame, at_most: int) -> pd.DataFrame:
    """The first of a part, and how many more there are."""
    if len(items) <= at_most:
        return items
    more = len(items) - at_most
    rest = _rows([{"agenda_said": f"And {more} more."}], str(items["agenda_part"].iloc[0]))
    return pd.concat([items.head(at_most), rest], ignore_index=True)


def money(amount: float) -> str:
    """An amount in a sentence: whole, with thousands apart.

    >>> money(1234.5)
    '1,235'
    """
    return f"{int(amount + 0.5):,}"


def _items(rows: pd.DataFrame, part: str, say: Callable[[Any], str]) -> pd.DataFrame:
    words = [say(row) for row in rows.itertuples()]
    items = rows.assign(
        agenda_part=part,
        agenda_amount=rows["amount"],
        agenda_said=pd.Series(words, rows.index, dtype="str"),
    )
    nothing = pd.Series(pd.NA, rows.index, dtype="str")
    return items.assign(bucket=nothing, owner_code=nothing)[ITEM + KEYS].reset_index(drop=True)


def _rows(rows: list[dict[str, object]], part: str) -> pd.DataFrame:
    items = pd.DataFrame(rows, columns=ITEM + KEYS).assign(agenda_part=part)
    return items.astype(dict.fromkeys(KEYS, "str"))


def _day(value: Any) -> date:  # noqa: ANN401
    return pd.Timestamp(value).date()


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _stage(row: Any) -> str:  # noqa: ANN401
    return str(row.stage_description or "its stage")


def _when(day: date, now: date) -> str:
    return "today" if day == now else "tomorrow" if (day - now).days == 1 else f"{day:%A}"
