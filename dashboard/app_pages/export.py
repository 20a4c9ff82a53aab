"""Take everything out: as files for other programs, and as a backup of the store."""

from dashboard.components import furniture, take_out

furniture.heading(
    "Export and backup",
    "Everything is yours: the log, the set-up, and what every column means.",
)
take_out.exports()
take_out.backup()
