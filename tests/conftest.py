"""What every test shares: the same Hypothesis examples everywhere, and no day but the one given."""

import os

import hypothesis

# One shared machine runs these tests with very different speed; a slow example is not a wrong one.
hypothesis.settings.register_profile("everywhere", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everywhere"))
