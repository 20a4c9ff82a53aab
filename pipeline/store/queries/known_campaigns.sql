-- A row is one campaign.
select campaign_no, description
from campaigns
order by campaign_no
