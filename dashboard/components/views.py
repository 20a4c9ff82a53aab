"""Saved views in the sidebar: open one, save the page as it stands, rename and remove one's own."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard import formats, session
from dashboard.components.fields import Form
from pipeline.commands import RemoveView, RenameView, SaveView
from pipeline.domain.views import SavedView

EVERYBODY = "Everybody sees it"


def sidebar(seen: Sequence[SavedView], pages: Mapping[str, st.Page], here: str) -> None:
    """The views that the person who is here sees, and a way to save the page that is open."""
    with st.sidebar, st.container(gap="xxsmall", key="views"):
        st.caption("Saved views")
        known = [view for view in seen if view.page in pages]
        if known:
            st.html(_listed([(view, pages[view.page].url_path) for view in known]))
        with st.popover("Save this view", icon=":material/bookmark_add:", type="tertiary"):
            _save(here)
        own = [view for view in seen if view.by == session.who()]
        if own:
            with st.popover("Rename or remove", icon=":material/edit:", type="tertiary"):
                _change(own)


def _listed(views: Sequence[tuple[SavedView, str]]) -> str:
    """The views as links of the browser's own.

    A page that is loaded anew takes its filters from the address and from nowhere else, so a view
    opens exactly as it was saved, whatever has been set since. Who is here goes along.
    """
    me = urlencode({session.ME: session.who()})
    items = [
        f'<li style="padding:0.15rem 0"><a style="color:inherit" '
        f'href="{escape(f"./{path}?{view.query}&{me}")}" '
        f'title="{escape(_whose(view))}">{escape(view.name)}</a></li>'
        for view, path in views
    ]
    return f'<ul style="list-style:none;margin:0;padding:0">{"".join(items)}</ul>'


def _whose(view: SavedView) -> str:
    return f"Saved by {view.by}" + (", for everybody" if view.shared else "")


def _save(page: str) -> None:
    form = Form("save-view")
    with st.form(form.key("form"), border=False):
        form.text("name", "Name", placeholder="Monday meeting", max_chars=60)
        st.checkbox(EVERYBODY, key=form.key("shared"))
        form.complaint()
        st.form_submit_button("Save", on_click=partial(_saved, form, page, address()))


def _saved(form: Form, page: str, query: str) -> None:
    def carry_out() -> str:
        name = form.words("name")
        session.record(
            SaveView(name=name, page=page, query=query, shared=bool(form.value("shared")))
        )
        return f"The view “{formats.escape_markdown(name)}” is saved."

    form.attempt(carry_out)


def _change(own: Sequence[SavedView]) -> None:
    form = Form("change-view")
    named = {view.id: view.name for view in own}
    form.choice("view_id", "View", named, own[0].id)
    form.text("name", "New name", max_chars=60)
    form.complaint()
    with st.container(horizontal=True):
        st.button("Rename", key="rename-view", on_click=_asked, args=(form, _rename, "renamed"))
        st.button("Remove", key="remove-view", on_click=_asked, args=(form, _remove, "removed"))


def _asked(form: Form, command: Callable[[Form], RenameView | RemoveView], done: str) -> None:
    def carry_out() -> str:
        session.record(command(form))
        return f"The view is {done}."

    form.attempt(carry_out)


def _rename(form: Form) -> RenameView:
    return RenameView(view_id=int(form.value("view_id") or 0), name=form.words("name"))


def _remove(form: Form) -> RemoveView:
    return RemoveView(view_id=int(form.value("view_id") or 0))


def address() -> str:
    """What stands behind the question mark of the page's address."""
    return urlencode(
        [(name, word) for name in st.query_params for word in st.query_params.get_all(name)]
    )
