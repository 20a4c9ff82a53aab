-- A row is a salesperson with the newest entries of the opportunities owned, won and lost ones too.
with
own as (

    select
        owner_code,
        count(*) as opportunities,
        count(*) filter (stage > 0) as in_progress,
        count(*) filter (stage = 0 and probability_percent > 0) as won,
        count(*) filter (stage = 0 and probability_percent = 0) as lost,
        sum(amount) as amount,
        sum(weighted_amount) as weighted_amount,
        count(*) - count(amount) as without_amount
    from standing
    where ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)
    group by owner_code

)

select own.*, salespeople.name as owner_name
from own
left join salespeople using (owner_code)
