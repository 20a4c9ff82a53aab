-- A row is a salesperson with the team and the days between which he or she sells.
select
    salespeople.owner_code,
    salespeople.name as owner_name,
    salespeople.team_code,
    teams.name as team_name,
    teams.manager_code,
    salespeople.blocked,
    salespeople.joined_on,
    salespeople.left_on
from salespeople
left join teams using (team_code)
order by salespeople.team_code nulls last, salespeople.name, salespeople.owner_code
