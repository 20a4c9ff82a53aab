"""How alike two opportunities are: by hand, one reason after another."""

import pandas as pd
import pytest

from pipeline.metrics.twins import likeness


def pair(**columns: object) -> pd.DataFrame:
    """A pair of one company: the same thing, contact and amount, but for what is said."""
    same = {
        "description": "Forklift fleet, second site",
        "twin_description": "Forklift fleet, second site",
        "amount": 10_000.0,
        "twin_amount": 10_000.0,
        "contact_no": "C1",
        "twin_contact_no": "C1",
        "company_name": "Adatum Corporation",
    }
    return pd.DataFrame([same | columns])


@pytest.mark.parametrize(
    ("columns", "likely", "reasons"),
    [
        ({}, 100, "same contact; same amount; same words"),
        ({"twin_contact_no": "P1"}, 90, "same company; same amount; same words"),
        ({"twin_amount": 9_000.0}, 90, "same contact; amounts 10 % apart; same words"),
        ({"twin_amount": None}, 100, "same contact; same words"),
        ({"amount": None, "twin_amount": None}, 100, "same contact; same words"),
        ({"twin_amount": 100_000.0}, 75, "same contact; other amount; same words"),
        (
            {"twin_description": "second site: FORKLIFT fleet for Adatum"},
            None,
            "same contact; same amount; words",
        ),
    ],
)
def test_a_twin_is_shown_with_its_reasons(
    columns: dict[str, object], likely: int | None, reasons: str
) -> None:
    """Words count 65, amount 25, contact 10; an amount that is missing leaves the rest."""
    found = likeness(pair(**columns))
    assert len(found) == 1
    assert found["reasons"].iloc[0].startswith(reasons)
    if likely is not None:
        assert found["likeness"].iloc[0] == likely


@pytest.mark.parametrize(
    "columns",
    [
        {"twin_description": "Yearly inspection of the roof"},
        {"description": "Printers, phase 1", "twin_description": "Printers, phase 2"},
        {"twin_description": ""},
        {"description": "Adatum chairs", "twin_description": "Adatum lathes"},
    ],
)
def test_something_else_is_no_twin(columns: dict[str, object]) -> None:
    """Other words, another phase, no words, or nothing in common but the company's name."""
    assert likeness(pair(**columns)).empty


def test_no_pairs_are_no_twins() -> None:
    """An empty frame has the columns all the same."""
    found = likeness(pair().head(0))
    assert found.empty
    assert {"likeness", "reasons"} <= set(found)
