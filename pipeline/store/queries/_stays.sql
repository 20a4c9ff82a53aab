-- entries: where stays begin; ends: where they end, or stand open on the as-of day. Both know a stay
-- by opportunity and length of the path so far: each stay makes the path longer, nothing else does.
-- Actions are compared one by one: a list of them would be looked up like a table, row by row.
entries as not materialized (

    select
        opportunity_id,
        stage,
        opportunity_id * 1000000 + strlen(path) as stay,
        valid_from as entered_on
    from log
    where stage > 0
    and action <> 'update' and action <> 'reassign' and action <> 'edit'
    and valid_from <= $as_of

),

moves as not materialized (

    select
        opportunity_id,
        opportunity_id * 1000000 + strlen(path) - case
            when stage = 0 then 0
            when stage < 10 then 2
            else 1 + strlen(cast(stage as varchar))
        end as stay,
        cycle_code,
        from_stage as stage,
        action as ended_by,
        valid_from as ended_on
    from log
    where from_stage > 0
    and action <> 'update' and action <> 'reassign' and action <> 'edit' and action <> 'reopen'
    and valid_from <= $as_of

),

ends as not materialized (

    -- without a narrowed scope only those deleted by the day are left out
    select moves.*
    from moves
    anti join absent using (opportunity_id)
    where not $narrowed

    union all

    select moves.*
    from moves
    semi join standing using (opportunity_id)
    where $narrowed

    union all

    select
        opportunity_id, opportunity_id * 1000000 + strlen(path),
        cycle_code, stage, 'open', cast($as_of as date)
    from standing
    where stage > 0

),

kinds as not materialized (

    from (
        values
            ('next', 'forward'), ('skip', 'forward'), ('previous', 'back'), ('jump', 'back'),
            ('won', 'won'), ('lost', 'lost'), ('open', 'open')
    ) as kinds (ended_by, kind)

)
