-- A row is one company or person.
select contact_no, type, name, coalesce(company_no, '') as company_no
from contacts
order by contact_no
