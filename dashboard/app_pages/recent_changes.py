"""What you did in the last hours: what undoing each change restores, and a button that does it."""

from dashboard.components import furniture, undo

furniture.heading("Recent changes", "What you did in the last hours can be taken back.")
undo.listed()
