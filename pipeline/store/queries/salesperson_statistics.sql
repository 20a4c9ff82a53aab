-- A row is a salesperson with the newest entries of the opportunities owned, won and lost ones too.
with
/* _last_done */,

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
    and ($actions is null or opportunity_id in (select opportunity_id from last_done))
    and ($stage is null or stage = $stage)
    and ($probability_from is null or probability_percent >= $probability_from)
    and ($probability_to is null or probability_percent <= $probability_to)
    and ($completed_from is null or completed_percent >= $completed_from)
    and ($completed_to is null or completed_percent <= $completed_to)
    group by owner_code

)

select own.*, salespeople.name as owner_name
from own
left join salespeople using (owner_code)
