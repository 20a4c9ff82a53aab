"""The chances of the stages as they are set, beside what history gives them; set them anew."""

from dashboard import scope, session
from dashboard.components import chance_views, furniture
from pipeline.reports import observed_chances

COMPARED, PROPOSAL = VIEWS = ("Set and observed", "Proposal")

with session.read() as reading:
    report = observed_chances(reading, scope.current())
furniture.heading("Chances", chance_views.answer(report))
if report.frame.empty:
    furniture.empty("No sales cycle has a stage yet.", "Define one on the page of sales cycles.")
else:
    furniture.tiles(chance_views.tiles(report))
    if furniture.switch("view", VIEWS) == PROPOSAL:
        chance_views.proposal(report)
    else:
        chance_views.compared(report)
