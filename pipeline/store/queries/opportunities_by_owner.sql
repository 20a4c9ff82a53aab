-- A row is an owner with the opportunities of one status: open ones created by $last, closed ones
-- that closed from $first to $last.
with
listed as (

    select
        opportunity_id,
        owner_code,
        amount,
        expected_close_on as closed_on,
        case when stage > 0 then 'in progress' when probability_percent > 0 then 'won' else 'lost'
            end as status
    from standing

    union all

    select opportunity_id, owner_code, null, null, 'not started'
    from drafts

)

select
    listed.owner_code,
    salespeople.name as owner_name,
    count(*) as opportunities,
    sum(listed.amount) as amount
from listed
inner join present using (opportunity_id)
left join salespeople on salespeople.owner_code = listed.owner_code
where listed.status = $status
and case
    when listed.status in ('won', 'lost') then listed.closed_on between $first and $last
    else created_on <= $last
end
group by listed.owner_code, salespeople.name
order by opportunities desc, listed.owner_code
