"""Saved views in the sidebar: open one, save the page as it stands, rename and remove one's own."""

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import parse_qs, urlencode

import streamlit as st

from dashboard import formats, scope, session
from dashboard.components.drill import GO_TO
from dashboard.components.fields import Form
from pipeline.commands import RemoveView, RenameView, SaveView
from pipeline.domain.views import SavedView

EVERYBODY = "Everybody sees it"


def sidebar(seen: Sequence[SavedView], page: str) -> None:
    """The views that the person who is here sees, and a way to save the page that is open."""
    with st.sidebar, st.container(gap="xxsmall", key="views"):
        st.caption("Saved views")
        for view in seen:
            st.button(
                formats.escape_markdown(view.name),
                key=f"view-{view.id}",
                icon=":material/group:" if view.by != session.who() else ":material/bookmark:",
                type="tertiary",
                on_click=_open,
                args=(view,),
            )
        with st.popover("Save this view", icon=":material/bookmark_add:", type="tertiary"):
            _save(page)
        own = [view for view in seen if view.by == session.who()]
        if own:
            with st.popover("Rename or remove", icon=":material/edit:", type="tertiary"):
                _change(own)


def _open(view: SavedView) -> None:
    """Go to the page with exactly the address that was saved.

    Filters that the address does not name are forgotten first: they would else be kept.
    """
    query = parse_qs(view.query)
    for name in {*scope.NAMES, *st.query_params, *query}:
        st.session_state.pop(name, None)
    st.query_params.clear()
    st.session_state[GO_TO] = (view.page, query)


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
