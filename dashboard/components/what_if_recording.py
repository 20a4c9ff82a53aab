"""What is supposed, line by line with the way back, what stands in its way, and recording it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import formats, session
from dashboard.components import what_if_kept
from dashboard.components.what_if_changes import DROPPED, WON, Edit, Supposed
from dashboard.components.what_if_kept import FORM
from pipeline.commands import ChangeSeveral, Command
from pipeline.domain.closing import Outcome

_NAMED = 3


def not_shown(others: Mapping[int, Supposed]) -> None:
    """Say what is kept for opportunities that are not in the table; it is not counted."""
    if not others:
        return
    names = [f"{one.no} {formats.shortened(one.description)}".strip() for one in others.values()]
    more = f" and {formats.count(len(names) - _NAMED)} more" if len(names) > _NAMED else ""
    listed = formats.escape_markdown(", ".join(names[:_NAMED]))
    kept = "change is" if len(names) == 1 else "changes are"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="not-shown"):
        st.caption(
            f":material/visibility_off: {formats.count(len(names))} more {kept} kept for what is "
            f"not in this table, and not counted: {listed}{more}."
        )
        st.button(
            "Put it back" if len(names) == 1 else "Put them back",
            key="put-back-others",
            on_click=what_if_kept.put_back,
            args=(tuple(others),),
        )


def listed(made: Sequence[Edit]) -> None:
    """What is supposed, a line for each, with the way back."""
    with st.container(gap="xxsmall", key="supposed"):
        for edit in made:
            _told(edit)
    if len(made) > 1:
        st.button(
            "Put all back",
            key="put-back-all",
            on_click=what_if_kept.put_back,
            args=(tuple(edit.opportunity_id for edit in made),),
        )


def _told(edit: Edit) -> None:
    words = f"{edit.no} {formats.shortened(edit.description)}: {edit.words}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        st.caption(formats.escape_markdown(words), width="content")
        st.button(
            "Put back",
            key=f"put-back-{edit.opportunity_id}",
            type="tertiary",
            on_click=what_if_kept.put_back,
            args=((edit.opportunity_id,),),
        )


def recording(made: Sequence[Edit], reasons: Mapping[Outcome, Mapping[str, str]]) -> None:
    """What would be recorded, what stands in the way, and the two buttons."""
    if not made:
        return
    chosen = _reasons(made, reasons)
    rows = tuple(edit.wishes(chosen) for edit in made)
    lacking = [edit.lacks for edit in made]
    refused = session.rehearse(rows)
    said = [
        lack or _about(edit, why) for edit, lack, why in zip(made, lacking, refused, strict=True)
    ]
    for edit, refusal in zip(made, said, strict=True):
        if refusal:
            _refused(edit, refusal)
    FORM.complaint()
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Record these changes",
            type="primary",
            key="record-what-if",
            disabled=any(said),
            on_click=_record,
            args=(made, rows),
            help="All of them as one, dated today; it can be undone.",
        )


def _about(edit: Edit, refusal: str) -> str:
    """A refusal that says of which opportunity it is."""
    return refusal if not refusal or edit.no in refusal else f"{edit.no}: {refusal}"


def _refused(edit: Edit, refusal: str) -> None:
    st.warning(formats.escape_markdown(refusal), icon=":material/error:")
    if edit.is_outdated:
        st.button(
            f"Suppose it of {edit.no} as it stands now",
            key=f"confirm-{edit.opportunity_id}",
            on_click=what_if_kept.confirm,
            args=(edit.opportunity_id, edit.newest),
        )


def _reasons(
    made: Sequence[Edit], reasons: Mapping[Outcome, Mapping[str, str]]
) -> dict[Outcome, str | None]:
    """The close reason of each outcome that is supposed; asked for where there are several."""
    asked = {Outcome.WON: WON, Outcome.LOST: DROPPED}
    chosen: dict[Outcome, str | None] = {}
    for outcome, word in asked.items():
        if any(edit.outcome == word for edit in made):
            known = reasons.get(outcome, {})
            only = next(iter(known)) if len(known) == 1 else None
            FORM.choice(f"reason-{outcome.value}", f"Why {word}", known, value=only, width=260)
            chosen[outcome] = FORM.value(f"reason-{outcome.value}")
    return chosen


def _record(made: Sequence[Edit], rows: tuple[tuple[Command, ...], ...]) -> None:
    def carry_out() -> str:
        session.record(ChangeSeveral(rows=rows))
        what_if_kept.put_back(edit.opportunity_id for edit in made)
        return f"{formats.counted(len(rows), 'change')} recorded."

    FORM.attempt(carry_out)
