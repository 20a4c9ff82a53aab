-- A row is one contact whose number is new.
insert into contacts by name
select
    given.* replace (coalesce(given.is_customer, false) as is_customer)
from history_given_contacts as given
left join contacts as known on known.contact_no = given.contact_no
where known.contact_no is null
order by given.contact_no
