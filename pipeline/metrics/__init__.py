"""The numbers: pure functions from a small frame of sums to a table; a docstring defines each."""
