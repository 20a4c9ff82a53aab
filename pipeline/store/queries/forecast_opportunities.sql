-- A row is an opportunity in progress that is expected to close in the period, the largest first,
-- with its forecast category and whether somebody set it.
with
/* _stage_categories */,

inside as not materialized (

    select
        opportunity_id,
        nth,
        standing.cycle_code,
        standing.stage,
        owner_code,
        contact_no,
        amount,
        probability_percent,
        weighted_amount,
        expected_close_on,
        /* _category */ as category,
        coalesce(forecast_category, '') <> '' as is_set,
        coalesce(stage_category, 'pipeline') as stage_category,
        count(*) over () as opportunities
    from standing
    left join stage_categories
        on stage_categories.cycle_code = standing.cycle_code
        and stage_categories.stage = standing.stage
    where standing.stage > 0
    and expected_close_on between $from_on and $to_on
    order by amount desc nulls last, opportunity_id
    limit $limit

)

select
    inside.opportunity_id,
    present.opportunity_no,
    present.description,
    contacts.name as contact_name,
    inside.owner_code,
    salespeople.name as owner_name,
    inside.cycle_code,
    inside.stage,
    stages.description as stage_description,
    inside.amount,
    inside.probability_percent,
    inside.weighted_amount,
    inside.expected_close_on,
    inside.category,
    inside.is_set,
    inside.stage_category,
    present.version,
    inside.opportunities
from inside
inner join present using (opportunity_id)
left join contacts on contacts.contact_no = inside.contact_no
left join salespeople on salespeople.owner_code = inside.owner_code
left join stages on stages.cycle_code = inside.cycle_code and stages.stage = inside.stage
order by inside.amount desc nulls last, inside.opportunity_id
