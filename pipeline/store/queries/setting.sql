-- the one row is a setting of the company; no row where it is not set
select value
from settings
where name = $name
and value <> ''
