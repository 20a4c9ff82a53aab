-- a row is a pasted number or name, in its order, with a contact it names exactly; none: null
with

pasted as (

    select unnest($pasted) as words, unnest(range(len($pasted))) as place

)

select
    pasted.place,
    pasted.words,
    contacts.contact_no,
    contacts.name as contact_name,
    count(contacts.contact_no) over (partition by pasted.place) as fitting
from pasted
left join contacts
    on lower(contacts.contact_no) = lower(pasted.words)
    or strip_accents(lower(contacts.name)) = strip_accents(lower(pasted.words))
order by pasted.place, contacts.contact_no
