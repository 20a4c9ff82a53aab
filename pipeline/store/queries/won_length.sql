-- The one row is how long those took that were won last in a cycle, at most so many: their number
-- and the days within which at least half of them were won, from creation to closing.
with
lately as (

    select closed_on - created_on as days
    from present
    where status = 'won'
    and cycle_code = $cycle_code
    and closed_on <= $as_of
    and (removed_on is null or removed_on > $as_of)
    order by closed_on desc
    limit $at_most

)

select count(*) as won, quantile_disc(days, 0.5) as half_days
from lately
