"""Numbers with their nouns, as refusals write them."""

_IRREGULAR = {"opportunity": "opportunities", "person": "people", "salesperson": "salespeople"}


def counted(number: int, noun: str) -> str:
    """Give a number with its noun, of which an adjective may stand in front.

    >>> counted(1, "open opportunity"), counted(2, "open opportunity"), counted(1200, "contact")
    ('1 open opportunity', '2 open opportunities', '1,200 contacts')
    """
    return f"{number:,} {noun if number == 1 else _plural(noun)}"


def _plural(noun: str) -> str:
    *before, last = noun.split(" ")
    return " ".join([*before, _IRREGULAR.get(last, f"{last}s")])
