-- A row is one stage of a sales cycle; a cycle without stages has one row without a stage.
select
    cycle.cycle_code,
    stage.stage,
    stage.position,
    coalesce(stage.description, '') as description
from sales_cycles as cycle
left join stages as stage on stage.cycle_code = cycle.cycle_code
order by cycle.cycle_code, stage.position
