-- a row is an opportunity of those asked for, as it is now, with how many open tasks it has
select
    opportunities.opportunity_no,
    opportunities.description,
    opportunities.status,
    opportunities.owner_code,
    coalesce(salespeople.name, opportunities.owner_code) as owner_name,
    opportunities.amount,
    coalesce(open_tasks, 0) as open_tasks
from opportunities
left join salespeople on salespeople.owner_code = opportunities.owner_code
left join (
    select opportunity_id, count(*) as open_tasks
    from tasks
    where closed_on is null and not canceled
    group by opportunity_id
) as theirs on theirs.opportunity_id = opportunities.opportunity_id
where opportunities.removed_on is null
and list_contains($numbers, opportunities.opportunity_no)
order by opportunities.opportunity_no
