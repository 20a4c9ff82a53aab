-- A row is one reason for winning or losing.
select close_reason_code, description, outcome
from close_reasons
order by close_reason_code
