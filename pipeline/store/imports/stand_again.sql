-- A row is one opportunity that the import only added to: its copy of the row that stands again,
-- or of none; its version is what it was before the rows that were taken back.
update opportunities set
    status = newest.status,
    stage = newest.stage,
    amount = newest.amount,
    chances_percent = coalesce(newest.chances_percent, 0),
    completed_percent = coalesce(newest.completed_percent, 0),
    probability_percent = coalesce(newest.probability_percent, 0),
    weighted_amount = newest.weighted_amount,
    expected_close_on = newest.expected_close_on,
    owner_code = coalesce(newest.owner_code, opportunities.owner_code),
    contact_no = coalesce(newest.contact_no, opportunities.contact_no),
    forecast_category = newest.forecast_category,
    close_reason_code = newest.close_reason_code,
    path = coalesce(newest.path, ''),
    started_on = newest.started_on,
    standing_since = newest.valid_from,
    stage_since = case when newest.status = 'in progress' then newest.stage_since end,
    closed_on = case when newest.status in ('won', 'lost') then newest.valid_from end,
    last_nth = coalesce(newest.last_of_all, 0),
    version = opportunities.version - newest.taken_back
from (
    select
        added.opportunity_id,
        added.taken_back,
        row_.* exclude (opportunity_id),
        case
            when row_.action is null then 'not started'
            when row_.action in ('won', 'lost') then row_.action
            else 'in progress'
        end as status,
        min(valid_from) over life as started_on,
        max(valid_from) filter (
            row_.action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
        ) over life as stage_since
    from import_added_to as added
    left join (
        select *, max(nth) over (partition by opportunity_id) as last_of_all
        from transitions
        qualify retracted_at is null
    ) as row_ on row_.opportunity_id = added.opportunity_id
    window life as (partition by added.opportunity_id)
    qualify row_number() over (partition by added.opportunity_id order by nth desc nulls last) = 1
) as newest
where newest.opportunity_id = opportunities.opportunity_id
