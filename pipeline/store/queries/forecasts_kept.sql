-- A row is a kept forecast of a scope, in its newest version, with the number of its versions.
with
numbered as (

    select
        *,
        max(version) over one as newest,
        count(*) over one as versions
    from forecasts
    where scope = $whose
    window one as (partition by method, period_from, period_to, cut_on)

)

select
    method,
    period_from,
    period_to,
    cut_on,
    version,
    versions,
    cast(forecast_amount as double) as forecast_amount,
    cast(p10_amount as double) as p10_amount,
    cast(p50_amount as double) as p50_amount,
    cast(p90_amount as double) as p90_amount,
    log_print,
    log_batch_id,
    computed_at
from numbered
where version = newest
order by method, period_from, cut_on
