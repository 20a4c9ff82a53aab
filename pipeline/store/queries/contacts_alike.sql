-- a row is a contact whose name is nearly the one given, legal forms and signs left out
with
bare as (

    select
        contact_no,
        replace(regexp_replace(
            ' ' || regexp_replace(case
                when strlen(name) = length(name) then lower(name) else strip_accents(lower(name))
            end, '[^\p{L}\p{N}]+', ' ', 'g') || ' ',
            ' (inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|kg|se|sa|sas|sarl|bv|nv|ab|as|oy|'
            || 'aps|srl|spa|co|corp|corporation|company|the) ', ' ', 'g'
        ), ' ', '') as bare_name
    from (
        select contact_no, name from contacts where contact_no <> $contact_no and type = $type
        union all
        select '', $name
    ) as names

),

alike as (

    select others.contact_no, jaro_winkler_similarity(others.bare_name, given.bare_name) as alikeness
    from bare as others
    inner join bare as given on given.contact_no = '' and given.bare_name <> ''
    where others.contact_no <> ''
    and alikeness >= 0.93

)

select
    contacts.contact_no,
    contacts.name,
    case when companies.contact_no <> contacts.contact_no then companies.name end as company_name
from alike
inner join contacts using (contact_no)
left join contacts as companies on companies.contact_no = contacts.company_no
order by alikeness desc, contacts.name
limit 5
