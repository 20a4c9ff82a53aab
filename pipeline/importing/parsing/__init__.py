"""Texts to values, decided per column and never per cell.

Every reader looks at all cells of a column first, finds the one way in which they make sense, and
then reads them all that way. Cells that do not fit are faults with their row; a column that could
be read in two ways is decided by the other columns of the file, then by the profile, and is
otherwise asked about.
"""
