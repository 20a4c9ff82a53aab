-- a row is one open opportunity of the company of a contact, or of companies that are called like
-- the words: what an opportunity that is being entered might be again
with

company as (

    select coalesce(company_no, contact_no) as company_no
    from contacts
    where contact_no = $contact_no

    union all

    select unnest($alike)

),

parted as (

    select case when opportunity_id = $but_id then other_id else opportunity_id end as opportunity_id
    from not_twins
    where $but_id in (opportunity_id, other_id)

)

select
    opportunities.opportunity_no as twin_no,
    opportunities.description as twin_description,
    opportunities.amount as twin_amount,
    opportunities.contact_no as twin_contact_no,
    companies.name as company_name,
    contacts.name as contact_name,
    salespeople.name as owner_name,
    stages.description as stage_description,
    opportunities.expected_close_on,
    opportunities.created_on
from opportunities
left join contacts on contacts.contact_no = opportunities.contact_no
left join contacts as companies on companies.contact_no = opportunities.company_no
left join salespeople on salespeople.owner_code = opportunities.owner_code
left join stages
    on stages.cycle_code = opportunities.cycle_code and stages.stage = opportunities.stage
anti join parted on parted.opportunity_id = opportunities.opportunity_id
where coalesce(opportunities.company_no, opportunities.contact_no) in (from company)
and opportunities.status in ('not started', 'in progress')
and opportunities.removed_on is null
and opportunities.opportunity_id is distinct from $but_id
order by opportunities.opportunity_id desc
limit 500
