-- A row is the opportunities of one cycle that reached a stage (were in it or beyond it, or won) and
-- so many days later were won or lost, or are open on the as-of day. The last closing counts.
with
/* _highs */,

steps as not materialized (

    select cycle_code, stage, position from stages

),

reached as not materialized (

    select opportunity_id, steps.cycle_code, steps.stage, valid_from as reached_on
    from log
    inner join highs using (cycle_code, path)
    inner join steps
        on steps.cycle_code = log.cycle_code
        and steps.position > before_high
        and steps.position <= high
    where action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    and valid_from <= $as_of

    union all

    -- what was won counts as beyond all stages: those it never came to it passed on that day
    select opportunity_id, steps.cycle_code, steps.stage, expected_close_on
    from standing
    inner join highs using (cycle_code, path)
    inner join steps on steps.cycle_code = standing.cycle_code and steps.position > high
    where standing.stage = 0
    and probability_percent > 0
    and high > 0

),

first_reached as not materialized (

    select opportunity_id, cycle_code, stage, min(reached_on) as reached_on
    from reached
    group by opportunity_id, cycle_code, stage

)

select
    standing.cycle_code,
    first_reached.stage,
    case when standing.stage > 0 then 'open' when probability_percent > 0 then 'won' else 'lost' end
        as kind,
    greatest(
        case when standing.stage > 0 then cast($as_of as date) else expected_close_on end
            - reached_on,
        0
    ) as days,
    count(*) as number
from standing
inner join first_reached
    on first_reached.opportunity_id = standing.opportunity_id
    and first_reached.cycle_code = standing.cycle_code
group by standing.cycle_code, first_reached.stage, kind, days
