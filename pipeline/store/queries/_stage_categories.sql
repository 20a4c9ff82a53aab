-- stage_categories: the forecast category of what stands in each stage unless somebody says
-- otherwise: the one that is set up, else what the chances of the stage suggest; bands: from which
-- chances on they do, as the settings say.
bands as not materialized (

    select
        coalesce(max(percent) filter (name = 'category_commit_from'), 80) as commit_from,
        coalesce(max(percent) filter (name = 'category_likely_from'), 50) as likely_from,
        coalesce(max(percent) filter (name = 'category_best_from'), 20) as best_from
    from (
        select name, try_cast(value as decimal(5, 2)) as percent
        from settings
        where name in ('category_commit_from', 'category_likely_from', 'category_best_from')
    ) as stated

),

stage_categories as not materialized (

    select
        cycle_code,
        stage,
        coalesce(
            nullif(forecast_category, ''),
            case
                when chances_percent >= commit_from then 'commit'
                when chances_percent >= likely_from then 'most likely'
                when chances_percent >= best_from then 'best case'
                else 'pipeline'
            end
        ) as stage_category
    from stages
    cross join bands

)
