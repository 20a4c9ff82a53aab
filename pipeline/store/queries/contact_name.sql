-- a row is the contact of a number, a person with the name of its company
select
    case
        when companies.name is null or companies.contact_no = contacts.contact_no
            then contacts.name
        else contacts.name || ', ' || companies.name
    end as full_name
from contacts
left join contacts as companies on companies.contact_no = contacts.company_no
where contacts.contact_no = $contact_no
