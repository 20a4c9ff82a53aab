-- a row is a contact on one list, in the order of the list, with what its opportunity would take
with

open_ones as (

    select contact_no, count(*) as open_now, min(opportunity_no) as first_open
    from opportunities
    where status in ('not started', 'in progress') and removed_on is null
    and contact_no in (select contact_no from contact_list_lines where list_no = $list_no)
    group by contact_no

)

select
    contact_list_lines.contact_no,
    contacts.name as contact_name,
    contacts.type as contact_type,
    contact_list_lines.description as line_description,
    contact_list_lines.owner_code,
    coalesce(contact_list_lines.owner_code, contact_lists.owner_code, contacts.owner_code)
        as likely_owner_code,
    coalesce(nullif(contact_list_lines.description, ''), contact_lists.description)
        as likely_description,
    coalesce(open_now, 0) as open_now,
    first_open
from contact_list_lines
inner join contact_lists on contact_lists.list_no = contact_list_lines.list_no
left join contacts on contacts.contact_no = contact_list_lines.contact_no
left join open_ones on open_ones.contact_no = contact_list_lines.contact_no
where contact_list_lines.list_no = $list_no
order by contact_list_lines.line
