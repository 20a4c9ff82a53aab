-- A row is one stage with its place in its cycle today, those that are gone and mapped included.
with
/* _places */

select cycle_code, stage, position, as_stage
from places
order by cycle_code, position, stage
