-- A row is one contact whose number is new; the company of a company is itself.
insert into contacts by name
select
    given.* replace (
        coalesce(given.is_customer, false) as is_customer,
        case when given.type = 'company' then given.contact_no else given.company_no end
            as company_no
    )
from history_given_contacts as given
left join contacts as known on known.contact_no = given.contact_no
where known.contact_no is null
order by given.contact_no
