-- A row is one card of the board, with its place in its column; of each column those of its window.
-- What was just moved there stands first, the last moved on top.
with
/* _board */,

windows as not materialized (

    select
        unnest(cast($window_cycles as varchar[])) as cycle_code,
        unnest(cast($window_stages as integer[])) as stage,
        unnest(cast($window_firsts as integer[])) as first_place

),

sorted as not materialized (

    select
        marked.*,
        row_number() over (
            partition by cycle_code, stage
            order by
                coalesce(list_position(cast($moved as bigint[]), opportunity_id), 2147483647),
                case $order_by
                    when 'expected_close_on' then date_diff('day', date '2000-01-01', expected_close_on)
                    when 'amount' then -cast(amount as double)
                    when 'stage_age_days' then -stage_age_days
                end nulls last,
                opportunity_id
        ) - 1 as place
    from marked

),

page as materialized (

    select sorted.*
    from sorted
    inner join windows using (cycle_code, stage)
    where place >= first_place
    and place < first_place + $at_most

)

select
    page.cycle_code,
    page.stage,
    place,
    opportunities.opportunity_no,
    opportunities.version,
    opportunities.description,
    page.contact_no,
    contacts.name as contact_name,
    page.owner_code,
    coalesce(salespeople.name, page.owner_code) as owner_name,
    page.amount,
    page.weighted_amount,
    page.probability_percent,
    page.expected_close_on,
    page.entered_on,
    stage_age_days,
    limit_days,
    is_overdue,
    is_rotting,
    next_step_no,
    next_step,
    next_step_on
from page
inner join opportunities using (opportunity_id)
left join contacts on contacts.contact_no = page.contact_no
left join salespeople on salespeople.owner_code = page.owner_code
order by page.cycle_code, page.stage, place
