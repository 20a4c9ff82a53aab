"""What is behind a number survives its way through an address."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.selection import PARAMETERS, in_words, narrowed, query, selected, unread
from pipeline.domain.scope import Scope, Selection

TODAY = Scope(as_of=date(2026, 1, 28))
DAYS = st.none() | st.dates(min_value=date(1990, 1, 1), max_value=date(2199, 12, 31))
FLAGS = st.booleans()
STAGES = st.none() | st.integers(min_value=1, max_value=99)
SELECTIONS = st.builds(
    Selection,
    statuses=st.lists(st.sampled_from(["won", "lost", "in progress"]), unique=True).map(tuple),
    stages=st.lists(st.integers(min_value=1, max_value=99), unique=True).map(tuple),
    expected_month=DAYS,
    expected_from=DAYS,
    expected_to=DAYS,
    without_expected_close=FLAGS,
    overdue=FLAGS,
    without_amount=FLAGS,
    reached_stage=STAGES,
    highest_stage=STAGES,
    closed_from=DAYS,
    closed_to=DAYS,
    created_from=DAYS,
    created_to=DAYS,
    close_reasons=st.lists(st.text(min_size=1, max_size=20), unique=True).map(tuple),
    without_close_reason=FLAGS,
    in_win_rate=FLAGS,
    without_owner=FLAGS,
    without_team=FLAGS,
    without_campaign=FLAGS,
    entered=FLAGS,
    rule=st.sampled_from(["", "R2", "R3"]),
    advanced_stage=STAGES,
    crossed_stage=STAGES,
    crossed_from=DAYS,
    crossed_to=DAYS,
    resolved_stage=STAGES,
    visited_stage=STAGES,
    skipped_stage=STAGES,
    bounced_stage=STAGES,
    last_stage=st.none() | st.integers(min_value=0, max_value=99),
    step=st.sampled_from(["", "0>1", "2>3", "3>won", "2>in progress"]),
    sources=st.lists(st.text(min_size=1, max_size=20), unique=True).map(tuple),
    actions=st.lists(st.sampled_from(["first", "update", "won"]), unique=True).map(tuple),
    probability_from=st.none() | st.floats(0, 100),
    probability_to=st.none() | st.floats(0, 100),
    completed_from=st.none() | st.floats(0, 100),
    completed_to=st.none() | st.floats(0, 100),
    amount_from=st.none() | st.integers(0, 10**6).map(float),
    amount_below=st.none() | st.integers(0, 10**6).map(float),
)


@given(SELECTIONS)
def test_a_selection_comes_back_from_its_address_as_it_went(selection: Selection) -> None:
    """So the list behind a number is exactly the number's."""
    assert selected(query(TODAY, (TODAY, selection))) == selection


def test_an_address_narrows_the_scope_of_the_bar() -> None:
    """A bar of one cycle, clicked in a scope of all cycles, opens that cycle only."""
    inside = Scope(as_of=TODAY.as_of, cycles=("NEW",))

    asked = query(TODAY, (inside, Selection(stages=(3,))))

    assert asked == {"in_cycle": ["NEW"], "stage": ["3"]}
    assert narrowed(TODAY, asked) == inside


def test_a_narrowing_is_said_in_words() -> None:
    """The stage by its name, the month by its name, the owner by name."""
    asked = {
        "in_owner": ["JO"],
        "stage": ["3"],
        "month": ["2026-02-01"],
        "overdue": ["1"],
        "reason": ["PRICE"],
    }

    words = in_words(
        asked,
        stages={3: "Propose"},
        owners={"JO": "Jim Olive"},
        reasons={"PRICE": "Too expensive"},
    )

    assert [phrase for _, phrase in words] == [
        "Jim Olive",
        "in Propose",
        "expected to close in Feb 2026",
        "overdue",
        "closed for Too expensive",
    ]


def test_what_cannot_be_read_is_named() -> None:
    """A broken date or stage in a link is said on the page."""
    assert unread({"month": ["soon"], "stage": ["3", "x"]}) == ["month=soon", "stage=x"]


def test_the_status_belongs_to_its_widget() -> None:
    """It is bound to the address by itself."""
    assert "status" not in PARAMETERS
