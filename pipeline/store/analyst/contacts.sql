-- A row is a company or a person who may buy.
select contact_no, type as contact_type, name as contact_name, company_no, owner_code, is_customer
from $store.contacts
