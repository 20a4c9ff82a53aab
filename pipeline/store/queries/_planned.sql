-- to_do: what is still to be done for opportunities at the end of the as-of day, as known now unless
-- the scope names a moment; planned: how soon the next of them that is not late is due;
-- first_steps: the earliest of them
to_do as not materialized (

    select opportunity_id, task_no, description, due_on, created_at
    from tasks
    where opportunity_id is not null
    and (closed_on is null or closed_on > $as_of)
    and (cast($known_at as timestamp) is null or created_at <= $known_at)

),

planned as not materialized (

    select opportunity_id, min(due_on) - cast($as_of as date) as planned_in_days
    from to_do
    where due_on >= $as_of
    group by opportunity_id

),

first_steps as not materialized (

    select
        opportunity_id,
        arg_min(task_no, (due_on, created_at, task_no)) as next_step_no,
        arg_min(description, (due_on, created_at, task_no)) as next_step,
        min(due_on) as next_step_on
    from to_do
    group by opportunity_id

)
