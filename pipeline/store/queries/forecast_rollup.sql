-- A row is what one owner has in one forecast category on the as-of day: in progress, where its
-- expected close date lies beside the period; or closed, won in the period.
with
/* _stage_categories */,

categorised as not materialized (

    select
        owner_code,
        case when standing.stage = 0 then 'closed' else /* _category */ end as category,
        case
            when expected_close_on is null then 'undated'
            when expected_close_on < $from_on then 'before'
            when expected_close_on > $to_on then 'after'
            else 'inside'
        end as place,
        case when standing.stage = 0 then weighted_amount else amount end as amount,
        weighted_amount,
        standing.stage > 0 and expected_close_on < $as_of as is_overdue
    from standing
    left join stage_categories
        on stage_categories.cycle_code = standing.cycle_code
        and stage_categories.stage = standing.stage
    where standing.stage > 0
    or (probability_percent > 0 and expected_close_on between $from_on and $to_on)

)

select
    owner_code,
    category,
    place,
    count(*) as opportunities,
    coalesce(sum(amount), 0) as amount,
    coalesce(sum(weighted_amount), 0) as weighted_amount,
    count(*) - count(amount) as without_amount,
    count(*) filter (is_overdue) as overdue,
    coalesce(sum(amount) filter (is_overdue), 0) as overdue_amount
from categorised
group by owner_code, category, place
