-- A row is an entry of the opportunity $opportunity_id, or a task of it, in the order of printing:
-- the tasks made by hand, then each entry with the tasks it brought.
with
entries as (

    select
        nth,
        batch_id,
        log.stage,
        coalesce(stages.description, '') as what,
        valid_from as due_on,
        expected_close_on,
        valid_to is null or valid_to > $as_of as is_active,
        quote_required,
        allow_skip
    from log
    left join stages on stages.cycle_code = log.cycle_code and stages.stage = log.stage
    where opportunity_id = $opportunity_id
    and log.stage > 0
    and valid_from <= $as_of
    and action not in ('reassign', 'edit')

),

own_tasks as (

    select
        task_no, tasks.stage, type, description, priority, tasks.due_on, status, canceled,
        coalesce(entries.nth, 0) as nth
    from tasks
    left join entries on entries.batch_id = tasks.batch_id and entries.stage = tasks.stage
    where tasks.opportunity_id = $opportunity_id

)

select
    nth, 0 as inside, 'stage' as kind, stage, what, due_on, expected_close_on, is_active,
    quote_required, allow_skip, null as task_status, null as priority, null as task_type,
    null as record_no
from entries

union all

select
    nth, 1, case nth when 0 then 'task' else 'task of the stage' end, stage, description, due_on,
    null, null, null, null, case when canceled then 'canceled' else status end, priority, type,
    task_no
from own_tasks

order by nth, inside, due_on, record_no
