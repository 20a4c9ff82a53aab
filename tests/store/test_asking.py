"""A question in SQL reads the documented views: everything else is refused, by several walls."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.commands import DeleteOpportunity, carry_out
from pipeline.domain.asking import (
    CannotBeAnsweredError,
    FunctionNotOfferedError,
    NoQuestionError,
    NotToBeReadError,
    QuestionError,
    QuestionTooLongError,
    TookTooLongError,
)
from pipeline.domain.scope import Scope
from pipeline.glossary import COLUMNS
from pipeline.reports.asked import EXAMPLES, asked, views
from pipeline.store import Store, asking
from tests.stories import QUARTER_END, ten_opportunities

NOTHING_BUT_SELECT = [
    "insert into transitions select * from transitions",
    "update opportunities_now set amount = 0",
    "delete from transitions",
    "drop view transitions",
    "create table mine as select 1",
    "create temp table mine as select 1",
    "create macro f(x) as x",
    "copy (select 1) to 'out.csv'",
    "copy transitions from 'in.csv'",
    "export database 'out'",
    "import database 'out'",
    "attach 'other.duckdb'",
    "detach pipeline",
    "use pipeline",
    "set memory_limit = '1TB'",
    "reset memory_limit",
    "install httpfs",
    "load httpfs",
    "call force_checkpoint()",
    "checkpoint",
    "vacuum",
    "begin",
    "commit",
    "prepare p as select 1",
    "execute p",
    "explain select 1",
    "explain analyze select 1",
    "show tables",
    "show databases",
    "pivot closes on outcome using count(*)",
    "select 1; delete from transitions",
    "select 1; select 2",
]
NOT_TO_BE_READ = [
    "from settings",
    "from batches",
    "from pipeline.main.transitions",
    "from main.transitions",
    "from memory.main.transitions",
    "from information_schema.tables",
    "from pg_catalog.pg_class",
    "from duckdb_tables",
    "from sqlite_master",
    "from '/etc/passwd'",
    "from 'data.parquet'",
    "pragma database_list",
    "describe settings",
    "summarize settings",
    "select (select max(value) from counters)",
    "select exists(from settings)",
    "from stages semi join settings on true",
    "from stages, lateral (from settings)",
    "select 1 union all select value from counters",
    "from (from (from settings))",
    "with mine as (from settings) from mine",
    "select 1 where 1 in (select value from counters)",
    "select 1 order by (select max(value) from counters)",
    "select 1 limit (select max(value) from counters)",
    "from settings pivot (count(*) for name in ('x'))",
]
NOT_OFFERED = [
    "from read_csv('/etc/passwd')",
    "from read_text('/etc/passwd')",
    "from read_blob('/etc/passwd')",
    "from read_parquet('x')",
    "from read_json('x')",
    "from read_duckdb('x')",
    "from glob('/*')",
    "from sniff_csv('/etc/passwd')",
    "from parquet_metadata('x')",
    "from enable_logging(storage := 'file', storage_config := {'path': '/tmp/logs'})",
    "from enable_profiling()",
    "from checkpoint('pipeline')",
    "from force_checkpoint('pipeline')",
    "from truncate_duckdb_logs()",
    "from query('from settings')",
    "from query_table(['settings'])",
    "from json_execute_serialized_sql('{}')",
    "from duckdb_settings()",
    "from duckdb_secrets()",
    "from arrow_scan(1, 2, 3)",
    "from pandas_scan(1)",
    "from which_secret('x', 's3')",
    "select current_setting('temp_directory')",
    "select json_serialize_plan('from settings')",
    "select write_log('x')",
    "select sleep_ms(10000)",
    "select pg_sleep(10)",
    "select nextval('x')",
    "select setseed(0.5)",
    "select repeat('x', 1000000000)",
    "select list_transform([1], lambda x: sleep_ms(10000))",
    "select * from range(current_setting('threads'))",
]


@pytest.fixture(scope="module")
def ten() -> Iterator[Store]:
    """Give the store of the ten opportunities."""
    with Store.open(":memory:") as store:
        store.shut_off()
        yield ten_opportunities(store)


@pytest.mark.parametrize("sql", NOTHING_BUT_SELECT)
def test_only_one_select_statement_is_answered(ten: Store, sql: str) -> None:
    """DuckDB's parser says what a statement is; writing, loading, several at once are refused."""
    before = ten.rows("select count(*), max(recorded_at) from transitions")
    with pytest.raises(QuestionError):
        asking.answer(ten, sql)
    assert ten.rows("select count(*), max(recorded_at) from transitions") == before


