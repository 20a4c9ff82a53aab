-- redatings: the transitions that gave an opportunity in progress another expected close date,
-- from $pushed_from to $pushed_to (null: ever) and by the as-of day. The date given at a reopening
-- is a new one, not another one.
touched as not materialized (

    select *
    from log
    where valid_from <= $as_of
    and stage > 0
    and (
        ($pushed_from is null and $pushed_to is null)
        or valid_from between coalesce($pushed_from, valid_from) and coalesce($pushed_to, valid_from)
        or valid_to between coalesce($pushed_from, valid_to) and coalesce($pushed_to, valid_to)
    )

),

chained as not materialized (

    select
        opportunity_id,
        action,
        amount,
        owner_code,
        valid_from,
        expected_close_on,
        lag(expected_close_on) over (partition by opportunity_id order by nth) as before_close_on
    from touched

),

redatings as not materialized (

    select
        opportunity_id,
        owner_code,
        amount,
        expected_close_on - before_close_on as later_days
    from chained
    where expected_close_on <> before_close_on
    and action <> 'reopen'
    and valid_from >= coalesce($pushed_from, valid_from)
    and valid_from <= coalesce($pushed_to, valid_from)

)
