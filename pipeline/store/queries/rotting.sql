-- A row is an opportunity in progress that has been in its stage longer than the limit of the stage
-- and has no next step within as many days, the largest first, with the number and the amount of all of them.
with
limits as not materialized (

    select
        unnest(cast($limit_cycles as varchar[])) as cycle_code,
        unnest(cast($limit_stages as integer[])) as stage,
        unnest(cast($limit_days as integer[])) as limit_days

),

entered as not materialized (

    select opportunity_id, max(valid_from) as entered_on
    from log
    semi join (select opportunity_id from standing where stage > 0) as open_ones
        using (opportunity_id)
    where action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    and valid_from <= $as_of
    group by opportunity_id

),

/* _planned */,

rotting as materialized (

    select
        standing.opportunity_id,
        standing.cycle_code,
        standing.stage,
        standing.owner_code,
        contact_no,
        amount,
        weighted_amount,
        expected_close_on,
        entered_on,
        cast($as_of as date) - entered_on as stage_age_days,
        limit_days
    from standing
    inner join entered using (opportunity_id)
    inner join limits using (cycle_code, stage)
    left join planned using (opportunity_id)
    where cast($as_of as date) - entered_on > limit_days
    and not coalesce(planned_in_days <= limit_days, false)

),

totals as (

    select
        count(*) as total_opportunities,
        sum(amount) as total_amount,
        sum(weighted_amount) as total_weighted_amount
    from rotting

),

largest as (

    select * from rotting order by weighted_amount desc nulls last, opportunity_id limit $limit

)

select
    totals.*,
    opportunity_no,
    present.description,
    contacts.name as contact_name,
    salespeople.name as owner_name,
    largest.* exclude (opportunity_id)
from totals
left join largest on true
left join present using (opportunity_id)
left join contacts on contacts.contact_no = largest.contact_no
left join salespeople on salespeople.owner_code = largest.owner_code
order by largest.weighted_amount desc nulls last, opportunity_no
