"""What was just recorded can be undone where it was recorded, and from the list of changes."""

from streamlit.testing.v1 import AppTest

from dashboard import session
from pipeline.commands import CreateTask, EditOpportunity, Reassign, UpdateOpportunity, carry_out
from pipeline.reports import look_ups
from pipeline.store import Store
from tests.dashboard.conftest import TODAY, Opened


def _undo_buttons(app: AppTest, prefix: str) -> list[object]:
    return [each for each in app.button if str(each.key).startswith(f"{prefix}-undo-")]


def _press(app: AppTest, prefix: str) -> AppTest:
    (button,) = _undo_buttons(app, prefix)
    return button.click().run()  # type: ignore[attr-defined,no-any-return]


def _opened_entry(opened: Opened, store: Store) -> AppTest:
    """Open the list with its newest entry unfolded."""
    newest = store.rows("select max(batch_id) from journal")[0][0]
    first = store.rows("select first_batch_id from undoings where batch_id = ?", [newest])
    app = opened("recent_changes")
    app.session_state[f"change-{first[0][0] if first else newest}"] = True
    return app.run()


def test_a_change_is_undone_from_the_list_and_done_again(company: Store, opened: Opened) -> None:
    """What it restores stands above the button: the amount of now and the one of before."""
    carry_out(
        company, UpdateOpportunity(opportunity_no="OP000001", amount=12_000), by="JO", today=TODAY
    )

    app = _opened_entry(opened, company)
    shown = app.dataframe[0].value
    amount = shown[shown["changed_column"] == "Amount"].iloc[0]
    assert (amount["is_now"], amount["will_be"]) == ("12,000.00", "10,000.00")

    _press(app, "list")
    assert not app.exception
    last = look_ups.opportunity(company, "OP000001").last
    assert last is not None
    assert last.amount == 10_000

    app = _opened_entry(opened, company)
    _press(app, "list")
    last = look_ups.opportunity(company, "OP000001").last
    assert last is not None
    assert last.amount == 12_000


def test_a_change_somebody_built_on_has_no_button_but_says_who(
    company: Store, opened: Opened
) -> None:
    """Lina reassigned the opportunity that Jim had renamed: the refusal names her and what."""
    wish = EditOpportunity(opportunity_no="OP000001", description="Other machines")
    carry_out(company, wish, by="JO", today=TODAY)
    batch = company.rows("select max(batch_id) from journal")[0][0]
    carry_out(company, Reassign(opportunity_no="OP000001", owner_code="LT"), by="LT", today=TODAY)

    app = opened("recent_changes")
    app.session_state[f"change-{batch}"] = True
    app.run()

    (warning,) = app.warning
    assert "reassign by LT" in warning.value
    assert not _undo_buttons(app, "list")


def test_only_what_this_person_did_is_listed(company: Store, opened: Opened) -> None:
    """Lina's changes are not Jim's to undo, so they are not in his list."""
    carry_out(
        company,
        CreateTask(description="Call", due_on=TODAY, opportunity_no="OP000001"),
        by="LT",
        today=TODAY,
    )
    app = opened("recent_changes")
    assert not any("Create task" in each.label for each in app.expander)


def test_saving_offers_to_undo_at_once(company: Store, opened: Opened) -> None:
    """The amount is back at the press of the button that appeared; the button does it again."""
    app = opened("today")
    carried = UpdateOpportunity(opportunity_no="OP000001", amount=12_000)
    recorded = carry_out(company, carried, by="JO", today=TODAY)
    app.session_state[session.LAST_DONE] = recorded[0].batch_id
    app.run()

    _press(app, "offer")
    last = look_ups.opportunity(company, "OP000001").last
    assert last is not None
    assert last.amount == 10_000
    (button,) = _undo_buttons(app, "offer")
    assert button.label == "Do again"  # type: ignore[attr-defined]


def test_after_undoing_a_move_it_can_be_made_again(company: Store, opened: Opened) -> None:
    """What one undoes oneself is no change by somebody else: the form of the move counts anew."""
    app = opened("opportunity", no="OP000001")
    for _ in range(2):
        app = next(each for each in app.button if each.label == "Move on").click().run()
        assert look_ups.opportunity(company, "OP000001").at == 3
        app = _press(app, "offer")
        assert look_ups.opportunity(company, "OP000001").at == 2
