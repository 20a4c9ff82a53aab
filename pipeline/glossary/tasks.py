"""Tasks, interactions and comments."""

from pipeline.glossary.column import Column, count, day, money, text

TASKS: dict[str, Column] = {
    "task_no": text("Task", "The number of the task."),
    "task": text("To do", "What is to be done."),
    "task_priority": text("Priority", "Low, normal or high."),
    "task_owner": text("Who", "The salesperson who has to do it."),
    "canceled": Column("Canceled", "", "flag", "Whether it was called off; it counts nowhere."),
    "interaction_no": text("Interaction", "The number of the interaction."),
    "happened_on": day("Happened", "The day it happened."),
    "interaction_type": text("Way", "Call, mail, meeting or note."),
    "interaction": text("About", "What it was about."),
    "minutes": count("Minutes", "How long it took.", "minutes"),
    "cost": money("Cost", "What it cost the company."),
    "interactions": count(
        "Interactions", "How many interactions there were, canceled ones left out.", "interactions"
    ),
    "interaction_cost": money("Interaction cost", "What its interactions cost together."),
    "interaction_minutes": count(
        "Interaction minutes", "How long its interactions took together.", "minutes"
    ),
    "comments": count("Comments", "How many comments there are about it.", "comments"),
}
