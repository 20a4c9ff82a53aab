"""What the board shows: its columns and its cards."""

from pipeline.glossary.column import Column, count, day, text

BOARD: dict[str, Column] = {
    "without_next_step": count("No next step", "How many have no open task."),
    "not_started": count("Not started", "How many have not entered a stage yet."),
    "place": count("Place", "The place of the card in its column, from 0.", "cards"),
    "version": count("Version", "How often it was changed; a move names the one it saw.", ""),
    "is_overdue": Column("Overdue", "", "flag", "Whether it was expected to close before the day."),
    "is_rotting": Column("Rotting now", "", "flag", "Whether it is rotting."),
    "next_step_no": text("Task of the next step", "The number of the task that is next."),
    "next_step": text("Next step", "What is to be done next: the earliest open task."),
    "next_step_on": day("Next step on", "The day the next step is due."),
}
