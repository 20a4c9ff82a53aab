"""What every test shares: the same Hypothesis examples everywhere, and no day but the one given."""

import os

import hypothesis

# One shared machine runs these tests with very different speed; a slow example is not a wrong one.
# The same code meets the same examples, so that a change is judged by what it changed; new ones are
# searched with HYPOTHESIS_PROFILE=search.
hypothesis.settings.register_profile("everywhere", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everywhere"))
