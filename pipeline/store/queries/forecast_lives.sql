-- A row is one standing of an opportunity, from the day it was learned to the day the next one was,
-- as known at the end of $cut: all of one in $parts opportunities, or ($every) of all of them.
with
/* _forecast_learned */,

told as not materialized (

    select
        *,
        max(learned_on) over life as from_on,
        min(valid_from) over life as began_on,
        max(case when action not in ('update', 'reassign', 'edit') then valid_from end) over life
            as entered_on,
        lag(expected_close_on) over life as before_close_on,
        coalesce(true/* inside the scope */, false) as is_inside
    from learned
    where $every or opportunity_id % $parts = 0
    window life as (partition by opportunity_id order by nth)

),

counted as not materialized (

    select
        *,
        lead(from_on) over life as to_on,
        count(*) filter (
            stage > 0 and action <> 'reopen' and expected_close_on > before_close_on
        ) over (partition by opportunity_id order by nth) as pushes
    from told
    window life as (partition by opportunity_id order by nth)

)

select
    opportunity_id,
    nth,
    from_on - date '1970-01-01' as from_day,
    coalesce(to_on - date '1970-01-01', 1000000) as to_day,
    began_on - date '1970-01-01' as began_day,
    entered_on - date '1970-01-01' as entered_day,
    counted.cycle_code,
    counted.stage,
    coalesce(place.position, 0) as position,
    coalesce(place.stages, 0) as stages,
    owner_code,
    team_code,
    cast(
        case when counted.stage > 0 then amount when probability_percent > 0 then weighted_amount end
        as double
    ) as amount,
    cast(probability_percent as double) as probability_percent,
    forecast_category,
    expected_close_on - date '1970-01-01' as expected_close_day,
    valid_from - date '1970-01-01' as valid_day,
    cast(pushes as integer) as pushes,
    is_inside,
    opportunity_id % $parts = 0 as is_sampled
from counted
left join (
    select cycle_code, stage, position, count(*) over (partition by cycle_code) as stages from stages
) as place on place.cycle_code = counted.cycle_code and place.stage = counted.stage
left join (select owner_code, team_code from salespeople) as seller using (owner_code)
order by opportunity_id, nth
