-- A row is one opportunity that goes on, with the row of the log it stands on (nth 0: not started).
create or replace temp table history_seeds as
select
    opportunity.opportunity_id,
    opportunity.external_id,
    opportunity.cycle_code,
    opportunity.owner_code,
    opportunity.contact_no,
    opportunity.path,
    opportunity.started_on,
    opportunity.stage_since,
    opportunity.last_nth,
    coalesce(standing.nth, 0) as nth,
    standing.action,
    standing.stage,
    standing.valid_from
from opportunities as opportunity
left join transitions as standing
    on standing.opportunity_id = opportunity.opportunity_id
    and standing.valid_to is null
    and standing.retracted_at is null
where opportunity.source = $source
    and opportunity.removed_on is null
    and opportunity.external_id in (select external_id from history_given_new)
