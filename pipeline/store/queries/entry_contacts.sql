-- A row is a contact in whose name $pattern finds words, or whose number is one of $numbers (lower
-- case); first those of whose name the words say most. The pattern knows letters with accents.
with
found as materialized (

    select contact_no, name, owner_code, company_no
    from contacts
    where regexp_matches(name, $pattern, 'i') or list_contains($numbers, lower(contact_no))

),

likeliest as (

    select
        *,
        coalesce(strlen(regexp_extract(name, $pattern, 0, 'i')) / nullif(strlen(name), 0), 0) as share
    from found
    order by list_contains($numbers, lower(contact_no)) desc, share desc, name, contact_no
    limit $at_most

)

select
    likeliest.contact_no,
    likeliest.name,
    likeliest.owner_code,
    case when companies.contact_no <> likeliest.contact_no then companies.name end as company_name
from likeliest
left join contacts as companies on companies.contact_no = likeliest.company_no
