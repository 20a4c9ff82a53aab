-- a row is a contact whose number or name holds the words; those that begin with them come first
select
    contacts.contact_no,
    contacts.type,
    contacts.name,
    contacts.owner_code,
    companies.name as company_name
from contacts
left join contacts as companies on companies.contact_no = contacts.company_no
where contains(strip_accents(lower(contacts.name)), strip_accents(lower($search)))
or starts_with(upper(contacts.contact_no), upper($search))
order by
    not starts_with(strip_accents(lower(contacts.name)), strip_accents(lower($search))),
    contacts.type,
    contacts.name,
    contacts.contact_no
limit $at_most
