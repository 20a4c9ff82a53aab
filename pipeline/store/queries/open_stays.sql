-- A row is the opportunities in progress that entered the stage they are in so many days ago and
-- have their next step in so many days (null: none, or late).
with
entered as not materialized (

    select opportunity_id, max(valid_from) as entered_on
    from log
    semi join (select opportunity_id from standing where stage > 0) as open_ones
        using (opportunity_id)
    where action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    and valid_from <= $as_of
    group by opportunity_id

),

/* _planned */

select
    cycle_code,
    stage,
    cast($as_of as date) - entered_on as days,
    planned_in_days,
    count(*) as opportunities,
    sum(amount) as amount,
    sum(weighted_amount) as weighted_amount
from standing
inner join entered using (opportunity_id)
left join planned using (opportunity_id)
where stage > 0
group by cycle_code, stage, days, planned_in_days
