-- a row is a close reason
select
    close_reason_code,
    description,
    outcome
from close_reasons
order by outcome, description, close_reason_code
