-- places: where each stage stands in its cycle today; as_stage: the stage it counts as. Beside the
-- stages of the cycles, those that are gone and mapped to one: the setting stage_map lists them as
-- "CYCLE 9 > 3; CYCLE 8 > 2".
mapping as not materialized (

    select
        regexp_extract(pair, '^\s*(.*)\s+(\d+)\s*>\s*(\d+)\s*$', 1) as cycle_code,
        cast(nullif(regexp_extract(pair, '^\s*(.*)\s+(\d+)\s*>\s*(\d+)\s*$', 2), '') as integer)
            as stage,
        cast(nullif(regexp_extract(pair, '^\s*(.*)\s+(\d+)\s*>\s*(\d+)\s*$', 3), '') as integer)
            as as_stage
    from (select unnest(string_split(value, ';')) as pair from settings where name = 'stage_map')
        as pairs

),

places as materialized (

    select cycle_code, stage, position, stage as as_stage from stages

    union all

    select mapping.cycle_code, mapping.stage, stages.position, mapping.as_stage
    from mapping
    inner join stages on stages.cycle_code = mapping.cycle_code and stages.stage = mapping.as_stage
    anti join stages as present_stages
        on present_stages.cycle_code = mapping.cycle_code and present_stages.stage = mapping.stage

)
