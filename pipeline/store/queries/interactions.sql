-- a row is an interaction that is asked for, with the names of whom and what it is about
select
    interactions.interaction_no,
    interactions.happened_on,
    interactions.type as interaction_type,
    interactions.description as interaction,
    interactions.contact_no,
    contacts.name as contact_name,
    interactions.owner_code,
    salespeople.name as owner_name,
    opportunities.opportunity_no,
    interactions.minutes,
    interactions.cost,
    interactions.canceled,
    coalesce(remarks.comments, 0) as comments
from interactions
left join contacts using (contact_no)
left join salespeople on salespeople.owner_code = interactions.owner_code
left join opportunities
    on opportunities.opportunity_id = interactions.opportunity_id
    and opportunities.removed_on is null
left join (
    select no, count(*) as comments from comments where about = 'interaction' group by no
) as remarks on remarks.no = interactions.interaction_no
where ($interaction_no is null or interactions.interaction_no = $interaction_no)
and ($opportunity_id is null or interactions.opportunity_id = $opportunity_id)
and (
    $contact_no is null
    or interactions.contact_no = $contact_no
    or contacts.company_no = $contact_no
)
order by interactions.happened_on desc, interactions.created_at desc, interactions.interaction_no desc
limit $at_most
