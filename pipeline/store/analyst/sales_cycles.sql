-- A row is a sales cycle.
select cycle_code, description as cycle_description, probability_method, blocked
from $store.sales_cycles
