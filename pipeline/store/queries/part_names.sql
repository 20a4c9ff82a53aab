-- A row is the name of one part that opportunities are split by: owner, team, contact, campaign.
select owner_code as part, name
from salespeople
where $by = 'owner' and list_contains($codes, owner_code)

union all

select team_code, name
from teams
where $by = 'team' and list_contains($codes, team_code)

union all

select contact_no, name
from contacts
where $by = 'contact' and list_contains($codes, contact_no)

union all

select campaign_no, description
from campaigns
where $by = 'campaign' and list_contains($codes, campaign_no)

union all

select cycle_code, description
from sales_cycles
where $by = 'cycle' and list_contains($codes, cycle_code)
