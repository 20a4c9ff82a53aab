-- A row is a stage of a sales cycle; position is its place in the cycle today.
select
    cycle_code,
    stage,
    position,
    description as stage_description,
    completed_percent,
    chances_percent,
    allow_skip,
    quote_required,
    date_formula
from $store.stages
