-- A row is one stage of a sales cycle as it is set up today, in the order of the cycle.
select
    cycle_code,
    sales_cycles.description as cycle_description,
    stage,
    position,
    stages.description as stage_description,
    completed_percent,
    chances_percent,
    allow_skip,
    quote_required,
    coalesce(activity_code, '') as activity_code,
    date_formula
from stages
inner join sales_cycles using (cycle_code)
order by cycle_code, position
