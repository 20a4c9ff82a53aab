-- A row is a chance that a method gave at a cut to open opportunities, in the newest version of its
-- forecasts: to how many, and how many of those were won by the end of the period.
with
newest as (

    select method, period_from, period_to, cut_on, max(version) as version
    from forecasts
    where scope = $whose
    group by method, period_from, period_to, cut_on

)

select
    method,
    period_from,
    period_to,
    cut_on,
    cast(probability as double) as probability,
    cast(sum(cases) as bigint) as cases,
    cast(sum(happened) as bigint) as happened
from forecast_chances
semi join newest using (method, period_from, period_to, cut_on, version)
where scope = $whose
group by method, period_from, period_to, cut_on, probability
order by method, cut_on, probability
