-- A row is the opportunities that somebody had put into a category at one of the days ($cuts), and
-- that were expected to close in its period ($starts, $ends): by that category and the one that
-- their stage suggested, how many there were and how many were won by the end of the period.
with
cuts as (

    select
        unnest($cuts::date[]) as cut_on,
        unnest($starts::date[]) as period_from,
        unnest($ends::date[]) as period_to

),

inside as (

    select *
    from log
    where forecast_category is not null
    and stage > 0/* inside the scope */

),

placed as (

    select
        cuts.cut_on,
        cuts.period_to,
        inside.opportunity_id,
        inside.forecast_category as stated_category,
        inside.chances_percent,
        stages.forecast_category as stage_category
    from cuts
    inner join inside
        on inside.valid_from <= cuts.cut_on
        and (inside.valid_to is null or inside.valid_to > cuts.cut_on)
        and inside.expected_close_on between cuts.period_from and cuts.period_to
    left join stages on stages.cycle_code = inside.cycle_code and stages.stage = inside.stage

),

won as (

    select opportunity_id, valid_from, valid_to
    from log
    where stage = 0
    and probability_percent > 0

),

ended as (

    select
        placed.*,
        exists (
            select 1
            from won
            where won.opportunity_id = placed.opportunity_id
            and won.valid_from <= placed.period_to
            and (won.valid_to is null or won.valid_to > placed.period_to)
        ) as is_won
    from placed

)

select
    stated_category,
    stage_category,
    cast(chances_percent as double) as chances_percent,
    count(*) as opportunities,
    count(*) filter (is_won) as won
from ended
group by stated_category, stage_category, chances_percent
order by stated_category, stage_category, chances_percent
