-- a row is a person of one company with its open opportunities
select
    contact_no,
    name as contact_name,
    owner_code,
    (
        select count(*)
        from opportunities
        where opportunities.contact_no = contacts.contact_no
        and status in ('not started', 'in progress')
        and removed_on is null
    ) as open_now
from contacts
where company_no = $company_no
and contact_no <> $company_no
order by strip_accents(lower(name)), contact_no
