-- A row is one opportunity that somebody changed after the import brought it or added to it.
with
of_batch as (
    select
        opportunity_id,
        count(*) as rows_brought,
        max(nth) as last_brought,
        count(retracted_at) as rows_retracted
    from transitions
    where batch_id = $batch_id
    group by opportunity_id
)
select opportunity.opportunity_no
from opportunities as opportunity
left join of_batch using (opportunity_id)
where (
    opportunity.batch_id = $batch_id
    and opportunity.version <> 1 + coalesce(rows_brought, 0)
)
or (
    opportunity.batch_id <> $batch_id
    and rows_brought > 0
    and (rows_retracted > 0 or last_brought < last_nth or removed_on is not null)
)
order by opportunity.opportunity_no
