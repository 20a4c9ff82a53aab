-- A row is the opportunities of one cycle that took the same path to the same state.
select
    cycle_code,
    path,
    case when stage > 0 then 'in progress' when probability_percent > 0 then 'won' else 'lost' end
        as status,
    count(*) as opportunities
from standing
group by cycle_code, path, status
