-- A row is one transition that goes on; the log lies in the order of its days.
insert into transitions by name
select
    opportunity_id, nth, action, cycle_code, stage, from_stage, path, amount, chances_percent,
    completed_percent, probability_percent, weighted_amount, expected_close_on, owner_code,
    contact_no, forecast_category, close_reason_code, valid_from, valid_to, recorded_at,
    recorded_by, coalesce(note, '') as note, $batch_id as batch_id
from history_continued
order by valid_from, opportunity_id, nth
