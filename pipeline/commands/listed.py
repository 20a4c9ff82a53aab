"""Which list of contacts an opportunity belongs to: the one named, else the campaign's only one."""

from pipeline.commands.desk import Desk
from pipeline.store import contact_lists


def list_for(desk: Desk, list_no: str | None, campaign_no: str | None) -> str | None:
    """Give the list: None takes the only one of the campaign, blank takes none.

    Raises `UnknownContactListError`, `ListCampaignError`.
    """
    if list_no is None:
        return contact_lists.only_list(desk.session, campaign_no) if campaign_no else None
    if not list_no:
        return None
    known = contact_lists.contact_list(desk.session, list_no)
    known.check_fits(campaign_no)
    return known.no
