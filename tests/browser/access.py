"""What axe finds in a page, for all browser tests; what is the framework's own is left out once."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MAIN = "[data-testid=stMain]"
"""The page itself, the board, the sheet and the buttons at hand among it.

The navigation beside it is Streamlit's own: its list holds groups instead of items (axe: `list`,
`listitem`), which no page can change.
"""
DIALOG = "[role=dialog]"
"""A dialog that is open; it stands outside the page's main part."""


def serious(page: Page, part: str = MAIN) -> list[str]:
    """What axe finds in a part of the page that keeps somebody out; nothing, where all is well."""
    found = Axe().run(page, context=[[part]])
    return [
        f"{each['id']}: {node['html'][:120]}"
        for each in found.response["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]
