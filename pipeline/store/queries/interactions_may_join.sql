-- a row is an open opportunity that an interaction with a contact can belong to
select
    opportunity_no,
    opportunity_no || ' ' || description as opportunity
from opportunities
where removed_on is null
and status in ('not started', 'in progress')
and (
    contact_no = $contact_no
    or company_no = (select company_no from contacts where contact_no = $contact_no)
)
and ($owner_code is null or owner_code = $owner_code)
order by created_on desc, opportunity_no desc
limit 200
