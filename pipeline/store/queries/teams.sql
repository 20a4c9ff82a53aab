-- a row is a team
select
    team_code,
    name
from teams
order by name, team_code
