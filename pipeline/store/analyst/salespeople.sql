-- A row is a salesperson.
select
    salespeople.owner_code,
    salespeople.name as owner_name,
    salespeople.team_code,
    teams.name as team_name,
    salespeople.blocked
from $store.salespeople
left join $store.teams using (team_code)
