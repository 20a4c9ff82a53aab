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

)

select
    open_ones.opportunity_id,
    1 as nth,
    valid_from - date '1970-01-01' as from_day,
    1000000 as to_day,
    began_on - date '1970-01-01' as began_day,
    entered_on - date '1970-01-01' as entered_day,
    open_ones.cycle_code,
    open_ones.stage,
    coalesce(place.position, 0) as position,
    coalesce(place.stages, 0) as stages,
    owner_code,
    team_code,
    cast(amount as double) as amount,
    cast(probability_percent as double) as probability_percent,
    forecast_category,
    expected_close_on - date '1970-01-01' as expected_close_day,
    valid_from - date '1970-01-01' as valid_day,
    cast(pushes as integer) as pushes,
    true as is_inside,
    false as is_sampled
from open_ones
inner join lived using (opportunity_id)
left join (
    select cycle_code, stage, position, count(*) over (partition by cycle_code) as stages from stages
) as place on place.cycle_code = open_ones.cycle_code and place.stage = open_ones.stage
left join (select owner_code, team_code from salespeople) as seller using (owner_code)
order by open_ones.opportunity_id
