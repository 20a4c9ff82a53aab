-- a row is a salesperson
select
    owner_code,
    name,
    team_code,
    blocked
from salespeople
order by name, owner_code
