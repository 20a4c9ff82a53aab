"""The ten opportunities, told once for all tests that only read them."""

from collections.abc import Iterator

import pytest

import pipeline
from pipeline.store import Store
from tests.stories import ten_opportunities


@pytest.fixture(scope="session")
def ten() -> Iterator[Store]:
    """A store in which the ten opportunities of `stories.ten_opportunities` were lived."""
    with pipeline.open(":memory:") as store:
        yield ten_opportunities(store)
