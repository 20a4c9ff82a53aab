"""Which close reasons mean that nobody decided: the customer bought nothing, from anyone."""

import pandas as pd

WORDS = "no decision"


def is_no_decision(closed: pd.DataFrame, codes: tuple[str, ...]) -> pd.Series:
    """Say of each row whether it was lost because no decision was made.

    The company names the codes; where it names none, a reason whose code or description says "no
    decision", with whatever stands between the two words, is one.
    """
    lost = closed["outcome"] == "lost" if "outcome" in closed else True
    if codes:
        return closed["close_reason_code"].isin(codes) & lost
    said = closed["close_reason_code"].fillna("") + " " + closed["close_reason_description"]
    plain = said.astype("str").str.lower().str.replace(r"[^a-z]+", " ", regex=True)
    return plain.str.contains(WORDS, regex=False) & lost
