"""One adapter for each way in which sources keep history; all give the same events.

| shape | a row is |
|---|---|
| none | an opportunity as it stands; its life is its creation and its close |
| snapshots | the whole state after a change |
| changes | one field, its old and new value |
| from_to | a move from one stage to another |
| wide_dates | an opportunity, with a column for the day each stage was entered |
| versions | one value of one field, and since when |
"""
