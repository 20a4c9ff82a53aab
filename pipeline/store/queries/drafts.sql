-- The one row is the number of opportunities that are not started, those created in a period only
-- when one is given.
select count(*) as drafts
from drafts
where ($created_from is null or created_on >= $created_from)
and ($created_to is null or created_on <= $created_to)
