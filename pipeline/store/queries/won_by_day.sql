-- A row is a day on which opportunities that stand as won were won, from $since to the as-of day.
select
    expected_close_on as won_on,
    count(*) as won,
    coalesce(sum(weighted_amount), 0) as won_amount
from figures
where stage = 0
and probability_percent > 0
and expected_close_on >= $since
group by expected_close_on
