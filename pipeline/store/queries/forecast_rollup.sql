-- A row is what one owner has in one forecast category on the as-of day: in progress, where its
-- expected close date lies beside the period; or closed, won in the period.
with
/* _stage_categories */,

-- What stands alike is added up before its category is looked for: few rows have to be read in words.
alike as not materialized (

    select
        owner_code,
        cycle_code,
        stage,
        forecast_category,
        case
            when expected_close_on is null then 'undated'
            when expected_close_on < $from_on then 'before'
            when expected_close_on > $to_on then 'after'
            else 'inside'
        end as place,
        count(*) as opportunities,
        sum(amount) as amount,
        sum(weighted_amount) as weighted_amount,
        count(*) - count(amount) as without_amount,
        count(*) filter (expected_close_on < $as_of) as overdue,
        sum(amount) filter (expected_close_on < $as_of) as overdue_amount
    from figures
    where stage > 0
    group by all

    union all

    select
        owner_code,
        null as cycle_code,
        0 as stage,
        null as forecast_category,
        'inside' as place,
        count(*) as opportunities,
        sum(weighted_amount) as amount,
        sum(weighted_amount) as weighted_amount,
        count(*) - count(weighted_amount) as without_amount,
        0 as overdue,
        0 as overdue_amount
    from figures
    where stage = 0
    and probability_percent > 0
    and expected_close_on between $from_on and $to_on
    group by owner_code

),

categorised as not materialized (

    select
        alike.*,
        case when alike.stage = 0 then 'closed' else /* _category */ end as category
    from alike
    left join stage_categories
        on stage_categories.cycle_code = alike.cycle_code
        and stage_categories.stage = alike.stage

)

select
    owner_code,
    category,
    place,
    cast(sum(opportunities) as bigint) as opportunities,
    coalesce(sum(amount), 0) as amount,
    coalesce(sum(weighted_amount), 0) as weighted_amount,
    cast(sum(without_amount) as bigint) as without_amount,
    cast(sum(overdue) as bigint) as overdue,
    coalesce(sum(overdue_amount), 0) as overdue_amount
from categorised
group by owner_code, category, place
