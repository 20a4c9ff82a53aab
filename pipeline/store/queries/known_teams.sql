-- A row is one team.
select team_code, name
from teams
order by team_code
