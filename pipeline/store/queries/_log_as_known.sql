-- log: the transitions as they were known at a moment; what was recorded or retracted later is undone
known as (

    select *
    from transitions
    where recorded_at <= $known_at
    and (retracted_at is null or retracted_at > $known_at)

),

log as (

    select
        known.* exclude (valid_to),
        coalesce(
            lead(known.valid_from) over (partition by opportunity_id order by known.nth),
            removed.removed_on
        ) as valid_to
    from known
    left join (
        select opportunity_id, removed_on from opportunities where removed_at <= $known_at
    ) as removed using (opportunity_id)

),

started as (

    select opportunity_id, min(valid_from) as started_on from known group by opportunity_id

),

present as (

    select
        opportunities.* exclude (started_on, removed_on),
        started.started_on,
        case when removed_at <= $known_at then removed_on end as removed_on
    from opportunities
    left join started using (opportunity_id)
    where created_at <= $known_at

)
