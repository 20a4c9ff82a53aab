-- A row is an opportunity whose number begins with $search, or of which each of the four patterns
-- finds something in its description or its contact's name; open ones first, then the newest.
with
sought as (

    select
        opportunity_no,
        description,
        status,
        name as contact_name,
        created_on,
        starts_with(lower(opportunity_no), lower($search)) as is_number
    from present
    left join (select contact_no, name from contacts) as named using (contact_no)
    where removed_on is null
    and (
        starts_with(lower(opportunity_no), lower($search))
        or (
            regexp_matches(concat_ws(' ', description, name), $first, 'i')
            and regexp_matches(concat_ws(' ', description, name), $second, 'i')
            and regexp_matches(concat_ws(' ', description, name), $third, 'i')
            and regexp_matches(concat_ws(' ', description, name), $fourth, 'i')
        )
    )

)

select opportunity_no, description, status, contact_name
from sought
order by
    is_number desc, status in ('not started', 'in progress') desc, created_on desc, opportunity_no
limit $at_most
