-- held: what is in progress, those inside the window only when the scope has one, and what is not
-- started (stage 0, since it was created); marked: the same with what a card is marked for
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
    where action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    and valid_from <= $as_of
    group by opportunity_id

),

held as not materialized (

    select
        opportunity_id, cycle_code, stage, amount, weighted_amount, probability_percent,
        expected_close_on, owner_code, contact_no, entered_on
    from standing
    left join entered using (opportunity_id)
    where stage > 0

    union all

    select
        opportunity_id, cycle_code, 0, null, null, null,
        null, owner_code, contact_no, created_on
    from drafts

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
    where ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)

)
