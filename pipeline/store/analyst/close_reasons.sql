-- A row is a reason for which opportunities are closed.
select
    close_reason_code,
    description as close_reason_description,
    outcome,
    in_win_rate
from $store.close_reasons
