-- a row is a task that is asked for, with the names of whom and what it is about
select
    tasks.task_no,
    tasks.description as task,
    tasks.due_on,
    tasks.type as task_type,
    tasks.priority as task_priority,
    tasks.status as task_status,
    tasks.canceled,
    tasks.closed_on,
    tasks.owner_code,
    salespeople.name as task_owner,
    tasks.team_code,
    teams.name as team_name,
    opportunities.opportunity_no,
    opportunities.description,
    tasks.contact_no,
    contacts.name as contact_name,
    tasks.stage,
    tasks.activity_code,
    coalesce(said.comments, 0) as comments
from tasks
left join salespeople using (owner_code)
left join teams on teams.team_code = tasks.team_code
left join opportunities
    on opportunities.opportunity_id = tasks.opportunity_id and opportunities.removed_on is null
left join contacts on contacts.contact_no = tasks.contact_no
left join (
    select no, count(*) as comments from comments where about = 'task' group by no
) as said on said.no = tasks.task_no
where ($task_no is null or tasks.task_no = $task_no)
and ($opportunity_id is null or tasks.opportunity_id = $opportunity_id)
and ($contact_no is null or tasks.contact_no = $contact_no or contacts.company_no = $contact_no)
and ($owner_code is null or tasks.owner_code = $owner_code)
and (
    $team_code is null
    or tasks.team_code = $team_code
    or salespeople.team_code = $team_code
)
and (
    (tasks.status <> 'completed' and not $done)
    or (tasks.status = 'completed' and ($done or $closed))
)
order by
    tasks.status = 'completed',
    case when tasks.status <> 'completed' then tasks.due_on end,
    tasks.closed_on desc,
    case tasks.priority when 'high' then 1 when 'normal' then 2 else 3 end,
    tasks.created_at,
    tasks.task_no
limit $at_most
