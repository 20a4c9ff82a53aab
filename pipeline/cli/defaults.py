"""What is taken where nothing is said."""

from datetime import date

DEFAULT_STORE = "data/pipeline.duckdb"
DEMO_OPPORTUNITIES = 2_000
"""The size of the company that is made when there is none: enough for every page to speak."""
DEMO_SEED = 1

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""What a report can look at; other days are slips of the keyboard."""
