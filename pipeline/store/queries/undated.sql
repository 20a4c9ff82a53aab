-- The one row is the number of opportunities in progress without an expected close date.
select count(*) as undated
from standing
where stage > 0
and expected_close_on is null
