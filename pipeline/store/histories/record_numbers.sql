-- A row is one opportunity without a number; it gets the next of the series, by its id.
update history_opportunities
set opportunity_no = $prefix || lpad(
    ($first_digits + $step * numbered.place)::varchar,
    greatest($width, length(($first_digits + $step * numbered.place)::varchar))::integer,
    '0'
)
from (
    select
        opportunity_id,
        row_number() over (order by opportunity_id) - 1 as place
    from history_opportunities
    where opportunity_no is null
) as numbered
where numbered.opportunity_id = history_opportunities.opportunity_id
