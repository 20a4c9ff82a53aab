-- changes: what every transition of the period did to the pipeline of the scope and the window, in
-- steps, each measured on what the steps before it left: arrival, owner, amount, expected close
-- date, outcome; and the removal that ends a row. The opportunities that stood still are not read.
-- lives: the transitions of the period, and the row in which what they touch stood before it.
-- side: where the expected close date lies, before (-1), inside (0) or after (1) the window; no
-- date lies after every window. A won row is worth what it was won for, any other its amount.
/* _touched */,

/* _stage_categories */,

lives as not materialized (

    select
        opportunity_id,
        nth,
        from_stage,
        valid_from,
        valid_to,
        stage > 0 as is_open,
        probability_percent > 0 as has_chances,
        coalesce(true/* inside the scope */, false) as is_inside,
        cast(case
            when $expected_from is null and $expected_to is null then 0
            when expected_close_on < $expected_from then -1
            when expected_close_on <= coalesce($expected_to, expected_close_on) then 0
            else 1
        end as tinyint) as side,
        coalesce(amount, 0) as amount,
        coalesce(
            case
                when stage = 0 and probability_percent > 0
                    then cast(weighted_amount as decimal(18, 2))
                else amount
            end,
            0
        ) as last_amount,
        /* _category */ as category
    from touched
    left join stage_categories using (cycle_code, stage)

),

-- each beside the row before it and the day of the row behind it
neighbours as not materialized (

    select
        *,
        lag(valid_to) over life as before_to,
        lag(is_open) over life as before_open,
        lag(is_inside) over life as before_inside,
        lag(side) over life as before_side,
        lag(amount) over life as before_amount,
        lead(valid_from) over life as next_from
    from lives
    window life as (partition by opportunity_id order by nth)

),

-- what arrives is first taken as it stands; from then on it is like any other
arrivals as not materialized (

    select
        * replace (
            case when arrives then is_inside else before_inside end as before_inside,
            case when arrives then side else before_side end as before_side,
            case when arrives then amount else before_amount end as before_amount
        ),
        valid_from >= $from_on and (arrives or before_open) as was_open,
        case
            when valid_from < $from_on then null
            when before_to is null and from_stage = 0 then 'created'
            when arrives then 'restored'
            when is_open and not before_open then 'reopened'
        end as arrival,
        coalesce(valid_to <= $to_on, false) and coalesce(next_from > valid_to, true) as is_removed
    from (
        select *, before_to is null or before_to < valid_from as arrives
        from neighbours
    ) as neighbours

),

changes as materialized (

    select
        opportunity_id,
        nth,
        valid_from,
        valid_to,
        next_from,
        is_open,
        has_chances,
        is_inside,
        side,
        before_side,
        amount,
        category,
        arrival,
        is_removed,
        case when arrival is not null and is_inside and side = 0 then amount else 0 end
            as arrival_delta,
        case
            when was_open and before_side = 0 and is_inside and not before_inside then before_amount
            when was_open and before_side = 0 and before_inside and not is_inside
                then -before_amount
            else 0
        end as owner_delta,
        case when was_open and before_side = 0 and is_inside then last_amount - before_amount else 0 end
            as amount_delta,
        case
            when was_open and is_open and is_inside and side = 0 and before_side <> 0 then amount
            when was_open and is_open and is_inside and side <> 0 and before_side = 0 then -amount
            else 0
        end as date_delta,
        case
            when was_open and not is_open and is_inside and before_side = 0 then -last_amount
            else 0
        end as outcome_delta,
        case when is_removed and is_open and is_inside and side = 0 then -amount else 0 end
            as removal_delta
    from arrivals

),

-- a row is one step that changed the sum
steps as not materialized (

    select opportunity_id, nth, valid_from as changed_on, arrival as step,
        0 as side, arrival_delta as delta
    from changes where arrival_delta <> 0

    union all

    select opportunity_id, nth, valid_from, 'owner', 0, owner_delta
    from changes where owner_delta <> 0

    union all

    select opportunity_id, nth, valid_from, 'amount', 0, amount_delta
    from changes where amount_delta <> 0

    union all

    select opportunity_id, nth, valid_from, 'date', side + before_side, date_delta
    from changes where date_delta <> 0

    union all

    select opportunity_id, nth, valid_from,
        case when has_chances then 'won' else 'lost' end, 0, outcome_delta
    from changes where outcome_delta <> 0

    union all

    select opportunity_id, nth, valid_to, 'removed', 0, removal_delta
    from changes where removal_delta <> 0

)
