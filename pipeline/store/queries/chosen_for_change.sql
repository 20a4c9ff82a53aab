-- a row is an opportunity of those asked for, as it is now, with what can be changed of it
select
    opportunities.opportunity_no,
    opportunities.description,
    opportunities.status,
    opportunities.owner_code,
    opportunities.amount,
    opportunities.expected_close_on,
    opportunities.forecast_category,
    coalesce(stages.description, '') as stage_description,
    opportunities.version
from opportunities
left join stages
    on stages.cycle_code = opportunities.cycle_code and stages.stage = opportunities.stage
where opportunities.removed_on is null
and list_contains($numbers, opportunities.opportunity_no)
order by opportunities.opportunity_no
