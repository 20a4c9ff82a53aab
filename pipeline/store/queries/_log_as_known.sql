-- log: the transitions as they were known at a moment; what was recorded or retracted later is undone
known as (

    select *
    from transitions
    where recorded_at <= $known_at
    and (retracted_at is null or retracted_at > $known_at)

),

-- removals that were in force at the moment, those that did not last among them
known_removals as (

    select opportunity_id, removed_on from opportunities where removed_at <= $known_at

    union all

    select opportunity_id, removed_on
    from past_removals
    where removed_at <= $known_at
    and ended_at > $known_at

),

-- the time an opportunity was out before it was restored
absences as (

    select opportunity_id, nth, max(removed_on) as removed_on, max(restored_on) as restored_on
    from past_removals
    where restored_on is not null
    and ended_at <= $known_at
    and (retracted_at is null or retracted_at > $known_at)
    group by all

),

log as (

    select
        known.* exclude (valid_to),
        coalesce(
            absences.removed_on,
            lead(known.valid_from) over (partition by opportunity_id order by known.nth),
            known_removals.removed_on
        ) as valid_to
    from known
    left join known_removals using (opportunity_id)
    left join absences using (opportunity_id, nth)

),

started as (

    select opportunity_id, min(valid_from) as started_on from known group by opportunity_id

),

present as (

    select
        opportunities.* exclude (started_on, removed_on),
        started.started_on,
        known_removals.removed_on
    from opportunities
    left join started using (opportunity_id)
    left join known_removals using (opportunity_id)
    where created_at <= $known_at

)
