-- a row is a campaign that takes opportunities created on the as-of day
select
    campaign_no,
    description
from campaigns
where activated and coalesce(starts_on, date '0001-01-01') <= $as_of and ends_on >= $as_of
order by description, campaign_no
