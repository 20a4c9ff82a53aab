-- A row is one contact of the page asked for, and beside it how many there are in all.
with
/* _contacts_like */,

selected as (

    select contact_no, distance, name
    from contacts_like
    inner join contacts using (contact_no)
    where ($type is null or type = $type)
    and ($owner_code is null or owner_code = $owner_code)

),

page as (

    select contact_no, row_number() over () as place
    from (
        select contact_no
        from selected
        order by distance, lower(name), contact_no
        limit $limit
        offset $offset
    ) as ordered

),

open_ones as (

    select contact_no, count(*) as open_now
    from opportunities
    semi join page using (contact_no)
    where status in ('not started', 'in progress')
    and removed_on is null
    group by contact_no

),

totals as (

    select count(*) as total from selected

)

select
    total,
    contacts.contact_no,
    contacts.name as contact_name,
    contacts.type as contact_type,
    case when companies.contact_no <> contacts.contact_no then companies.name end as company_name,
    coalesce(salespeople.name, contacts.owner_code) as owner_name,
    contacts.is_customer,
    coalesce(open_now, 0) as open_now
from totals
left join page on true
left join contacts on contacts.contact_no = page.contact_no
left join contacts as companies on companies.contact_no = contacts.company_no
left join salespeople on salespeople.owner_code = contacts.owner_code
left join open_ones on open_ones.contact_no = page.contact_no
order by place
