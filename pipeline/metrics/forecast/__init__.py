"""Forecasts: from what was known at a cut to a distribution of what a period will bring."""
