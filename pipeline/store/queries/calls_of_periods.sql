-- A row is the call that stood of one holder and caller for one period that is over on the as-of
-- day: the last that was in time, else the last of all.
with
numbered as (

    select
        *,
        row_number() over (
            partition by level, code, caller, starts_on, ends_on
            order by is_late, version desc
        ) as place
    from calls
    where measure = 'won amount'
    and ends_on <= $as_of
    and ($from_on is null or starts_on >= $from_on)
    and ($to_on is null or ends_on <= $to_on)

)

select
    level,
    code,
    caller,
    starts_on as period_from,
    ends_on as period_to,
    submitted_on as called_on,
    created_by as person_code,
    cast(amount as double) as after_amount,
    is_late
from numbered
where place = 1
order by period_from, level, code, caller
