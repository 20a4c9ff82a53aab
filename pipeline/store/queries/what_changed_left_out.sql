-- The one row counts the opportunities in progress, at the start of the period or in it, that no sum
-- holds: without an amount, and without an expected close date where there is a window.
select
    count(distinct opportunity_id) filter (amount is null) as without_amount,
    count(distinct opportunity_id) filter (expected_close_on is null) as undated
from log
where valid_from <= $to_on
and (valid_to is null or valid_to >= $from_on)
and stage > 0
and (
    (amount is null and (expected_close_on is null or /* _in_window */))
    or (expected_close_on is null and ($expected_from is not null or $expected_to is not null))
)/* inside the scope */
