-- entries: where stays begin; ends: where they end, or stand on the as-of day. Both know a stay by
-- opportunity and length of the path so far: each stay makes the path longer, nothing else does.
entries as not materialized (

    select
        opportunity_id,
        opportunity_id * 1000000 + strlen(path) as stay,
        valid_from as entered_on
    from log
    where action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    and valid_from <= $as_of

),

moves as not materialized (

    select
        opportunity_id,
        strlen(path) - case when stage = 0 then 0 else 1 + strlen(cast(stage as varchar)) end
            as path_length,
        cycle_code,
        from_stage as stage,
        case
            when action in ('next', 'skip') then 'forward'
            when action in ('previous', 'jump') then 'back'
            else action
        end as kind,
        valid_from as ended_on
    from log
    where action in ('next', 'previous', 'skip', 'jump', 'won', 'lost')
    and from_stage > 0
    and valid_from <= $as_of

),

ends as not materialized (

    -- without a narrowed scope only those deleted by the day are left out
    select moves.*
    from moves
    anti join (select opportunity_id from present where removed_on <= $as_of) as removed
        using (opportunity_id)
    where not $narrowed

    union all

    select moves.*
    from moves
    semi join standing using (opportunity_id)
    where $narrowed

    union all

    select opportunity_id, strlen(path), cycle_code, stage, 'open', cast($as_of as date)
    from standing
    where stage > 0

)
