-- A row is the opportunities of one owner and cycle that took the same path to the same state.
select
    cycle_code,
    owner_code,
    path,
    case when stage > 0 then 'in progress' when probability_percent > 0 then 'won' else 'lost' end
        as status,
    count(*) as opportunities
from standing
group by cycle_code, owner_code, path, status
