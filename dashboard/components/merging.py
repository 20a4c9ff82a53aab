"""Merge two opportunities that are one: choose which one stays, see what becomes of it, do it."""

import pandas as pd
import streamlit as st

from dashboard import formats, session
from dashboard.components import furniture
from dashboard.components.fields import Form
from dashboard.components.offers import stage_name
from dashboard.session import Session
from pipeline.commands import KeepApart, MergeOpportunities, UnmergeOpportunities
from pipeline.domain.opportunities import Opportunity
from pipeline.reports import look_ups, twins
from pipeline.reports.look_ups import Names

FORM = Form("merge")
_HISTORY = ["valid_from", "action", "stage", "amount", "expected_close_on", "owner_code", "note"]
_FIELDS = {"campaign_no": "campaign", "quote_no": "quote"}


def editor(reading: Session, names: Names, first_no: str, second_no: str) -> None:
    """Both opportunities beside each other, which one stays, and what merging makes of it."""
    both = [look_ups.opportunity(reading, no) for no in (first_no, second_no)]
    with st.container(border=True, key="merge-editor"):
        st.subheader("Merge two opportunities", anchor=False)
        stays = st.radio(
            "Which one stays?",
            [one.no for one in both],
            format_func=lambda no: formats.escape_markdown(_title(no, both)),
            key=FORM.key("survivor_no"),
            horizontal=True,
        )
        survivor, loser = both if stays == both[0].no else both[::-1]
        stages = {one.no: _stage(reading, one) for one in both}
        st.dataframe(_beside(survivor, loser, names, stages), hide_index=True)
        for sentence in _outcome(survivor, loser, formats.day(session.today())):
            st.markdown(f"- {formats.escape_markdown(sentence)}")
        _histories(reading, both)
        FORM.complaint()
        with st.container(horizontal=True):
            st.button("Merge", type="primary", key="merge", on_click=_merge, args=(survivor, loser))
            st.button(
                "Not a duplicate", key="keep-apart", on_click=_apart, args=(first_no, second_no)
            )
            st.button("Cancel", key="merge-cancel", on_click=_close)


def _title(no: str, both: list[Opportunity]) -> str:
    return next(f"{one.no} {one.description}" for one in both if one.no == no)


def _stage(reading: Session, one: Opportunity) -> str:
    """Where an opportunity stands, with the name of the stage."""
    if not one.at:
        return formats.NOTHING
    return stage_name(look_ups.sales_cycle(reading, one.cycle_code), one.at)


def _beside(
    survivor: Opportunity, loser: Opportunity, names: Names, stages: dict[str, str]
) -> pd.DataFrame:
    """What each is, and what the one that stays will be."""
    taken = twins.taken_over(survivor, loser)
    kept = _facts(survivor, names, stages)
    result = kept | {
        label: str(taken[name])
        for name, label in (("campaign_no", "Campaign"), ("quote_no", "Quote"))
        if name in taken
    }
    return pd.DataFrame(
        {
            "Field": list(kept),
            f"{survivor.no} (stays)": list(kept.values()),
            loser.no: list(_facts(loser, names, stages).values()),
            "After merging": list(result.values()),
        }
    )


def _facts(one: Opportunity, names: Names, stages: dict[str, str]) -> dict[str, str]:
    last = one.last
    return {
        "Description": one.description,
        "Status": one.status.value,
        "Stage": stages[one.no],
        "Amount": formats.money(last.amount if last else None),
        "Expected close date": formats.day(last.expected_close_on if last else None),
        "Owner": names.owners.get(one.owner_code or "", one.owner_code or formats.NOTHING),
        "Contact": one.contact_no or formats.NOTHING,
        "Campaign": one.campaign_no or formats.NOTHING,
        "Quote": one.quote.no if one.quote else formats.NOTHING,
        "Created on": formats.day(one.created_on),
    }


def _outcome(survivor: Opportunity, loser: Opportunity, today: str) -> list[str]:
    taken = [
        f"{_FIELDS[name]} {value}" for name, value in twins.taken_over(survivor, loser).items()
    ]
    over = ", ".join(["tasks", "interactions", *taken])
    return [
        f"{survivor.no} stays as it is; {over} of {loser.no} go over to it.",
        f"{loser.no} is removed from {today} on; until then it counts as it did.",
        "Both histories stay readable, and the two can be taken apart again.",
    ]


def _histories(reading: Session, both: list[Opportunity]) -> None:
    for one, place in zip(both, st.columns(2), strict=True):
        with place:
            st.caption(formats.escape_markdown(f"History of {one.no}"))
            history(reading, one)


def history(reading: Session, one: Opportunity) -> None:
    """The log of an opportunity as a small table."""
    log = look_ups.log(reading, one.id)
    shown = [name for name in _HISTORY if name in log.columns]
    st.dataframe(
        furniture.styled(log[shown]),
        hide_index=True,
        height=180,
        column_config=furniture.column_config(shown, {}),
    )


def section(reading: Session, opportunity: Opportunity) -> None:
    """What was merged into an opportunity, each with its history and the way back."""
    for merged in twins.swallowed(reading, opportunity.no):
        loser = twins.gone(reading, merged.loser_no)
        if loser is None:
            continue
        day = formats.day(merged.merged_on)
        words = f"{loser.no} {loser.description} was merged into this one on {day}"
        with st.expander(formats.escape_markdown(words), icon=":material/merge:"):
            history(reading, loser)
            st.button(
                "Take apart again", key=f"unmerge-{loser.no}", on_click=_unmerge, args=(loser.no,)
            )
    FORM.complaint()


def whereto(reading: Session, no: str) -> None:
    """Of an opportunity that is gone because it was merged: the way to the one that stayed."""
    merged = twins.merged_into(reading, no)
    if merged is not None:
        st.page_link(
            "app_pages/opportunity.py",
            label=formats.escape_markdown(
                f"It was merged into {merged.survivor_no}. Open that one"
            ),
            icon=":material/merge:",
            query_params={"no": merged.survivor_no},
        )


def _merge(survivor: Opportunity, loser: Opportunity) -> None:
    def carry_out() -> str:
        wish = MergeOpportunities(
            survivor_no=survivor.no,
            loser_no=loser.no,
            seen=survivor.version,
            seen_loser=loser.version,
        )
        session.record(wish)
        _close()
        return formats.escape_markdown(f"{loser.no} is merged into {survivor.no}.")

    FORM.attempt(carry_out)


def _apart(first_no: str, second_no: str) -> None:
    def carry_out() -> str:
        session.record(KeepApart(opportunity_no=first_no, other_nos=(second_no,)))
        _close()
        return formats.escape_markdown(f"{first_no} and {second_no} are two; it is remembered.")

    FORM.attempt(carry_out)


def _unmerge(loser_no: str) -> None:
    def carry_out() -> str:
        session.record(UnmergeOpportunities(loser_no=loser_no))
        return formats.escape_markdown(f"{loser_no} is there again.")

    FORM.attempt(carry_out)


def open_pair(first_no: str, second_no: str) -> None:
    """Open the editor for a pair; the address says so, so that it is a link."""
    st.query_params["merge"] = [first_no, second_no]


def _close() -> None:
    if "merge" in st.query_params:
        del st.query_params["merge"]
