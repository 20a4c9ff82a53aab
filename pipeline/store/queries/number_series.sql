-- a row is a number series
select
    series_code,
    description,
    starting_no,
    ending_no,
    last_no,
    step,
    manual_allowed
from number_series
order by series_code
