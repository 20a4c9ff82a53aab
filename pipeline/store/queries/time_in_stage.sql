-- A row is the stays in one stage that lasted so many days and ended in one way, or stand open on
-- the as-of day. A stay runs from entering the stage to leaving it; updates do not split it, a
-- reopening begins a new one. A period keeps the stays that began in it.
with
/* _stays */

select
    cycle_code,
    stage,
    ended_on - entered_on as days,
    kind,
    count(*) as number
from ends
inner join entries on stay = ends.opportunity_id * 1000000 + path_length
where ($from_on is null or entered_on >= $from_on)
and ($to_on is null or entered_on <= $to_on)
group by cycle_code, stage, days, kind
