-- next_steps: the earliest open task of each opportunity that has one, and how many are open
next_steps as not materialized (

    select
        opportunity_id,
        arg_min(task_no, (due_on, created_at, task_no)) as task_no,
        arg_min(description, (due_on, created_at, task_no)) as next_step,
        min(due_on) as next_step_on,
        count(*) as open_tasks
    from tasks
    where status <> 'completed' and opportunity_id is not null
    group by opportunity_id

)
