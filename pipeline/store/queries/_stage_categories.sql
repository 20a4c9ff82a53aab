-- stage_categories: the forecast category of what stands in each stage unless somebody says
-- otherwise: the one that is set up, else what the chances of the stage suggest.
stage_categories as not materialized (

    select
        cycle_code,
        stage,
        coalesce(
            nullif(forecast_category, ''),
            case
                when chances_percent >= 80 then 'commit'
                when chances_percent >= 50 then 'most likely'
                when chances_percent >= 20 then 'best case'
                else 'pipeline'
            end
        ) as stage_category
    from stages

)
