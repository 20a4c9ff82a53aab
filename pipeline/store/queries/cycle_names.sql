-- a row is a sales cycle
select
    cycle_code,
    blocked
from sales_cycles
order by cycle_code
