-- A row is an opportunity in progress whose next stage asks for a quote that it does not have, the
-- first to close first; beside each how many there are and what they bring together.
with
places as (

    select
        cycle_code,
        stage,
        lead(description) over by_place as next_stage_description,
        lead(quote_required) over by_place as needs_quote
    from stages
    window by_place as (partition by cycle_code order by position, stage)

),

waiting as (

    select standing.*, next_stage_description
    from standing
    inner join places using (cycle_code, stage)
    inner join (
        select opportunity_id from present where quote_no is null
    ) as unquoted using (opportunity_id)
    where standing.stage > 0
    and needs_quote

)

select
    count(*) over () as total_opportunities,
    sum(waiting.amount) over () as total_amount,
    opportunity_no,
    present.description,
    contacts.name as contact_name,
    salespeople.name as owner_name,
    waiting.cycle_code,
    waiting.stage,
    next_stage_description,
    waiting.amount,
    waiting.weighted_amount,
    waiting.expected_close_on
from waiting
inner join present using (opportunity_id)
left join contacts on contacts.contact_no = waiting.contact_no
left join salespeople on salespeople.owner_code = waiting.owner_code
order by waiting.expected_close_on nulls last, opportunity_no
limit $limit
