-- a row is an opportunity with an open task: its next step, the earliest of them
with
/* _next_steps */

select
    opportunities.opportunity_no,
    next_steps.task_no,
    next_steps.next_step,
    next_steps.next_step_on,
    next_steps.open_tasks
from next_steps
inner join opportunities using (opportunity_id)
where opportunities.removed_on is null
and ($opportunity_no is null or opportunities.opportunity_no = $opportunity_no)
order by next_steps.next_step_on, opportunities.opportunity_no
