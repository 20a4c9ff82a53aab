-- A row is one opportunity that came without a number; by its id it gets the next.
update history_opportunities
set opportunity_no = numbers.opportunity_no
from history_numbers as numbers
join (
    select opportunity_id, row_number() over (order by opportunity_id) as place
    from history_opportunities
    where opportunity_no is null
) as waiting on waiting.place = numbers.place
where waiting.opportunity_id = history_opportunities.opportunity_id
