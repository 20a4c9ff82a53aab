"""The frame around every page: navigation, who is here, the scope bar, then the page itself."""

from pathlib import Path

import streamlit as st

from dashboard import scope, session
from dashboard.components import fields, furniture
from pipeline.reports import look_ups

HERE = Path(__file__).parent
PAGES = HERE / "app_pages"

# The page icon comes first: set after the navigation, the browser would fetch one from elsewhere.
st.set_page_config(
    page_title="Pipeline", page_icon=str(HERE / "assets" / "icon.png"), layout="wide"
)


def page(name: str, title: str, icon: str, **more: object) -> st.Page:  # type: ignore[valid-type]
    """A page by the name of its script."""
    return st.Page(PAGES / f"{name}.py", title=title, icon=f":material/{icon}:", **more)  # type: ignore[arg-type]


opportunities = page("opportunities", "Opportunities", "list")
pipeline = page("weighted_pipeline", "Weighted pipeline", "bar_chart", default=True)
conversion = page("stage_conversion", "Stage conversion", "filter_alt")
win_rate = page("win_rate", "Win rate", "percent")
statistics = page("statistics", "Statistics", "table_chart")

here = st.navigation(
    {
        "Sell": [
            opportunities,
            page("opportunity", "Opportunity", "description", visibility="hidden"),
            page("new_opportunity", "New opportunity", "add"),
        ],
        "Explore": [pipeline, conversion, win_rate, statistics],
        "Set up": [page("sales_cycles", "Sales cycles", "account_tree")],
    }
)

with session.read() as reading:
    names = look_ups.names(reading)

session.introduce(names.active_owners)
fields.notice()
if here in (opportunities, pipeline, conversion, win_rate, statistics):
    scope.bar(names, today=session.today(), period=here in (conversion, win_rate))
here.run()
furniture.ready()
