-- A row is one opportunity that was imported from a source, with the row of the log it stands on.
select
    opportunity.external_id,
    opportunity.cycle_code,
    opportunity.status,
    opportunity.stage,
    opportunity.amount,
    opportunity.chances_percent,
    opportunity.expected_close_on,
    opportunity.owner_code,
    opportunity.forecast_category,
    opportunity.standing_since,
    opportunity.last_nth,
    opportunity.removed_on is not null as is_removed,
    row_.recorded_at,
    coalesce(moment.rows_of_moment, 0) as rows_of_moment,
    coalesce(batch.command like '%import%' or batch.command like '%history%', true) as is_imported
from opportunities as opportunity
left join transitions as row_
    on row_.opportunity_id = opportunity.opportunity_id
    and row_.valid_to is null
    and row_.retracted_at is null
left join (
    select
        opportunity_id,
        recorded_at,
        count(*) as rows_of_moment
    from transitions
    where retracted_at is null and (action not in ('reopen', 'reassign') or note = '')
    group by opportunity_id, recorded_at
) as moment
    on moment.opportunity_id = row_.opportunity_id
    and moment.recorded_at = row_.recorded_at
left join batches as batch on batch.batch_id = row_.batch_id
where opportunity.source = $source and opportunity.external_id is not null
order by opportunity.external_id
