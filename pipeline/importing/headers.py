"""Names of columns, compared without what differs between spellings."""

import re
import unicodedata


def plain(header: str) -> str:
    """Give a header without anything in which spellings of one name differ.

    >>> plain(" Stage Name") == plain("StageName") == plain("stage_name")
    True
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", header).lower())
