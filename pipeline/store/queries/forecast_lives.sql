-- A row is a row of the log as known at the end of $cut, with the day on which it was learned: all
-- of one in $parts opportunities, or ($every) of all of them, in no order. What follows from the
-- rows before it is worked out where they are read.
with
/* _forecast_learned */,

/* _forecast_codes */

select
    opportunity_id,
    cast(nth as integer) as nth,
    action not in ('update', 'reassign', 'edit') as enters,
    action = 'reopen' as reopens,
    cast(learned_on - date '1970-01-01' as integer) as learned_day,
    cast(valid_from - date '1970-01-01' as integer) as valid_day,
    cast(stage as integer) as stage,
    cast(
        case when stage > 0 then amount when probability_percent > 0 then weighted_amount end
        as double
    ) as amount,
    cast(probability_percent as double) as probability_percent,
    cast(expected_close_on - date '1970-01-01' as integer) as expected_close_day,
    cast(coalesce(cycle_place, case when cycle_code is null then -1 else -2 end) as smallint)
        as cycle_place,
    cast(coalesce(owner_place, case when owner_code is null then -1 else -2 end) as smallint)
        as owner_place,
    cast(coalesce(category_place, case when forecast_category is null then -1 else -2 end) as smallint)
        as category_place,
    coalesce(true/* inside the scope */, false) as is_inside
from learned
left join numbered_cycles using (cycle_code)
left join numbered_owners using (owner_code)
left join numbered_categories using (forecast_category)
where $every or opportunity_id % $parts = 0
