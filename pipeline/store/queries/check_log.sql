-- a row is one broken rule of one opportunity: the rule, the opportunity, and how many rows break it
with

live as (

    select
        *,
        lead(valid_from) over chain as next_from,
        lag(valid_from) over chain as before_from,
        lag(stage) over chain as before_stage,
        lag(path) over chain as before_path,
        lag(action) over chain as before_action,
        action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen') as starts_a_stay,
        action in ('won', 'lost') as closes
    from transitions
    where retracted_at is null
    window chain as (partition by opportunity_id order by nth)

),

numbered as (

    select
        opportunity_id,
        count(*) as rows_there,
        count(distinct nth) as numbers,
        min(nth) as lowest,
        max(nth) as highest,
        count(*) filter (where retracted_at is null) as live_rows,
        count(*) filter (where retracted_at is null and valid_to is null) as current_rows
    from transitions
    group by opportunity_id

),

counted as (

    select
        opportunities.*,
        coalesce(rows_there, 0) as rows_there,
        coalesce(numbers, 0) as numbers,
        coalesce(lowest, 1) as lowest,
        coalesce(highest, 0) as highest,
        coalesce(live_rows, 0) as live_rows,
        coalesce(current_rows, 0) as current_rows
    from opportunities
    left join numbered using (opportunity_id)

),

broken as (

    select 'one current row' as rule, opportunity_id
    from counted
    where current_rows <> case when live_rows > 0 and removed_on is null then 1 else 0 end

    union all

    select 'numbers without holes', opportunity_id
    from counted
    where rows_there <> last_nth or numbers <> rows_there or highest <> last_nth or lowest <> 1

    union all

    select 'no orphans', transitions.opportunity_id
    from transitions
    anti join opportunities using (opportunity_id)

    union all

    select 'no gaps and no overlaps', opportunity_id
    from live
    left join (select opportunity_id, removed_on from opportunities) using (opportunity_id)
    left join (
        select opportunity_id, nth, max(removed_on) as gap_from
        from past_removals
        where restored_on is not null
        and retracted_at is null
        group by all
    ) using (opportunity_id, nth)
    where valid_to is distinct from coalesce(gap_from, next_from, removed_on)
    or next_from < valid_from
    or next_from < gap_from

    union all

    select 'the stage before', opportunity_id
    from live
    where from_stage <> coalesce(before_stage, 0)

    union all

    select 'the path of stays', opportunity_id
    from live
    where path <> case
        when starts_a_stay then trim(coalesce(before_path, '') || ' ' || stage)
        else coalesce(before_path, '')
    end

    union all

    select 'stages and closing', opportunity_id
    from live
    where closes <> (stage = 0)
    or (before_action is null and action not in ('first', 'won', 'lost'))
    or (before_action in ('won', 'lost') and action <> 'reopen'
        -- a win is lost with its order
        and not (before_action = 'won' and action = 'lost'))
    or (before_action is not null and action = 'first')
    or (action = 'reopen' and coalesce(before_action, '') not in ('won', 'lost'))

    union all

    select 'probability', opportunity_id
    from live
    where case action
        when 'won' then chances_percent <> 100 or completed_percent <> 100 or probability_percent <> 100
        when 'lost' then chances_percent <> 0 or completed_percent <> 100 or probability_percent <> 0
        else probability_percent not in (
            (chances_percent * completed_percent / 100)::decimal(9, 6),
            ((chances_percent + completed_percent) / 2)::decimal(9, 6),
            chances_percent,
            completed_percent
        )
    end

    union all

    select 'weighted amount', opportunity_id
    from live
    where case action
        when 'won' then weighted_amount is null and amount is not null
        when 'lost' then weighted_amount <> 0
        else weighted_amount is distinct from
            (amount * (probability_percent / 100)::decimal(12, 8))::decimal(30, 10)
    end

    union all

    select 'the standing is the last row', counted.opportunity_id
    from counted
    left join live on live.opportunity_id = counted.opportunity_id and next_from is null
    where counted.status <> case
        when live.action is null then 'not started'
        when live.closes then live.action
        else 'in progress'
    end
    or (
        live.action is not null
        and (
            counted.cycle_code, counted.stage, counted.amount, counted.chances_percent,
            counted.completed_percent, counted.probability_percent, counted.weighted_amount,
            counted.expected_close_on, counted.owner_code, counted.contact_no,
            counted.close_reason_code, counted.path, counted.standing_since,
            counted.closed_on, counted.forecast_category
        ) is distinct from (
            live.cycle_code, live.stage, live.amount, live.chances_percent,
            live.completed_percent, live.probability_percent, live.weighted_amount,
            live.expected_close_on, live.owner_code, live.contact_no,
            live.close_reason_code, live.path, live.valid_from,
            case when live.closes then live.valid_from end, live.forecast_category
        )
    )

    union all

    select 'when it was started', counted.opportunity_id
    from counted
    left join (
        select opportunity_id, min(valid_from) as first_from from live group by opportunity_id
    ) using (opportunity_id)
    where started_on is distinct from first_from

    union all

    select 'recorded in a batch', transitions.opportunity_id
    from transitions
    anti join batches using (batch_id)

)

select
    rule,
    coalesce(opportunity_no, 'id ' || broken.opportunity_id) as opportunity_no,
    count(*) as times
from broken
left join opportunities using (opportunity_id)
group by all
order by rule, opportunity_no
