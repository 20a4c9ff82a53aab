-- A row corrects the stays that `time_in_stage` counts to the time each opportunity spent in a stage
-- altogether: for those that were in a stage more than once, the stays taken away (a negative
-- number) and their sum put in their place. It ended as the last of them ended.
with
/* _stays */,

-- the stages that a path comes to more than once
visits as (

    select path, unnest(string_split(path, ' ')) as stage
    from (select distinct path from standing) as every
    where path <> ''

),

again as (

    select path, cast(stage as integer) as stage
    from visits
    group by path, stage
    having count(*) > 1

),

returned as materialized (

    select opportunity_id, again.stage
    from standing
    inner join again using (path)

),

stays as materialized (

    select
        ends.opportunity_id,
        cycle_code,
        ends.stage,
        stay,
        ended_by,
        entered_on,
        ended_on - entered_on as days
    from ends
    semi join returned using (opportunity_id, stage)
    inner join (
        select stay, entered_on
        from entries
        semi join returned using (opportunity_id, stage)
    ) as entries using (stay)

),

together as (

    select
        any_value(cycle_code) as cycle_code,
        stage,
        min(entered_on) as entered_on,
        sum(days) as days,
        arg_max(ended_by, stay) as ended_by
    from stays
    group by opportunity_id, stage

),

corrections as (

    select cycle_code, stage, entered_on, days, ended_by, -1 as number from stays

    union all

    select cycle_code, stage, entered_on, days, ended_by, 1 from together

),

counted as (

    select cycle_code, stage, days, ended_by, sum(number) as number
    from corrections
    where ($from_on is null or entered_on >= $from_on)
    and ($to_on is null or entered_on <= $to_on)
    group by cycle_code, stage, days, ended_by

)

select
    cycle_code,
    stage,
    cast(days as bigint) as days,
    kind,
    cast(sum(number) as bigint) as number
from counted
inner join kinds using (ended_by)
group by cycle_code, stage, days, kind
having sum(number) <> 0
