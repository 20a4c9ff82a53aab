"""One line becomes an opportunity: read part by part, deterministically, nothing guessed silently.

`line.read` takes a line such as "Adatum 40 swivel chairs 12.5k end of Sept OF" apart: the dates
first (`dates`), then the amount (`amounts`), owner, cycle and contact (`names`); what is left is
the description. Each part says where it was read and how sure that is. Nothing of that
knows the store, the day or the company: all of it is given, by `understand`.
"""
