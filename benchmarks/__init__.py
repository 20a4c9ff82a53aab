"""Measure what a person waits for, as ratios to the bare query in the same run."""
