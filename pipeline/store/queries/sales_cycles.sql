-- a row is a sales cycle with the number of its stages and of its open, started opportunities
with in_progress as (

    select cycle_code, count(*) as open_opportunities
    from opportunities
    where status = 'in progress' and removed_on is null
    group by cycle_code

)

select
    sales_cycles.cycle_code,
    sales_cycles.description,
    sales_cycles.probability_method,
    sales_cycles.blocked,
    (select count(*) from stages where stages.cycle_code = sales_cycles.cycle_code) as stages,
    coalesce(in_progress.open_opportunities, 0) as open_opportunities
from sales_cycles
left join in_progress using (cycle_code)
order by sales_cycles.cycle_code
