-- A row is an opportunity in progress that is expected to close in the period or is overdue, or any
-- in progress ($everything); the largest first. What is omitted from the forecast is left out.
with
/* _stage_categories */,

forecast as not materialized (

    select
        opportunity_id,
        standing.cycle_code,
        standing.stage,
        owner_code,
        contact_no,
        amount,
        expected_close_on,
        /* _category */ as category
    from standing
    left join stage_categories
        on stage_categories.cycle_code = standing.cycle_code
        and stage_categories.stage = standing.stage
    where standing.stage > 0
    and (
        $everything
        or expected_close_on between $from_on and $to_on
        or expected_close_on < $as_of
    )

),

largest as not materialized (

    select *, count(*) over () as opportunities
    from forecast
    where category <> 'omitted'
    order by amount desc nulls last, opportunity_id
    limit $limit

)

select
    largest.opportunity_id,
    present.opportunity_no,
    present.description,
    contacts.name as contact_name,
    salespeople.name as owner_name,
    stages.description as stage_description,
    largest.amount,
    largest.expected_close_on,
    largest.category,
    present.version,
    quotes.amount as quote_amount,
    largest.opportunities
from largest
inner join present using (opportunity_id)
left join quotes on quotes.quote_no = present.quote_no
left join contacts on contacts.contact_no = largest.contact_no
left join salespeople on salespeople.owner_code = largest.owner_code
left join stages on stages.cycle_code = largest.cycle_code and stages.stage = largest.stage
order by largest.amount desc nulls last, largest.opportunity_id
