-- A row is an opportunity whose number begins with $search, or whose description or contact's name
-- holds it; open ones first, then the newest.
with
sought as (

    select
        opportunity_no,
        description,
        status,
        contact_no,
        created_on,
        starts_with(lower(opportunity_no), lower($search)) as is_number
    from present
    where removed_on is null
    and (
        starts_with(lower(opportunity_no), lower($search))
        or regexp_matches(description, $pattern, 'i')
        or contact_no in (select contact_no from contacts where regexp_matches(name, $pattern, 'i'))
    )
    order by is_number desc, status in ('not started', 'in progress') desc, created_on desc, opportunity_no
    limit $at_most

)

select
    sought.opportunity_no,
    sought.description,
    sought.status,
    contacts.name as contact_name
from sought
left join contacts using (contact_no)
order by is_number desc, status in ('not started', 'in progress') desc, created_on desc, opportunity_no
