-- held: what is in progress, those inside the window only when the scope has one, and what is not
-- started (stage 0, since it was created). Where the day is not before anything that happened, and
-- all of it is known ($is_now), it is read from the copies that the opportunities keep, in a tenth
-- of the time that the log takes. marked: the same with what a card is marked for.
limits as not materialized (

    select
        unnest(cast($limit_cycles as varchar[])) as cycle_code,
        unnest(cast($limit_stages as integer[])) as stage,
        unnest(cast($limit_days as integer[])) as limit_days

),

entered as not materialized (

    select opportunity_id, max(valid_from) as entered_on
    from log
    semi join (select opportunity_id from standing where stage > 0) as open_ones
        using (opportunity_id)
    where not $is_now
    and action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    and valid_from <= $as_of
    group by opportunity_id

),

here as not materialized (

    select
        opportunity_id, cycle_code, coalesce(stage, 0) as stage, amount, weighted_amount,
        case when stage > 0 then probability_percent end as probability_percent,
        expected_close_on, owner_code, contact_no,
        case when stage > 0 then stage_since else created_on end as entered_on
    from opportunities
    where $is_now
    and removed_on is null
    and (stage > 0 or started_on is null)/* inside the scope */

    union all

    select
        opportunity_id, cycle_code, stage, amount, weighted_amount, probability_percent,
        expected_close_on, owner_code, contact_no, entered_on
    from standing
    left join entered using (opportunity_id)
    where not $is_now
    and stage > 0

    union all

    select
        opportunity_id, cycle_code, 0, null, null, null,
        null, owner_code, contact_no, created_on
    from drafts
    where not $is_now

),

held as not materialized (

    select *
    from here
    where ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)

),

/* _planned */,

marked as not materialized (

    select
        held.*,
        cast($as_of as date) - entered_on as stage_age_days,
        limit_days,
        next_step_no,
        next_step,
        next_step_on,
        stage > 0 and coalesce(expected_close_on < $as_of, false) as is_overdue,
        coalesce(cast($as_of as date) - entered_on > limit_days, false)
            and not coalesce(planned_in_days <= limit_days, false) as is_rotting,
        next_step_on is null as lacks_next_step
    from held
    left join limits using (cycle_code, stage)
    left join planned using (opportunity_id)
    left join first_steps using (opportunity_id)

)
