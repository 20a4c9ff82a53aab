-- A row is the stays in one stage that lasted so many days and ended in one way, or stand open on
-- the as-of day. A stay runs from entering the stage to leaving it; updates do not split it, a
-- reopening begins a new one. A period keeps the stays that began in it.
with
/* _stays */,

counted as (

    select
        cycle_code,
        ends.stage,
        ended_on - entered_on as days,
        ended_by,
        count(*) as number
    from ends
    inner join entries using (stay)
    where ($from_on is null or entered_on >= $from_on)
    and ($to_on is null or entered_on <= $to_on)
    group by cycle_code, ends.stage, days, ended_by

)

select
    cycle_code,
    stage,
    days,
    kind,
    cast(sum(number) as bigint) as number
from counted
inner join kinds using (ended_by)
group by cycle_code, stage, days, kind
