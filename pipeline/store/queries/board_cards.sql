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

-- few columns are sorted, whole rows fetched for the window only
sorted as not materialized (

    select
        opportunity_id,
        cycle_code,
        stage,
        row_number() over (
            partition by cycle_code, stage
            order by
                coalesce(list_position(cast($moved as bigint[]), opportunity_id), 2147483647),
                case $order_by
                    when 'expected_close_on' then date_diff('day', date '2000-01-01', expected_close_on)
                    when 'amount' then -cast(amount as double)
                    when 'stage_age_days' then date_diff('day', date '2000-01-01', entered_on)
                end nulls last,
                opportunity_id
        ) - 1 as place
    from held

),

page as materialized (

    select opportunity_id, place
    from sorted
    inner join windows using (cycle_code, stage)
    where place >= first_place
    and place < first_place + $at_most

)

select
    marked.cycle_code,
    marked.stage,
    place,
    opportunities.opportunity_no,
    opportunities.version,
    opportunities.description,
    marked.contact_no,
    contacts.name as contact_name,
    marked.owner_code,
    coalesce(salespeople.name, marked.owner_code) as owner_name,
    marked.amount,
    marked.weighted_amount,
    marked.probability_percent,
    marked.expected_close_on,
    marked.entered_on,
    stage_age_days,
    limit_days,
    is_overdue,
    is_rotting,
    next_step_no,
    next_step,
    next_step_on
from page
inner join marked using (opportunity_id)
inner join opportunities using (opportunity_id)
left join contacts on contacts.contact_no = marked.contact_no
left join salespeople on salespeople.owner_code = marked.owner_code
order by marked.cycle_code, marked.stage, place
