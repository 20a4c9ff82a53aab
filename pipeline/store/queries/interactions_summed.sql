-- the one row is what the interactions asked for come to; canceled ones count nowhere
select
    count(*) as interactions,
    sum(interactions.cost) as interaction_cost,
    sum(interactions.minutes) as interaction_minutes,
    max(interactions.happened_on) as last_interaction_on
from interactions
left join contacts using (contact_no)
where not interactions.canceled
and ($opportunity_id is null or interactions.opportunity_id = $opportunity_id)
and (
    $contact_no is null
    or interactions.contact_no = $contact_no
    or contacts.company_no = $contact_no
)
