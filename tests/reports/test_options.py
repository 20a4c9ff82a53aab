"""What a report can be asked is read from its signature, so the command line has every option."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.reports import REPORTS
from pipeline.reports.options import (
    OptionNotTakenError,
    OptionValueError,
    options_of,
    understood,
)
from tests.stories import ten_opportunities

DAY = "2025-03-31"


@pytest.fixture(scope="module")
def store_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ten opportunities in a file, for the command line."""
    from pipeline.store import Store  # noqa: PLC0415

    file = tmp_path_factory.mktemp("ten") / "ten.duckdb"
    with Store.open(file) as store:
        ten_opportunities(store)
    return file


def test_words_numbers_days_and_truths_are_understood() -> None:
    """Each is read as the kind its annotation names; `all` is without a limit."""
    ask = REPORTS["opportunities"]
    given = {"limit": "all", "offset": "5", "descending": "no", "order_by": "amount"}
    assert understood("opportunities", ask, given) == {
        "limit": None,
        "offset": 5,
        "descending": False,
        "order_by": "amount",
    }
    changed = understood("what-changed", REPORTS["what-changed"], {"expected_from": "2026-01-01"})
    assert changed == {"expected_from": date(2026, 1, 1)}


def test_an_option_that_a_report_does_not_have_is_refused_by_name() -> None:
    """The refusal names those it has, or that it has none."""
    with pytest.raises(OptionNotTakenError, match="has no option --cohort; it takes --by"):
        understood("weighted-pipeline", REPORTS["weighted-pipeline"], {"cohort": "all"})
    with pytest.raises(OptionNotTakenError, match="takes none besides its scope"):
        understood("stage-flow", REPORTS["stage-flow"], {"by": "stage"})


@pytest.mark.parametrize(
    ("report", "option", "word"),
    [
        ("weighted-pipeline", "by", "moon"),
        ("opportunities", "limit", "many"),
        ("opportunities", "limit", "-1"),
        ("opportunities", "descending", "perhaps"),
        ("what-changed", "expected_to", "tomorrow"),
        ("what-changed-causes", "bucket", "nope"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(report: str, option: str, word: str) -> None:
    """The refusal says what the option takes."""
    with pytest.raises(OptionValueError, match=f"cannot be “{word}”; it takes "):
        understood(report, REPORTS[report], {option: word})


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_printed_with_each_of_its_choices(
    name: str, store_file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Whatever words its options may be, the command line understands them."""
    asked = [[], *_choices(name)]
    for options in asked:
        code = main(["--store", str(store_file), "report", name, "--as-of", DAY, *options])
        printed = capfdbinary.readouterr()
        assert code == 0, printed.err
        assert f"As of {DAY}.".encode() in printed.out


def _choices(name: str) -> list[list[str]]:
    return [
        [option.flag, word]
        for option in options_of(REPORTS[name]).values()
        for word in option.choices
    ]


def test_a_refusal_is_one_sentence_and_exit_code_1(
    store_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, so that a pipe stays clean."""
    report = ["--store", str(store_file), "report", "win-rate", "--cohort", "all"]
    assert main(report) == 1
    assert capsys.readouterr().err.startswith("The report win-rate has no option --cohort; ")


def test_a_question_in_sql_is_answered_on_the_command_line(
    store_file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """In any format; what would write is refused there too."""
    sql = "select count(*) as n from opportunities_now"
    assert main(["--store", str(store_file), "sql", sql, "--format", "csv"]) == 0
    assert capfdbinary.readouterr().out.splitlines()[0] == b"n"
    assert main(["--store", str(store_file), "sql", "delete from transitions"]) == 1
