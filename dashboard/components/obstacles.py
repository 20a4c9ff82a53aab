"""Where to look at what a refusal says is in the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from dashboard import formats
from pipeline.domain import errors
from pipeline.domain.errors import PipelineError

OPEN = ["not started", "in progress"]


@dataclass(frozen=True)
class Way:
    """A link under a refusal: its words, the page it leads to, and what that page is asked for."""

    label: str
    page: str
    query: dict[str, list[str]] = field(default_factory=dict)


def _list(**query: list[str]) -> Way:
    return Way("Show these opportunities", "opportunities", query)


def _opportunity(no: str, **query: str) -> Way:
    words = f"Go to {formats.escape_markdown(no)}"
    return Way(words, "opportunity", {"no": [no], **{name: [word] for name, word in query.items()}})


def _quote(no: str) -> Way:
    return Way("Go to the quote", "quote", {"no": [no]})


_PEOPLE = Way("Go to people", "people")
_CYCLES = Way("Go to the sales cycles", "sales_cycles")
_LISTS = Way("Go to the lists of contacts", "contact_lists")
_SERIES = Way("Go to the number series", "company")
_CAMPAIGNS = Way("Go to the campaigns", "campaigns")
_WAYS: dict[type[PipelineError], Callable[[Any], Way]] = {
    errors.SalespersonInUseError: lambda refusal: _list(in_owner=[refusal.code], status=OPEN),
    errors.ContactInUseError: lambda refusal: _list(in_contact=[refusal.no], status=OPEN),
    errors.ContactTypeError: lambda refusal: _list(in_contact=[refusal.no]),
    errors.CampaignInUseError: lambda refusal: _list(in_campaign=[refusal.no]),
    errors.CloseReasonInUseError: lambda refusal: _list(reason=[refusal.code]),
    errors.CloseReasonOutcomeFixedError: lambda refusal: _list(reason=[refusal.code]),
    errors.SalesCycleInUseError: lambda refusal: _list(
        in_cycle=[refusal.code], status=["in progress"]
    ),
    errors.StageInUseError: lambda refusal: _list(
        in_cycle=[refusal.cycle_code], stage=[str(refusal.stage)], status=["in progress"]
    ),
    errors.OpenTasksError: lambda refusal: Way(
        "Show these tasks", "tasks", {name: [code] for name, code in refusal.of.items()}
    ),
    errors.ActivityInUseError: lambda _: _CYCLES,
    errors.NoStagesError: lambda _: _CYCLES,
    errors.BlockedSalesCycleError: lambda _: _CYCLES,
    errors.TeamInUseError: lambda _: _PEOPLE,
    errors.BlockedSalespersonError: lambda _: _PEOPLE,
    errors.NumberSeriesMissingError: lambda _: _SERIES,
    errors.NumberSeriesEndedError: lambda _: _SERIES,
    errors.ManualNumberError: lambda _: _SERIES,
    errors.CampaignDatesError: lambda _: _CAMPAIGNS,
    errors.CampaignNotActivatedError: lambda _: _CAMPAIGNS,
    errors.DeleteInProgressError: lambda refusal: _opportunity(refusal.opportunity_no),
    errors.DeleteNotClosedError: lambda refusal: _opportunity(refusal.opportunity_no),
    errors.QuoteRequiredError: lambda refusal: Way(
        "Create or assign a quote",
        "opportunity",
        {"no": [refusal.opportunity_no], "do": ["quote"]},
    ),
    errors.QuoteTakenError: lambda refusal: _opportunity(refusal.opportunity_no),
    errors.SecondQuoteError: lambda refusal: _opportunity(refusal.opportunity_no, do="quote"),
    errors.QuoteNotAssignedError: lambda refusal: _opportunity(refusal.opportunity_no, do="quote"),
    errors.OrderFixedError: lambda refusal: _quote(refusal.quote_no),
    errors.CloseAtOrderError: lambda refusal: _opportunity(refusal.opportunity_no),
    errors.WonOrderError: lambda refusal: _opportunity(refusal.opportunity_no),
    errors.ContactListInUseError: lambda refusal: _list(in_list=[refusal.no]),
    errors.ContactListedError: lambda refusal: Way(
        "Go to the list", "contact_list", {"no": [refusal.lists[0]]}
    ),
    errors.EmptyContactListError: lambda refusal: Way(
        "Go to the list", "contact_list", {"no": [refusal.list_no]}
    ),
    errors.ListCampaignError: lambda _: _LISTS,
}
"""What each refusal leads to; one that is about what was typed leads nowhere."""


def way(refusal: PipelineError) -> Way | None:
    """Where what is in the way can be seen; None where the refusal is about what was typed."""
    leads = _WAYS.get(type(refusal))
    return leads(refusal) if leads else None


def link(found: Way) -> None:
    """Draw the link."""
    st.page_link(
        f"app_pages/{found.page}.py",
        label=found.label,
        icon=":material/arrow_forward:",
        query_params=found.query,
    )
