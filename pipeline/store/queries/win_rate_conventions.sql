-- A row is the opportunities that one convention of the win rate looks at, by how they stand and
-- why they were closed: all, those created in the period, those whose last closing lies in the
-- period; and, each time it happened, every closing of the period, undone or not.
with
standings as not materialized (

    select
        opportunity_id,
        case when stage > 0 then 'in progress' when probability_percent > 0 then 'won'
            else 'lost' end as status,
        close_reason_code,
        case when stage = 0 and probability_percent > 0 then weighted_amount else amount end
            as final_amount,
        stage = 0
            and expected_close_on >= coalesce($from_on, expected_close_on)
            and expected_close_on <= coalesce($to_on, expected_close_on) as is_closed_in_period,
        created_on is not null as is_created_in_period
    from standing
    left join (
        select opportunity_id, created_on
        from present
        where created_on >= coalesce($from_on, created_on)
        and created_on <= coalesce($to_on, created_on)
    ) as created using (opportunity_id)

),

closings as not materialized (

    select opportunity_id, action as status, close_reason_code,
        case when action = 'won' then weighted_amount else amount end as final_amount
    from log
    where action in ('won', 'lost')
    and valid_from <= $as_of
    and valid_from >= coalesce($from_on, valid_from)
    and valid_from <= coalesce($to_on, valid_from)

),

counted as not materialized (

    select closings.*
    from closings
    anti join absent using (opportunity_id)
    where not $narrowed

    union all

    select closings.*
    from closings
    semi join standing using (opportunity_id)
    where $narrowed

),

sums as not materialized (

    select
        'standing' as population,
        is_closed_in_period,
        is_created_in_period,
        status,
        close_reason_code,
        count(*) as opportunities,
        sum(final_amount) as amount,
        count(*) - count(final_amount) as without_amount
    from standings
    group by is_closed_in_period, is_created_in_period, status, close_reason_code

    union all

    select 'closing', true, false, status, close_reason_code,
        count(*), sum(final_amount), count(*) - count(final_amount)
    from counted
    group by status, close_reason_code

)

select
    sums.*,
    coalesce(close_reasons.description, '') as close_reason_description,
    coalesce(close_reasons.in_win_rate, true) as in_win_rate
from sums
left join close_reasons using (close_reason_code)