@pytest.mark.parametrize("sql", NOT_TO_BE_READ)
def test_only_the_views_can_be_read(ten: Store, sql: str) -> None:
    """Wherever a table is named in the tree of a question, it is a view or not read at all."""
    with pytest.raises(NotToBeReadError):
        asking.answer(ten, sql)


@pytest.mark.parametrize("sql", NOT_OFFERED)
def test_functions_that_reach_beyond_the_views_are_not_offered(ten: Store, sql: str) -> None:
    """Files, settings, logs, other tables, waiting: all of these are select statements."""
    with pytest.raises(FunctionNotOfferedError):
        asking.answer(ten, sql)
    assert asking.answer(ten, "select 1").complete


def test_a_name_of_ones_own_opens_no_door(ten: Store) -> None:
    """A `with` clause may be called like a table; outside of it the name leads nowhere."""
    sql = "select * from (with settings as (select 1 as a) from settings), settings as other"
    with pytest.raises(CannotBeAnsweredError, match="settings does not exist"):
        asking.answer(ten, sql)


def test_every_function_that_changes_something_is_refused(ten: Store) -> None:
    """DuckDB marks them itself, so those of a later version are refused too."""
    marked = ten.rows(
        "select distinct function_name from duckdb_functions() "
        "where stability = 'VOLATILE' and function_type = 'scalar'"
    )
    for (name,) in marked:
        if name not in {"random", "uuid", "uuidv4", "uuidv7", "gen_random_uuid"}:
            with pytest.raises(FunctionNotOfferedError):
                asking.answer(ten, f"select {name}()")


def test_every_table_function_but_three_is_refused(ten: Store) -> None:
    """What is offered is named; what DuckDB adds some day is refused until somebody looks at it."""
    named = ten.rows(
        "select distinct function_name from duckdb_functions() "
        "where function_type in ('table', 'table_macro')"
    )
    offered = {"range", "generate_series", "unnest"}
    for (name,) in named:
        if name not in offered:
            with pytest.raises(FunctionNotOfferedError):
                asking.answer(ten, f"from {name}()")


def test_the_database_itself_refuses_what_would_slip_through(ten: Store, tmp_path: Path) -> None:
    """Behind the tree stands a read-only transaction, and a process shut off from all files."""
    cursor = ten.outside()
    cursor.execute("begin transaction read only")
    with pytest.raises(duckdb.TransactionException, match="read-only"):
        cursor.execute("delete from pipeline.main.transitions")
    cursor.execute("rollback")
    for sql in (
        "from read_text('/etc/passwd')",
        f"copy (select 1) to '{tmp_path}/out.csv'",
        f"attach '{tmp_path}/other.duckdb'",
        "install httpfs",
        "load httpfs",
    ):
        with pytest.raises(duckdb.PermissionException):
            cursor.execute(sql)
    with pytest.raises(duckdb.InvalidInputException, match="Cannot enable external access"):
        cursor.execute("set enable_external_access = true")
    assert not list(tmp_path.iterdir())


def test_a_store_on_disk_lives_on_behind_closed_doors(tmp_path: Path) -> None:
    """Shut off from files outside its workplace, a store is written, closed and opened again."""
    with Store.open(tmp_path / "s.duckdb") as store:
        (tmp_path / "work").mkdir()
        store.shut_off(tmp_path / "work")
        ten_opportunities(store)
        store.execute("checkpoint")
        store.execute(f"copy stages to '{tmp_path}/work/stages.csv'")
        with pytest.raises(duckdb.PermissionException):
            store.execute(f"copy stages to '{tmp_path}/stages.csv'")
        before = asking.answer(store, "select count(*) as n from transitions").frame
    with Store.open(tmp_path / "s.duckdb") as store:
        after = asking.answer(store, "select count(*) as n from transitions").frame
    assert before.equals(after)


def test_names_of_python_are_no_tables(ten: Store) -> None:
    """DuckDB can read variables of the program around it; a question cannot."""
    frame = COLUMNS
    assert frame
    with pytest.raises(NotToBeReadError, match="“frame” cannot be read here"):
        asking.answer(ten, "from frame")


def test_an_answer_has_at_most_so_many_rows_and_says_so(ten: Store) -> None:
    """The rest is never computed: of a thousand billion rows the first come at once."""
    answer = asking.answer(ten, "from range(1_000_000_000_000)", at_most=5_000)
    assert (len(answer.frame), answer.complete) == (5_000, False)
    report = asked(ten, Scope(as_of=QUARTER_END), "from range(11)", at_most=10)
    assert report.definition.endswith("Only the first 10 rows are given; there are more.")
    assert asking.answer(ten, "from range(10)", at_most=10).complete


