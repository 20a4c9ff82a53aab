-- A row is one opportunity that was imported from a source, as it stands now.
select
    external_id,
    opportunity_no,
    cycle_code,
    status,
    stage,
    amount,
    expected_close_on,
    owner_code,
    standing_since,
    closed_on,
    last_nth,
    removed_on
from opportunities
where source = $source and external_id is not null
order by external_id
