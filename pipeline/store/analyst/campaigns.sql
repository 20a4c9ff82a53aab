-- A row is a campaign.
select campaign_no, description as campaign_description, starts_on, ends_on, activated, owner_code
from $store.campaigns
