-- ends: an opportunity that the period touched, at the two ends of the period, and what came and
-- went between them. Leading cause of the difference: removed, transferred, won or lost, reopened,
-- new, another expected close date, another amount; the first that applies.
-- A state is one number: 1 in progress, + 2 in the scope, + 4 x (side + 1); null: not there.
both_ends as not materialized (

    select
        opportunity_id,
        max(state) filter (where valid_from < $from_on) as start_state,
        sum(amount) filter (where valid_from < $from_on and state = 7) as start_amount,
        max(case when is_removed then -1 else state end) filter (where next_from is null) as end_state,
        sum(amount) filter (where next_from is null and state = 7 and not is_removed) as end_amount,
        max(has_chances) filter (where next_from is null) as is_won,
        max(category) filter (where valid_from < $from_on) as start_category,
        max(category) filter (where next_from is null) as end_category,
        sum(came) as came,
        sum(went) as went
    from (
        select
            *,
            cast(is_open as tinyint) + 2 * cast(is_inside as tinyint) + 4 * (side + 1) as state,
            arrival_delta + greatest(owner_delta, 0) + greatest(amount_delta, 0)
                + greatest(date_delta, 0) as came,
            greatest(-owner_delta, 0) + greatest(-amount_delta, 0) + greatest(-date_delta, 0)
                - outcome_delta - removal_delta as went
        from changes
    ) as states
    group by opportunity_id

),

ends as materialized (

    select
        opportunity_id,
        start_category,
        end_category,
        coalesce(start_amount, 0) as start_amount,
        coalesce(end_amount, 0) as end_amount,
        came,
        went,
        step,
        case when step = 'date' then start_state // 4 + end_state // 4 - 2 else 0 end as side
    from (
        select
            *,
            case
                when end_state = -1 then 'removed'
                when start_state & 2 <> end_state & 2 then 'owner'
                when end_state & 1 = 0 and is_won then 'won'
                when end_state & 1 = 0 then 'lost'
                when start_state & 1 = 0 then 'reopened'
                when start_state is null then 'created'
                when start_state <> end_state then 'date'
                else 'amount'
            end as step
        from both_ends
    ) as both_ends

)
