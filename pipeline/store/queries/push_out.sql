-- The one row: what stood in the period at its start or came into it, and what of it stands behind
-- the period at its end. It stands in the period while it is in progress and its expected close
-- date lies inside.
with
seen as not materialized (

    select opportunity_id, valid_from, valid_to, amount
    from log
    where stage > 0
    and valid_from <= $to_on
    and (valid_to is null or valid_to >= $from_on)
    and expected_close_on between $from_on and $to_on

),

inside as (

    select
        opportunity_id,
        sum(amount) filter (valid_from < $from_on) as opening_amount,
        count(*) filter (valid_from < $from_on) > 0 as is_opening,
        max_by(amount, valid_from) as last_amount
    from seen
    semi join standing using (opportunity_id)
    group by opportunity_id

),

behind as (

    select opportunity_id, true as is_out
    from standing
    where stage > 0
    and expected_close_on > $to_on

)

select
    count(*) filter (is_opening) as opening,
    coalesce(sum(opening_amount), 0) as opening_amount,
    count(*) filter (is_opening and is_out) as opening_out,
    coalesce(sum(opening_amount) filter (is_out), 0) as opening_out_amount,
    count(*) as ever_inside,
    coalesce(sum(last_amount), 0) as ever_inside_amount,
    count(*) filter (is_out) as ever_out,
    coalesce(sum(last_amount) filter (is_out), 0) as ever_out_amount
from inside
left join behind using (opportunity_id)
