-- A row is one step of one bucket: the opportunity, the transition that caused it with what stood
-- before, and what it added or took away; beside it the totals of all of them. At the ends of the
-- period (way 0) it is an opportunity that counts there, with the transition it stands in.
with
/* _changes */,

found as materialized (

    select opportunity_id, nth, changed_on, delta
    from steps
    where $way <> 0
    and step = $step
    and sign(delta) = $way
    and side = $side

    union all

    select opportunity_id, nth, valid_from, amount
    from log
    where $way = 0
    and valid_from <= $stood_on
    and (valid_to is null or valid_to > $stood_on)
    and stage > 0
    and amount is not null
    and /* _in_window *//* inside the scope */

),

totals as (

    select count(*) as total_transitions, sum(delta) as total_change_amount from found

),

page as materialized (

    select *
    from found
    order by abs(delta) desc, opportunity_id, nth
    limit $limit
    offset $offset

),

lived as (

    select
        opportunity_id,
        nth,
        action,
        cycle_code,
        stage,
        amount,
        weighted_amount,
        probability_percent,
        expected_close_on,
        owner_code,
        contact_no,
        lag(stage) over life as before_stage,
        lag(amount) over life as before_amount,
        lag(expected_close_on) over life as before_expected_close_on,
        lag(owner_code) over life as before_owner_code,
        lag(contact_no) over life as before_contact_no,
        lag(probability_percent) over life as before_probability_percent
    from log
    semi join page using (opportunity_id)
    window life as (partition by opportunity_id order by nth)

),

named as (

    select
        page.delta,
        page.changed_on,
        lived.*,
        opportunity_no,
        present.description,
        owners.name as owner_name,
        before_owners.name as before_owner_name,
        stages.description as stage_description,
        before_stages.description as before_stage_description
    from page
    inner join lived using (opportunity_id, nth)
    inner join opportunities as present using (opportunity_id)
    left join salespeople as owners on owners.owner_code = lived.owner_code
    left join salespeople as before_owners on before_owners.owner_code = lived.before_owner_code
    left join stages on stages.cycle_code = lived.cycle_code and stages.stage = lived.stage
    left join stages as before_stages
        on before_stages.cycle_code = lived.cycle_code and before_stages.stage = lived.before_stage

)

select *
from totals
left join named on true
order by abs(delta) desc, opportunity_id, nth
