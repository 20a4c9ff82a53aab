-- A row is one salesperson.
select owner_code, name, coalesce(team_code, '') as team_code
from salespeople
order by owner_code
