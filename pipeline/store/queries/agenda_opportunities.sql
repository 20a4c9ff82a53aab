-- A row is an opportunity in progress that is expected to close by the end of the period, overdue
-- ones too, the largest first, with what a review asks about: what is planned for it, when somebody
-- last had contact with its customer, how often its close date was pushed, how long it stands.
with
/* _board */,

/* _stage_categories */,

/* _pushes */,

pushed as not materialized (

    select opportunity_id, count(*) as pushes from redatings where later_days > 0 group by opportunity_id

),

happened as not materialized (

    select opportunity_id, contact_no, happened_on
    from interactions
    where not canceled
    and happened_on <= $as_of
    and (cast($known_at as timestamp) is null or created_at <= $known_at)

),

asked as not materialized (

    select
        marked.opportunity_id,
        marked.cycle_code,
        marked.stage,
        marked.amount,
        marked.expected_close_on,
        marked.owner_code,
        marked.contact_no,
        stage_age_days,
        limit_days,
        next_step_on,
        is_overdue,
        is_rotting,
        lacks_next_step,
        /* _category */ as category
    from marked
    inner join standing using (opportunity_id)
    left join stage_categories
        on stage_categories.cycle_code = marked.cycle_code
        and stage_categories.stage = marked.stage

),

largest as not materialized (

    select *, count(*) over () as opportunities
    from asked
    where category <> 'omitted'
    order by amount desc nulls last, opportunity_id
    limit $limit

),

touched_by as not materialized (

    select largest.opportunity_id, max(happened_on) as contact_on
    from largest
    inner join happened
        on happened.opportunity_id = largest.opportunity_id
        or happened.contact_no = largest.contact_no
    group by largest.opportunity_id

),

places_of as not materialized (

    select cycle_code, stage, description, position, count(*) over (partition by cycle_code) as stages
    from stages

)

select
    largest.opportunity_id,
    present.opportunity_no,
    present.description,
    contacts.name as contact_name,
    largest.owner_code,
    salespeople.name as owner_name,
    places_of.description as stage_description,
    places_of.position,
    places_of.stages,
    largest.amount,
    largest.expected_close_on,
    largest.category,
    stage_age_days,
    limit_days,
    next_step_on,
    is_overdue,
    is_rotting,
    lacks_next_step,
    coalesce(pushes, 0) as pushes,
    contact_on,
    (select count(*) > 0 from happened) as contacts_are_logged,
    largest.opportunities
from largest
inner join present using (opportunity_id)
left join pushed using (opportunity_id)
left join touched_by using (opportunity_id)
left join contacts on contacts.contact_no = largest.contact_no
left join salespeople on salespeople.owner_code = largest.owner_code
left join places_of on places_of.cycle_code = largest.cycle_code and places_of.stage = largest.stage
order by largest.amount desc nulls last, largest.opportunity_id
