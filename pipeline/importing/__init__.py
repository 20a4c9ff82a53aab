"""Other people's files become commands: read, recognised, understood, planned, carried out as one.

A plan is made first and says everything: what was recognised, what will be made, which rows are
refused and why. Then its commands are carried out in one batch, or nothing is.
"""
