-- A row is what one opportunity in progress inside the scope stands with at the end of the as-of
-- day, as recorded now, laid out like the only row of its life; those that are sampled are left out.
with
open_ones as materialized (

    select * from figures where stage > 0 and opportunity_id % $parts <> 0

),

chained as not materialized (

    select
        opportunity_id,
        action,
        stage,
        valid_from,
        expected_close_on,
        lag(expected_close_on) over (partition by opportunity_id order by nth) as before_close_on
    from log
    where valid_from <= $as_of
    and opportunity_id in (select opportunity_id from open_ones)

),

lived as not materialized (

    select
        opportunity_id,
        min(valid_from) as began_on,
        max(valid_from) filter (
            action <> 'update' and action <> 'reassign' and action <> 'edit'
        ) as entered_on,
        count(*) filter (
            stage > 0 and action <> 'reopen' and expected_close_on > before_close_on
        ) as pushes
    from chained
    group by opportunity_id

),

/* _forecast_codes */

select
    open_ones.opportunity_id,
    cast(valid_from - date '1970-01-01' as integer) as valid_day,
    cast(began_on - date '1970-01-01' as integer) as began_day,
    cast(entered_on - date '1970-01-01' as integer) as entered_day,
    cast(stage as integer) as stage,
    cast(amount as double) as amount,
    cast(probability_percent as double) as probability_percent,
    cast(expected_close_on - date '1970-01-01' as integer) as expected_close_day,
    cast(pushes as integer) as pushes,
    cast(coalesce(cycle_place, case when cycle_code is null then -1 else -2 end) as smallint)
        as cycle_place,
    cast(coalesce(owner_place, case when owner_code is null then -1 else -2 end) as smallint)
        as owner_place,
    cast(coalesce(category_place, case when forecast_category is null then -1 else -2 end) as smallint)
        as category_place
from open_ones
inner join lived using (opportunity_id)
left join numbered_cycles using (cycle_code)
left join numbered_owners using (owner_code)
left join numbered_categories using (forecast_category)
order by open_ones.opportunity_id
