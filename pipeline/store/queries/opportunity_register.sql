-- A row is one opportunity as the printed lists show it; beside it how many there are in all.
with
listed as (

    select
        opportunity_id, cycle_code, stage, owner_code, contact_no, amount, weighted_amount,
        probability_percent, chances_percent, completed_percent, expected_close_on,
        case when stage > 0 then 'in progress' when probability_percent > 0 then 'won' else 'lost'
            end as status
    from standing

    union all

    select
        opportunity_id, cycle_code, null, owner_code, contact_no, null, null, 0, 0, 0, null,
        'not started'
    from drafts

),

selected as (

    select listed.*, opportunity_no, description, created_on, campaign_no, priority
    from listed
    inner join (
        select opportunity_id, opportunity_no, description, created_on, campaign_no, priority
        from present
    ) as details using (opportunity_id)
    where ($closed is null or $closed = (status in ('won', 'lost')))
    and ($from_on is null or created_on >= $from_on)
    and ($to_on is null or created_on <= $to_on)

)

select
    count(*) over () as found,
    selected.opportunity_no,
    selected.description,
    selected.owner_code,
    salespeople.name as owner_name,
    selected.contact_no,
    contacts.name as contact_name,
    selected.cycle_code,
    stages.description as stage_description,
    selected.campaign_no,
    selected.status,
    selected.priority,
    selected.amount,
    selected.weighted_amount,
    selected.probability_percent,
    selected.chances_percent,
    selected.completed_percent,
    selected.created_on,
    selected.expected_close_on,
    case when selected.status in ('won', 'lost') then selected.expected_close_on end as closed_on
from selected
left join contacts on contacts.contact_no = selected.contact_no
left join salespeople on salespeople.owner_code = selected.owner_code
left join stages on stages.cycle_code = selected.cycle_code and stages.stage = selected.stage
order by
    case when $by_owner then selected.owner_code end nulls last,
    selected.opportunity_no
limit $limit
