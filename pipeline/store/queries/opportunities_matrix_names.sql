-- A row is one of the lines $numbers of the matrix with its name and its place among the others.
-- A company stands before its persons; the rest by name.
with
lines as (

    select
        owner_code as line_no,
        name as line_name,
        '' as line_type,
        strip_accents(lower(name)) as family,
        0 as inside
    from salespeople
    where $lines = 'owner'

    union all

    select campaign_no, description, '', strip_accents(lower(description)), 0
    from campaigns
    where $lines = 'campaign'

    union all

    select
        contacts.contact_no,
        contacts.name,
        contacts.type,
        strip_accents(lower(coalesce(companies.name, contacts.name))) || chr(1)
            || coalesce(companies.contact_no, contacts.contact_no),
        case contacts.type when 'company' then 0 else 1 end
    from contacts
    left join contacts as companies
        on companies.contact_no = contacts.company_no
        and companies.type = 'company'
    where $lines = 'contact'

)

select
    line_no,
    line_name,
    line_type,
    row_number() over (order by family, inside, strip_accents(lower(line_name)), line_no) as place
from lines
where list_contains($numbers, line_no)
