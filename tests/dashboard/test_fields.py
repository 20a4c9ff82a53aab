"""A field of a form gives its widget what the session holds, however late it is first shown."""

from streamlit.testing.v1 import AppTest


def drawn(*, kept: bool) -> AppTest:
    """Draw one field of each kind, with proposals; `kept` has other values in the session."""

    def page(kept: bool) -> None:  # noqa: FBT001 (AppTest gives it so)
        from datetime import date  # noqa: PLC0415 (the page is run by itself)
        from decimal import Decimal  # noqa: PLC0415

        import streamlit as st  # noqa: PLC0415

        from dashboard.components.fields import Form  # noqa: PLC0415

        form = Form("kept")
        if kept and "begun" not in st.session_state:
            st.session_state["begun"] = True
            st.session_state[form.key("name")] = "Typed"
            st.session_state[form.key("amount")] = 7.5
            st.session_state[form.key("due_on")] = date(2026, 2, 3)
            st.session_state[form.key("way")] = "c"
        form.text("name", "Name", "Proposed")
        form.number("amount", "Amount", Decimal("2.50"))
        form.day("due_on", "Due", date(2026, 1, 2))
        form.choice("way", "Way", {"a": "First", "b": "Second", "c": "Third"}, "b")

    app = AppTest.from_function(page, kwargs={"kept": kept}, default_timeout=30).run()
    assert not app.exception, app.exception[0].message
    return app


def defaults(app: AppTest) -> tuple[object, ...]:
    """What the browser is told that each widget begins with."""
    return (
        app.text_input[0].proto.default,
        app.number_input[0].proto.default,
        list(app.date_input[0].proto.default),
        app.selectbox[0].proto.default,
    )


def test_a_field_begins_with_its_proposal() -> None:
    """Text, number, day and choice."""
    assert defaults(drawn(kept=False)) == ("Proposed", 2.5, ["2026-01-02"], 1)


def test_a_field_begins_with_what_the_session_holds() -> None:
    """A widget first shown later, in a popover for one, would send its blank back without it."""
    assert defaults(drawn(kept=True)) == ("Typed", 7.5, ["2026-02-03"], 2)


def test_a_field_that_was_changed_is_drawn_with_the_change() -> None:
    """Also when the page runs once more with the same proposals."""
    app = drawn(kept=False)
    app.text_input[0].set_value("Changed")
    app.number_input[0].set_value(9.0)
    app.selectbox[0].set_value("a")
    app.run().run()
    name, amount, _, way = defaults(app)
    assert (name, amount, way) == ("Changed", 9.0, 0)
