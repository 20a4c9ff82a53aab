"""What undoing would restore, and which opportunities look like the same."""

from pipeline.glossary.column import Column, count, money, text

UNDO: dict[str, Column] = {
    "record": text("Record", "What was changed."),
    "changed_column": text("Field", "Which of its fields; blank where the whole record is meant."),
    "is_now": text("Now", "What it is now."),
    "will_be": text("Will be", "What it will be then."),
    "twin_no": text("Twin", "The number of the opportunity that looks like the same."),
    "twin_description": text("Its description", "What the twin is called."),
    "twin_amount": money("Its amount", "What the twin would bring."),
    "twins": count("Likely twins", "How many pairs are probably one entered twice.", "pairs"),
    "likeness": count("Likeness", "How alike the two are, from 0 to 100.", ""),
    "reasons": text("Why", "What makes them look like the same."),
}
