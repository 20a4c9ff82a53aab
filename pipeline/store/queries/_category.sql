-- the forecast category of a row beside its stage_category: what somebody said in words that are
-- known here, else the stage's, else pipeline
coalesce(
    case lower(replace(replace(trim(forecast_category), '_', ' '), '-', ' '))
        when 'omitted' then 'omitted'
        when 'omit' then 'omitted'
        when 'pipeline' then 'pipeline'
        when 'best case' then 'best case'
        when 'bestcase' then 'best case'
        when 'upside' then 'best case'
        when 'most likely' then 'most likely'
        when 'mostlikely' then 'most likely'
        when 'probable' then 'most likely'
        when 'commit' then 'commit'
        when 'committed' then 'commit'
    end,
    stage_category,
    'pipeline'
)
