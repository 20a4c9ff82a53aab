-- A row is how many opportunities of one cycle stood in a stage at an end of the period, came into
-- one from outside (started, restored, reopened, transferred in), went out of one (won, lost,
-- removed, transferred out), or moved from one to another.
with
/* _touched */,

lives as not materialized (

    select
        opportunity_id,
        nth,
        cycle_code,
        stage,
        from_stage,
        valid_from,
        valid_to,
        probability_percent > 0 as has_chances,
        coalesce(true/* inside the scope */, false) as is_inside
    from touched

),

neighbours as not materialized (

    select
        *,
        lag(valid_to) over life as before_to,
        lag(stage) over life as before_stage,
        lag(is_inside) over life as before_inside,
        lead(valid_from) over life as next_from
    from lives
    window life as (partition by opportunity_id order by nth)

),

steps as materialized (

    select
        cycle_code,
        stage,
        has_chances,
        is_inside,
        before_inside,
        valid_from >= $from_on as is_moved,
        coalesce(before_to < valid_from, true) as arrives,
        before_to is null and from_stage = 0 as starts,
        case when before_to = valid_from then before_stage else 0 end as before_stage,
        coalesce(valid_to <= $to_on, false) and coalesce(next_from > valid_to, true) as is_removed,
        count(*) as opportunities
    from neighbours
    group by all

),

ends as materialized (

    select
        cycle_code,
        stage,
        count(*) filter (valid_from < $from_on and (valid_to is null or valid_to >= $from_on))
            as at_start,
        count(*) filter (valid_to is null or valid_to > $to_on) as at_end
    from log
    where valid_from <= $to_on
    and (valid_to is null or valid_to >= $from_on)
    and stage > 0/* inside the scope */
    group by cycle_code, stage

)

select cycle_code, 'start' as kind, 0 as left_stage, stage, at_start as opportunities from ends

union all

select cycle_code, 'end', stage, 0, at_end from ends

union all

select
    cycle_code,
    case when not arrives then 'reopened' when starts then 'started' else 'restored' end,
    0,
    stage,
    opportunities
from steps
where is_moved and is_inside and stage > 0 and before_stage = 0

union all

select cycle_code, 'transferred in', 0, before_stage, opportunities
from steps
where is_moved and before_stage > 0 and is_inside and not before_inside

union all

select cycle_code, 'transferred out', before_stage, 0, opportunities
from steps
where is_moved and before_stage > 0 and before_inside and not is_inside

union all

select cycle_code, 'moved', before_stage, stage, opportunities
from steps
where is_moved and is_inside and before_stage > 0 and stage > 0 and stage <> before_stage

union all

select cycle_code, case when has_chances then 'won' else 'lost' end, before_stage, 0, opportunities
from steps
where is_moved and is_inside and before_stage > 0 and stage = 0

union all

select cycle_code, 'removed', stage, 0, opportunities
from steps
where is_removed and is_inside and stage > 0
