-- A row corrects the stays that `time_in_stage` counts to the time each opportunity spent in a stage
-- altogether: for those that were in a stage more than once, the stays taken away (a negative
-- number) and their sum put in their place. It ended as the last of them ended.
with
/* _stays */,

paths as (

    select path
    from (select distinct path from standing) as every
    where len(list_distinct(string_split(path, ' '))) < len(string_split(path, ' '))

),

returned as (

    select opportunity_id from standing semi join paths using (path)

),

stays as (

    select
        ends.opportunity_id,
        cycle_code,
        stage,
        path_length,
        kind,
        entered_on,
        ended_on - entered_on as days
    from (select * from ends semi join returned using (opportunity_id)) as ends
    inner join (select * from entries semi join returned using (opportunity_id)) as entries
        on stay = ends.opportunity_id * 1000000 + path_length

),

together as (

    select
        cycle_code,
        stage,
        min(entered_on) as entered_on,
        cast(sum(days) as bigint) as days,
        arg_max(kind, path_length) as kind
    from stays
    group by opportunity_id, cycle_code, stage

),

corrections as (

    select cycle_code, stage, entered_on, days, kind, -1 as number from stays

    union all

    select cycle_code, stage, entered_on, days, kind, 1 from together

)

select
    cycle_code,
    stage,
    days,
    kind,
    cast(sum(number) as bigint) as number
from corrections
where ($from_on is null or entered_on >= $from_on)
and ($to_on is null or entered_on <= $to_on)
group by cycle_code, stage, days, kind
having sum(number) <> 0
