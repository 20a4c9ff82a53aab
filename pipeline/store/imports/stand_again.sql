-- A row is one opportunity that the import only added to: its copy of the row that stands again.
update opportunities set
    status = case when newest.action in ('won', 'lost') then newest.action else 'in progress' end,
    cycle_code = newest.cycle_code,
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
    standing_since = newest.valid_from,
    stage_since = case when newest.action not in ('won', 'lost') then newest.stage_since end,
    closed_on = case when newest.action in ('won', 'lost') then newest.valid_from end,
    last_nth = newest.last_of_all,
    version = opportunities.version + 1
from (
    select
        row_.*,
        max(nth) over (partition by opportunity_id) as last_of_all,
        max(valid_from) filter (
            retracted_at is null
            and action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
        ) over (partition by opportunity_id) as stage_since
    from transitions as row_
    where opportunity_id in (select opportunity_id from import_added_to)
    qualify row_number() over (
        partition by opportunity_id order by retracted_at is not null, nth desc
    ) = 1
) as newest
where newest.opportunity_id = opportunities.opportunity_id
