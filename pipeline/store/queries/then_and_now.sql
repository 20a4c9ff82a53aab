-- A row is one opportunity that is known otherwise now than it was at a moment, for the as-of day:
-- where it stood as known then and as known now, and the recording that made the difference.
-- log is what is known now; only opportunities of which something that took effect by the day was
-- recorded or retracted after the moment can differ, so only those are looked at twice.
with
late as not materialized (

    select opportunity_id, recorded_at, recorded_by, 'entered' as what
    from transitions
    where recorded_at > $moment
    and valid_from <= $as_of
    and retracted_at is null

    union all

    select opportunity_id, retracted_at, retracted_by, 'retracted'
    from transitions
    where retracted_at > $moment
    and recorded_at <= $moment
    and valid_from <= $as_of

    union all

    select opportunity_id, removed_at, removed_by, 'deleted'
    from opportunities
    where removed_at > $moment
    and removed_on <= $as_of

    union all

    select opportunity_id, ended_at, ended_by, 'restored'
    from past_removals
    where removed_at <= $moment
    and ended_at > $moment
    and removed_on <= $as_of

),

affected as materialized (

    select
        opportunity_id,
        max(recorded_at) as recorded_at,
        arg_max(recorded_by, recorded_at) as recorded_by,
        case
            when bool_or(what = 'deleted') then 'deleted'
            when bool_or(what = 'restored') then 'restored'
            when count(distinct what) > 1 then 'corrected'
            when bool_or(what = 'retracted') then 'taken back'
            else 'entered late'
        end as reason
    from late
    group by opportunity_id

),

known_rows as (

    select transitions.* exclude (valid_to),
        lead(valid_from) over (partition by opportunity_id order by nth) as next_from
    from transitions
    semi join affected using (opportunity_id)
    where recorded_at <= $moment
    and (retracted_at is null or retracted_at > $moment)

),

known_then as (

    select
        known_rows.*,
        coalesce(gaps.removed_on, next_from, removed.removed_on) as valid_to
    from known_rows
    left join (
        select opportunity_id, removed_on from opportunities where removed_at <= $moment

        union all

        select opportunity_id, removed_on
        from past_removals
        where removed_at <= $moment
        and ended_at > $moment
    ) as removed using (opportunity_id)
    left join (
        select opportunity_id, nth, max(removed_on) as removed_on
        from past_removals
        where restored_on is not null
        and ended_at <= $moment
        and (retracted_at is null or retracted_at > $moment)
        group by all
    ) as gaps using (opportunity_id, nth)

),

standing_then as (

    select *
    from known_then
    where valid_from <= $as_of
    and (valid_to is null or valid_to > $as_of)/* inside the scope */

),

standing_now as (

    select * from standing semi join affected using (opportunity_id)

),

beside as (

    select
        opportunity_id,
        was.stage as then_stage,
        was.cycle_code as then_cycle_code,
        was.probability_percent > 0 as then_chances,
        was.amount as then_amount,
        was.weighted_amount as then_weighted_amount,
        was.expected_close_on as then_expected_close_on,
        was.owner_code as then_owner_code,
        is_.stage as now_stage,
        is_.cycle_code as now_cycle_code,
        is_.probability_percent > 0 as now_chances,
        is_.amount as now_amount,
        is_.weighted_amount as now_weighted_amount,
        is_.expected_close_on as now_expected_close_on,
        is_.owner_code as now_owner_code
    from standing_then as was
    full join standing_now as is_ using (opportunity_id)

)

select
    opportunity_no,
    opportunities.description,
    beside.* exclude (opportunity_id),
    then_stages.description as then_stage_description,
    now_stages.description as now_stage_description,
    then_owners.name as then_owner_name,
    now_owners.name as now_owner_name,
    reason,
    affected.recorded_at,
    affected.recorded_by
from beside
inner join affected using (opportunity_id)
inner join opportunities using (opportunity_id)
left join stages as then_stages
    on then_stages.cycle_code = then_cycle_code and then_stages.stage = then_stage
left join stages as now_stages
    on now_stages.cycle_code = now_cycle_code and now_stages.stage = now_stage
left join salespeople as then_owners on then_owners.owner_code = then_owner_code
left join salespeople as now_owners on now_owners.owner_code = now_owner_code
where
    (then_stage, then_chances, then_amount, then_weighted_amount, then_expected_close_on,
        then_owner_code)
    is distinct from
    (now_stage, now_chances, now_amount, now_weighted_amount, now_expected_close_on,
        now_owner_code)
order by opportunity_no
