"""The frame around every page: navigation, who is here, the scope bar, then the page itself."""

from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import scope, session
from dashboard.components import drill, fields, furniture, keys_bar, moves, undo, views
from pipeline.reports import look_ups, set_up_pages

HERE = Path(__file__).parent
PAGES = HERE / "app_pages"

# The page icon comes first: set after the navigation, the browser would fetch one from elsewhere.
st.set_page_config(
    page_title="Pipeline", page_icon=str(HERE / "assets" / "icon.png"), layout="wide"
)


def page(name: str, title: str, icon: str, **more: Any) -> st.Page:  # noqa: ANN401 (as st.Page takes them)
    """A page by the name of its script."""
    made = st.Page(PAGES / f"{name}.py", title=title, icon=f":material/{icon}:", **more)
    pages[name] = made
    return made


pages: dict[str, st.Page] = {}

opportunities = page("opportunities", "Opportunities", "list")
board = page("board", "Board", "view_kanban")
opportunity = page("opportunity", "Opportunity", "description", visibility="hidden")
with session.read() as reading:
    begun = set_up_pages.so_far(reading)
    company = set_up_pages.settings(reading)

# A new company begins with its first steps; they are gone once an opportunity can be entered.
is_new = not (begun.is_complete or begun.has_opportunity)
first_steps = page(
    "first_steps",
    "First steps",
    "flag",
    default=is_new,
    visibility="hidden" if begun.is_complete else "visible",
)
today = page("today", "Today", "today", default=not is_new)
pipeline = page("weighted_pipeline", "Weighted pipeline", "bar_chart")
conversion = page("stage_conversion", "Stage conversion", "filter_alt")
win_rate = page("win_rate", "Win rate", "percent")
time_in_stage = page("time_in_stage", "Time in stage", "timer")
health = page("health", "Health", "monitor_heart")
statistics = page("statistics", "Statistics", "table_chart")

matrix = page("matrix", "Matrix", "grid_on")
printed = page("printed", "Printed reports", "print")
forecast = page("forecast", "Forecast", "trending_up")
accuracy = page("accuracy", "Accuracy", "target")
swing = page("swing", "Swing", "balance")
what_if = page("what_if", "What if", "tune")
chances = page("chances", "Chances", "casino")
agenda = page("agenda", "Agenda", "event_note")
what_changed = page("what_changed", "What changed", "waterfall_chart")
history = page("history", "History", "stacked_line_chart")

here = st.navigation(
    {
        "Sell": [
            today,
            board,
            opportunities,
            opportunity,
            page("new_opportunity", "New opportunity", "add"),
            page("sheet", "Many at once", "table_rows"),
            page("tasks", "Tasks", "task_alt"),
            page("quotes", "Quotes", "request_quote"),
            page("quote", "Quote", "request_quote", visibility="hidden"),
            page("recent_changes", "Recent changes", "history"),
            page("duplicates", "Duplicates", "content_copy"),
            page("contacts", "Contacts", "contacts"),
            page("contact", "Contact", "person", visibility="hidden"),
            page("contact_lists", "Lists of contacts", "playlist_add_check"),
            page("contact_list", "List of contacts", "playlist_add_check", visibility="hidden"),
            page("new_contact", "New contact", "person_add", visibility="hidden"),
        ],
        "Forecast": [forecast, agenda, swing, what_if, what_changed, accuracy, chances],
        "Explore": [
            pipeline,
            conversion,
            win_rate,
            time_in_stage,
            health,
            statistics,
            matrix,
            history,
            printed,
            page("sql", "SQL", "database"),
        ],
        "Set up": [
            first_steps,
            page("company", "Company", "domain"),
            page("people", "People", "group"),
            page("quotas", "Quotas", "target"),
            page("sales_cycles", "Sales cycles", "account_tree"),
            page("close_reasons", "Close reasons", "rule"),
            page("campaigns", "Campaigns", "campaign"),
            page("activities", "Activities", "checklist"),
            page("import_files", "Import", "upload"),
            page("export", "Export and backup", "download"),
            page("delete_closed", "Delete closed", "delete_sweep"),
        ],
    },
    expanded=True,
)

with session.read() as reading:
    names = look_ups.names(reading)
    usual = look_ups.setting(reading, "default_owner")
    session.introduce(names.active_owners, usual)
    seen = look_ups.views(reading, session.who())

st.html(HERE / "assets" / "look.css")
furniture.of_company(company["company_name"], company["currency"])
fields.notice()
undo.offer(here.url_path)
drill.follow(pages)
here_name = next(name for name, one in pages.items() if one == here)
views.sidebar(seen, pages, here_name)
keys_bar.bar(pages, here_name)
if here is not opportunity:
    moves.leave()
if here in (
    board,
    opportunities,
    pipeline,
    conversion,
    win_rate,
    time_in_stage,
    health,
    statistics,
    what_changed,
    history,
    forecast,
    agenda,
    swing,
    what_if,
    chances,
    accuracy,
    matrix,
    printed,
):
    scope.bar(
        names,
        today=session.today(),
        period=here not in (board, opportunities, forecast, agenda, swing, what_if, chances),
    )
here.run()
furniture.ready()
