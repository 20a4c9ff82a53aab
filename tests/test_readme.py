"""The README can be believed: its block of Python is run, its commands are there."""

import re
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import parser
from tests.stories import ten_opportunities

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_notebook_block_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder with a store, as in the README; its last line gives a table."""
    monkeypatch.chdir(tmp_path)
    with pipeline.open("data/pipeline.duckdb") as store:
        ten_opportunities(store)
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        names: dict[str, object] = {}
        exec(compile(block, "README.md", "exec"), names)  # noqa: S102  our own words
        last = block.strip().splitlines()[-1]
        shown = eval(last, names)  # noqa: S307
        assert len(shown)
        names["store"].close()  # type: ignore[attr-defined]


def test_every_command_is_described() -> None:
    """What the command line offers stands in the README's list of commands."""
    offered = set(parser()._subparsers._group_actions[0].choices)  # type: ignore[union-attr,arg-type]
    listed = README.split("## The command line")[1].split("```")[1]
    assert offered <= set(re.findall(r"[\w-]+", listed))


def test_every_page_is_described() -> None:
    """What the navigation offers stands in the README's table of pages."""
    frame = (Path(__file__).parents[1] / "dashboard" / "app.py").read_text(encoding="utf-8")
    made = re.findall(r'page\(\s*"(\w+)",\s*"([^"]+)"([^)]*)', frame)
    offered = {
        title for name, title, more in made if "hidden" not in more and name != "first_steps"
    }
    table = README.split("| page | answers |")[1].split("\n\n")[0]
    described = {
        title.strip()
        for line in table.splitlines()
        if line.startswith("| ")
        for title in line.split("|")[1].split(",")
    }
    assert offered
    assert offered <= described
