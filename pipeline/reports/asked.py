"""The answer to a question asked in SQL, as a report like any other, and what may be asked."""

from pipeline.domain.asking import AT_MOST_ROWS, LONGEST_SECONDS
from pipeline.domain.scope import Scope
from pipeline.glossary import COLUMNS, Column
from pipeline.reports.report import Report
from pipeline.store import Session, asking

EXAMPLES = {
    "Open by owner": """select owner_name, count(*) as opportunities, sum(amount) as amount
from opportunities_now
where status = 'in progress'
group by all
order by amount desc""",
    "Won by month": """select date_trunc('month', closed_on) as month,
    count(*) as won,
    sum(won_amount) as won_amount
from closes
where outcome = 'won'
group by all
order by month""",
    "Longest stays": """select *
from stays
where left_on is not null
order by stay_days desc
limit 20""",
    "Standing a year ago": """select status, count(*) as opportunities, sum(amount) as amount
from opportunities_on(current_date - interval 1 year)
group by all""",
    "Lost after an offer": """select close_reason_description,
    count(*) as lost,
    sum(amount) as amount
from closes
where outcome = 'lost' and from_stage >= 3
group by all
order by lost desc""",
}
"""Questions to begin with, by what they answer."""

_DEFINITION = (
    "The answer to the query, from the log as it is recorded now. Days are filtered by the query "
    "itself; the filters of other pages do not apply."
)


def asked(
    session: Session,
    scope: Scope,
    sql: str,
    *,
    at_most: int = AT_MOST_ROWS,
    seconds: float = LONGEST_SECONDS,
) -> Report:
    """Answer one select statement over the views; at most so many rows, in at most so long.

    The scope says the day it is asked on and narrows nothing. Raises a `QuestionError` that says
    why there is no answer.
    """
    answer = asking.answer(session, sql, at_most=at_most, seconds=seconds)
    cut = "" if answer.complete else f" Only the first {at_most:,} rows are given; there are more."
    return Report(
        name="sql",
        definition=f"{_DEFINITION}{cut}",
        frame=answer.frame,
        scope=scope,
        columns={str(name): Column(str(name), "", "plain", "") for name in answer.frame},
    )


def views(session: Session) -> dict[str, tuple[str, dict[str, Column]]]:
    """What may be read: each view with what a row of it is, and its columns explained."""
    return {
        name: (_row_is(text), {column: COLUMNS[column] for column in asking.columns(session, name)})
        for name, text in asking.views().items()
    }


def _row_is(text: str) -> str:
    """The comment on top of a view's SQL."""
    lines = text.splitlines()
    end = next(nth for nth, line in enumerate(lines) if not line.startswith("--"))
    return " ".join(line.removeprefix("--").strip() for line in lines[:end])
