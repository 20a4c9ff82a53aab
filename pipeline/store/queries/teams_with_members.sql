-- a row is a team with the number of its members
select
    team_code,
    name,
    manager_code,
    (select count(*) from salespeople where salespeople.team_code = teams.team_code) as members
from teams
order by name, team_code
