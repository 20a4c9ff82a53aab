-- log: every transition that counts; present: the opportunities themselves; absences: from when to
-- when one was out
log as not materialized (

    select * from transitions where retracted_at is null

),

present as not materialized (

    select * from opportunities

),

absences as not materialized (

    select opportunity_id, nth, removed_on, restored_on
    from past_removals
    where restored_on is not null
    and retracted_at is null

)
