"""Numbers with their nouns, as refusals write them."""

_IRREGULAR = {
    "opportunity": "opportunities",
    "try": "tries",
    "salesperson": "salespeople",
}


def counted(number: int, noun: str) -> str:
    """Give a number with its noun, of which an adjective may stand in front.

    >>> counted(1, "open opportunity"), counted(2, "open opportunity"), counted(1200, "contact")
    ('1 open opportunity', '2 open opportunities', '1,200 contacts')
    """
    return f"{number:,} {noun if number == 1 else _plural(noun)}"


def agreeing(number: int, one: str, many: str) -> str:
    """Give a number with the words that agree with it, noun and verb.

    >>> agreeing(1, "row steps back", "rows step back"), agreeing(3, "row steps", "rows step")
    ('1 row steps back', '3 rows step')
    """
    return f"{number:,} {one if number == 1 else many}"


def _plural(noun: str) -> str:
    *before, last = noun.split(" ")
    return " ".join([*before, _IRREGULAR.get(last, f"{last}s")])
