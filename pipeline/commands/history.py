"""The bulk road: opportunities with the whole life they lived elsewhere."""

from dataclasses import dataclass

import pandas as pd

from pipeline.commands.desk import Desk, Recorded
from pipeline.store.history import record_history
from pipeline.store.journal import give_up


@dataclass(frozen=True, kw_only=True, eq=False)
class RecordHistory:
    """Record opportunities together with their transitions, contacts first where they are new.

    What a system, a file or a simulation knows is given; what the rules make of it (previous
    stage, path, validity, completed, probability, weighted amount, the standing) is computed by
    the store. Raises `HistoryRefusedError` with every rule that is broken; then nothing is
    recorded.

    `opportunities`, a row for each:

    | column | |
    |---|---|
    | external_id | its key in the source; a source never gives one twice |
    | description, contact_no, owner_code, cycle_code, campaign_no | |
    | created_on | a day |
    | opportunity_no | optional; else the next of the number series, by creation day |
    | company_no | optional; else the contact's company |
    | priority | optional: low, normal, high; else normal |
    | created_at, created_by | optional; else when and who recorded the first transition |

    `transitions`, a row for each; an opportunity without any is not started:

    | column | |
    |---|---|
    | external_id, nth | the opportunity; 1, 2, 3 ... inside it |
    | action, stage | the stage the transition leads to; 0 for won and lost |
    | amount | null: not known |
    | chances_percent | null or 0: the stage's; skip and jump always take the stage's |
    | expected_close_on, owner_code, close_reason_code | |
    | valid_from | the business day, never before that of the row in front |
    | recorded_at, recorded_by | the moment (UTC), and who |
    | won_amount | optional, on won rows; null: the amount |
    | contact_no, forecast_category, note | optional |

    An owner or contact that is null on a transition is the opportunity's.

    `contacts`: contact_no, type (company, person), name, company_no, owner_code, is_customer.
    """

    source: str
    opportunities: pd.DataFrame
    transitions: pd.DataFrame
    contacts: pd.DataFrame | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `HistoryRefusedError`, `HistoryColumnsError`, `NumberSeries…Error`."""
        give_up(desk.session)
        record_history(desk.session, self, desk.stamp)
        return Recorded(what="history", no=self.source)
