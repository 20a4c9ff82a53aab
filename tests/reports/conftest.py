"""The ten opportunities, told once for all tests that only read them."""

from collections.abc import Iterator

import pytest

import pipeline
from pipeline.reports import REPORTS, Report
from pipeline.store import Store
from tests.stories import Q1, ten_opportunities


@pytest.fixture(scope="session")
def ten() -> Iterator[Store]:
    """A store in which the ten opportunities of `stories.ten_opportunities` were lived."""
    with pipeline.open(":memory:") as store:
        yield ten_opportunities(store)


@pytest.fixture(scope="session")
def quarter(ten: Store) -> dict[str, Report]:
    """Every report of the first quarter of the ten, by name; computed once, nobody changes them."""
    return {name: report(ten, Q1) for name, report in REPORTS.items()}