def test_a_question_that_takes_too_long_is_stopped(ten: Store) -> None:
    """The session is as good as new afterwards, and others were not held up."""
    sql = "select count(*) from range(10_000_000) as a, range(10_000_000) as b"
    with pytest.raises(TookTooLongError, match=r"stopped after 0\.2 seconds"):
        asking.answer(ten, sql, seconds=0.2)
    recursion = (
        "with recursive r as (select 1 x union all select x + 1 from r) select max(x) from r"
    )
    with pytest.raises(TookTooLongError):
        asking.answer(ten, recursion, seconds=0.2)
    assert asking.answer(ten, "select 1").complete


@pytest.mark.parametrize(
    ("sql", "refusal", "words"),
    [
        ("", NoQuestionError, "Write a query first"),
        ("-- only a comment", NoQuestionError, "Write a query first"),
        ("select", CannotBeAnsweredError, "SELECT clause without selection list"),
        ("select colour from stages", CannotBeAnsweredError, 'column "colour" not found'),
        ("from stage", NotToBeReadError, "Did you mean stages?"),
        ("select 'a'::integer", CannotBeAnsweredError, "Could not convert string 'a'"),
        ("x" * 30_000, QuestionTooLongError, "at most 20,000"),
    ],
)
def test_a_refusal_is_a_plain_sentence(
    ten: Store, sql: str, refusal: type[QuestionError], words: str
) -> None:
    """What the database says is passed on without its jargon; the nearest name is offered."""
    with pytest.raises(refusal, match=words.replace("?", r"\?")):
        asking.answer(ten, sql)


@pytest.mark.parametrize("sql", EXAMPLES.values(), ids=list(EXAMPLES))
def test_the_examples_are_answered(ten: Store, sql: str) -> None:
    """What a page offers to click works on every store."""
    assert len(asked(ten, Scope(as_of=QUARTER_END), sql).frame.columns) > 1


@pytest.mark.parametrize(
    "sql",
    [
        "describe closes",
        "summarize stages",
        "values (1), (2)",
        "table stages",
        "from closes pivot (count(*) for outcome in ('won', 'lost'))",
        "with a as (from stages) select count(*) from a join stages using (stage)",
        "select unnest([1, 2]), random(), list_transform([1, 2], lambda x: x + 1)",
        "select count(*) over (partition by outcome) from closes qualify true",
        "with recursive r as (select 1 x union all select x + 1 from r where x < 9) from r",
        "select 1 as a, 2 as a",
        "select {'a': [1, 2]} as nested, 'x'::blob, null, date '2026-01-01', interval 1 day",
    ],
)
def test_sql_is_not_cut_down(ten: Store, sql: str) -> None:
    """Windows, recursion, pivots, lambdas, nested values: it is a whole language still."""
    assert len(asked(ten, Scope(as_of=QUARTER_END), sql).frame)


def test_every_column_of_every_view_is_explained(ten: Store) -> None:
    """A page can show what there is to read, and what a row of it is."""
    documented = views(ten)
    assert set(documented) == set(asking.views())
    for name, (row_is, columns) in documented.items():
        assert row_is.startswith("A row is "), name
        assert columns, name


def test_the_views_agree_with_the_log(ten: Store) -> None:
    """What stands now, what stood on the day, what was closed: each counted the other way too."""
    open_now = "select count(*), sum(weighted_amount) from opportunities_now where started_on"
    open_now += " is not null and status = 'in progress'"
    on_the_day = "select count(*), sum(weighted_amount) from opportunities_on(current_date)"
    on_the_day += " where status = 'in progress'"
    rows = [asking.answer(ten, sql).frame.iloc[0].tolist() for sql in (open_now, on_the_day)]
    assert rows[0] == rows[1]
    (closed,) = asking.answer(ten, "select count(*) from closes").frame.iloc[0]
    (recorded,) = ten.rows(
        "select count(*) from transitions where action in ('won', 'lost') and retracted_at is null"
    )[0]
    assert closed == recorded
    stays = asking.answer(ten, "select * from stays").frame
    assert stays["left_on"].isna().sum() == rows[0][0]


def test_what_is_deleted_is_gone_from_now_and_stays_in_the_past() -> None:
    """A day before the deletion still shows it."""
    ten = ten_opportunities(Store.open(":memory:"))
    moved = asking.answer(ten, "from opportunities_now where status = 'won' limit 1").frame
    no = str(moved["opportunity_no"].iloc[0])
    carry_out(ten, DeleteOpportunity(opportunity_no=no), by="ANN", today=QUARTER_END)
    now = asking.answer(ten, "from opportunities_now").frame
    then = asking.answer(ten, "from opportunities_on(date '2025-03-30')").frame
    assert no not in set(now["opportunity_no"])
    assert no in set(then["opportunity_no"])
