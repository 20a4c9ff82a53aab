"""The opportunities matrix: who has how much, by when it is expected to close."""

from dataclasses import asdict, replace

from dashboard import formats, scope, session
from dashboard.components import furniture, matrix_view
from pipeline.reports.matrix import opportunities_matrix

furniture.heading("Matrix")
asked = matrix_view.toolbar()
looked_at = scope.current()
with session.read() as reading:
    begins = matrix_view.begins_on(reading, asked, looked_at.from_on or looked_at.as_of)
    report = opportunities_matrix(reading, replace(looked_at, from_on=begins), **asdict(asked))
if report.frame.empty:
    furniture.empty(
        f"Nothing {asked.status} closes in {formats.counted(asked.periods, asked.by)} from "
        f"{formats.day(begins)}.",
        "Go earlier or later with the arrows, choose another status, or widen the bar above.",
    )
else:
    matrix_view.table(report)
furniture.footing(report, key="matrix")
