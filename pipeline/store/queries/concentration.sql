-- A row is the opportunities in progress of one part (owner, cycle; null: undivided), those inside
-- the window only when the scope has one: the sums that shares follow from, and the largest.
with
counted as not materialized (

    select
        case $by when 'owner' then owner_code when 'cycle' then cycle_code end as part,
        opportunity_id,
        amount
    from standing
    where stage > 0
    and ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)

),

parts as (

    select
        part,
        count(*) as opportunities,
        count(*) - count(amount) as without_amount,
        sum(amount) as amount,
        sum(cast(amount as double) * cast(amount as double)) as squares,
        max(amount) as top_amount,
        arg_max(opportunity_id, amount) as opportunity_id
    from counted
    group by part

)

select
    parts.* exclude (opportunity_id),
    opportunity_no,
    description
from parts
left join (select opportunity_id, opportunity_no, description from present) as named
    using (opportunity_id)
