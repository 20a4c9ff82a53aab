-- a row is a contact that the words find, exactly or $nearly, the likeliest first
with
/* _contacts_like */

select
    contacts.contact_no,
    contacts.type,
    contacts.name,
    contacts.owner_code,
    companies.name as company_name
from contacts_like
inner join contacts using (contact_no)
left join contacts as companies on companies.contact_no = contacts.company_no
where $type is null or contacts.type = $type
order by distance, contacts.type, contacts.name, contacts.contact_no
limit $at_most
