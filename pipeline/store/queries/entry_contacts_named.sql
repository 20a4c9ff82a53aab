-- A row is a contact that is called like one of $names, whatever their case and accents, or that has
-- one of them for its number.
with
asked as materialized (

    select distinct strip_accents(lower(unnest($names))) as word

)

select
    contacts.contact_no,
    contacts.name,
    contacts.owner_code,
    case when companies.contact_no <> contacts.contact_no then companies.name end as company_name
from contacts
left join contacts as companies on companies.contact_no = contacts.company_no
where strip_accents(lower(contacts.name)) in (select word from asked)
or lower(contacts.contact_no) in (select word from asked)
order by contacts.name, contacts.contact_no
