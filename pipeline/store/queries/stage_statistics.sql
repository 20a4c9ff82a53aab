-- A row is one stage of a cycle: what stands in it, and the sums from which mean days follow.
-- An entry is a row that Business Central writes too, with the reassign and edit rows after it.
-- Days of finished rows count each stay and entry that is over in full, and of the one that still
-- lasts the part before its newest row: that part is `..._days_begun`, to be taken off again.
with
-- the log of the opportunities in the scope; without one only those deleted by the day are left out
counted as not materialized (

    select log.*
    from log
    anti join absent using (opportunity_id)
    where not $narrowed
    and valid_from <= $as_of
    and stage > 0

    union all

    select log.*
    from log
    semi join standing using (opportunity_id)
    where $narrowed
    and valid_from <= $as_of
    and stage > 0

),

by_action as (

    select
        cycle_code,
        stage,
        action,
        count(*) as transitions,
        sum(valid_to - valid_from) filter (valid_to <= $as_of) as finished_days
    from counted
    group by cycle_code, stage, action

),

history as (

    select
        cycle_code,
        stage,
        coalesce(sum(transitions) filter (action not in ('reassign', 'edit')), 0)
            as entries_ever,
        coalesce(sum(transitions) filter (action not in ('reassign', 'edit', 'update')), 0)
            as stays_ever,
        coalesce(sum(finished_days), 0) as finished_days
    from by_action
    group by cycle_code, stage

),

active as (

    select
        cycle_code,
        stage,
        count(*) as opportunities,
        sum(amount) as amount,
        sum(weighted_amount) as weighted_amount,
        count(*) - count(amount) as without_amount
    from standing
    where stage > 0
    group by cycle_code, stage

),

-- opportunities whose newest row did not begin their stay
lasting as not materialized (

    select opportunity_id, cycle_code, stage, valid_from as newest_from
    from standing
    where stage > 0
    and action in ('reassign', 'edit', 'update')

),

begun as (

    select
        opportunity_id,
        any_value(lasting.cycle_code) as cycle_code,
        any_value(lasting.stage) as stage,
        any_value(newest_from) as newest_from,
        max(valid_from) filter (action not in ('reassign', 'edit')) as entry_from,
        max(valid_from) filter (action not in ('reassign', 'edit', 'update')) as stay_from
    from log
    inner join lasting using (opportunity_id)
    where valid_from <= $as_of
    group by opportunity_id

),

begun_days as (

    select
        cycle_code,
        stage,
        sum(newest_from - entry_from) as entry_days_begun,
        sum(newest_from - stay_from) as stay_days_begun
    from begun
    group by cycle_code, stage

)

select
    history.*,
    coalesce(opportunities, 0) as opportunities,
    coalesce(amount, 0) as amount,
    coalesce(weighted_amount, 0) as weighted_amount,
    coalesce(without_amount, 0) as without_amount,
    coalesce(entry_days_begun, 0) as entry_days_begun,
    coalesce(stay_days_begun, 0) as stay_days_begun
from history
left join active using (cycle_code, stage)
left join begun_days using (cycle_code, stage)
