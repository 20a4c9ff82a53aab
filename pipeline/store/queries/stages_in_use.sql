-- a row is a stage of one cycle with what stands in it now and whether it was ever entered
with in_stage as (

    select stage, count(*) as open_opportunities
    from opportunities
    where status = 'in progress' and removed_on is null and cycle_code = $cycle_code
    group by stage

),

entered as (

    select distinct stage
    from transitions
    where cycle_code = $cycle_code and retracted_at is null

)

select
    stages.stage,
    stages.position,
    stages.description,
    stages.completed_percent,
    stages.chances_percent,
    stages.allow_skip,
    stages.quote_required,
    coalesce(stages.activity_code, '') as activity_code,
    stages.date_formula,
    coalesce(stages.forecast_category, '') as forecast_category,
    coalesce(in_stage.open_opportunities, 0) as open_opportunities,
    stages.stage in (select stage from entered) as ever_used
from stages
left join in_stage using (stage)
where stages.cycle_code = $cycle_code
order by stages.position, stages.stage
