-- a row is a campaign with the number of its opportunities
select
    campaign_no,
    description,
    starts_on,
    ends_on,
    activated,
    owner_code,
    coalesce(opportunities, 0) as opportunities
from campaigns
left join (
    select campaign_no, count(*) as opportunities
    from opportunities
    where removed_on is null
    group by campaign_no
) as theirs using (campaign_no)
order by starts_on desc nulls last, campaign_no
