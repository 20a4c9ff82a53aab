-- a row is an opportunity in progress of a contact or its company, with the quote it has
select
    opportunity_no,
    description,
    quote_no
from opportunities
where status = 'in progress' and removed_on is null
and (contact_no = $contact_no or company_no = $contact_no)
order by opportunity_no
