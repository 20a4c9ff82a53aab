-- A row is the changes of expected close dates in the period, of one part (owner at the time; null:
-- undivided). A push is a later date, a pull an earlier one.
with
/* _pushes */,

counted as not materialized (

    select case when $by = 'owner' then redatings.owner_code end as part, redatings.*
    from redatings
    semi join standing using (opportunity_id)

)

select
    part,
    count(*) filter (later_days > 0) as pushes,
    count(distinct opportunity_id) filter (later_days > 0) as pushed,
    coalesce(sum(later_days) filter (later_days > 0), 0) as days_pushed,
    sum(amount) filter (later_days > 0) as pushed_amount,
    count(*) filter (later_days < 0) as pulls,
    coalesce(-sum(later_days) filter (later_days < 0), 0) as days_pulled
from counted
group by part
