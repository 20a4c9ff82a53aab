-- A row is a campaign with the newest entries of its opportunities, won and lost ones too; the row
-- without a campaign is the rest.
with
own as (

    select
        campaign_no,
        count(*) as opportunities,
        count(*) filter (standing.stage > 0) as in_progress,
        count(*) filter (standing.stage = 0 and standing.probability_percent > 0) as won,
        count(*) filter (standing.stage = 0 and standing.probability_percent = 0) as lost,
        sum(standing.amount) as amount,
        sum(standing.weighted_amount) as weighted_amount,
        count(*) - count(standing.amount) as without_amount
    from standing
    inner join present using (opportunity_id)
    where ($from_on is null or standing.expected_close_on >= $from_on)
    and ($to_on is null or standing.expected_close_on <= $to_on)
    group by campaign_no

)

select own.*, campaigns.description as campaign_description
from own
left join campaigns using (campaign_no)
