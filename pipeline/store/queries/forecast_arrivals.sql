-- A row is a day on which opportunities of the scope began, with their number.
select started_on - date '1970-01-01' as began_day, count(*) as number
from figures
inner join (select opportunity_id, started_on from present) as started using (opportunity_id)
group by started_on
order by started_on
