-- A row is an owner with what was won in the period and, where it is asked for, what was created.
with
won as not materialized (

    select owner_code, count(*) as won, coalesce(sum(weighted_amount), 0) as won_amount
    from standing
    where stage = 0
    and probability_percent > 0
    and expected_close_on between $from_on and $to_on
    group by owner_code

),

created as not materialized (

    select owner_code, count(*) as created
    from (
        select standing.owner_code, present.created_on
        from standing
        inner join present using (opportunity_id)
        where $counts_created
        and present.created_on between $from_on and $to_on

        union all

        select owner_code, created_on
        from drafts
        where $counts_created
        and created_on between $from_on and $to_on
    ) as everything
    group by owner_code

)

select
    coalesce(won.owner_code, created.owner_code) as owner_code,
    coalesce(won, 0) as won,
    coalesce(won_amount, 0) as won_amount,
    coalesce(created, 0) as created
from won
full join created on won.owner_code is not distinct from created.owner_code
