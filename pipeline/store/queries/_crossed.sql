-- crossed: when each opportunity first came to a stage of its cycle or beyond it, with its amount
-- on that day. A row of the log crosses where its last stay leads the path there for the first
-- time; what was won without ever coming so far crossed on the day it was won.
/* _highs */,

crossed as materialized (

    select opportunity_id, valid_from as reached_on, amount
    from log
    inner join highs using (cycle_code, path)
    inner join (select cycle_code, position from places where stage = $crossed_stage) as asked
        using (cycle_code)
    where $crossed_stage is not null
    and action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    and valid_from <= $as_of
    and before_high < position
    and high >= position

    union all

    select opportunity_id, expected_close_on, amount
    from standing
    inner join highs using (cycle_code, path)
    inner join (select cycle_code, position from places where stage = $crossed_stage) as asked
        using (cycle_code)
    where $crossed_stage is not null
    and standing.stage = 0
    and probability_percent > 0
    and high < position

)
