-- A row is one opportunity with a copy of its newest transition.
update opportunities set
    status = newest.status,
    stage = newest.stage,
    amount = newest.amount,
    chances_percent = newest.chances_percent,
    completed_percent = newest.completed_percent,
    probability_percent = newest.probability_percent,
    weighted_amount = newest.weighted_amount,
    expected_close_on = newest.expected_close_on,
    owner_code = newest.owner_code,
    contact_no = newest.contact_no,
    forecast_category = newest.forecast_category,
    close_reason_code = newest.close_reason_code,
    path = newest.path,
    started_on = newest.started_on,
    standing_since = newest.valid_from,
    stage_since = case when newest.status = 'in progress' then newest.stage_since end,
    closed_on = case when newest.status in ('won', 'lost') then newest.valid_from end,
    last_nth = newest.nth,
    version = opportunities.version + newest.place
from history_continued as newest
where newest.is_newest and newest.opportunity_id = opportunities.opportunity_id
