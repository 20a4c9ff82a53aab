-- A row is one opportunity of the history with its id, and its number where one was given.
create or replace temp table history_opportunities as
select
    $last_id + row_number() over (order by given.created_on, given.external_id) as opportunity_id,
    given.* exclude (company_no, priority),
    coalesce(given.priority, 'normal') as priority,
    coalesce(
        given.company_no,
        contact.company_no,
        case when contact.type = 'company' then contact.contact_no end
    ) as company_no
from history_given_opportunities as given
left join contacts as contact on contact.contact_no = given.contact_no
