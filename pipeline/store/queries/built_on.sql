-- a row is one record of a batch that others went on with: the newest batch that did so
with

touched as (

    select distinct table_name, key from journal where batch_id = $batch_id

),

later as (

    select distinct
        journal.batch_id,
        table_name,
        key,
        coalesce(first_batch_id, journal.batch_id) as first_batch_id
    from journal
    semi join touched using (table_name, key)
    left join undoings on undoings.batch_id = journal.batch_id
    where journal.batch_id > $batch_id

),

-- what was done and undone since, or undone and done again, leaves nothing behind
remaining as (

    select table_name, key, max(batch_id) as batch_id
    from later
    group by table_name, key, first_batch_id
    having count(*) % 2 = 1

),

-- the rows that an import or another bulk road put behind the batch's own
unjournaled as (

    select 'opportunities' as table_name, touched.key, max(transitions.batch_id) as batch_id
    from transitions
    join touched
        on touched.table_name = 'opportunities'
        and transitions.opportunity_id = cast(touched.key ->> 'opportunity_id' as bigint)
    anti join journal on journal.batch_id = transitions.batch_id
    where transitions.batch_id > $batch_id
    group by all

)

select
    table_name, key, remaining.batch_id, command, recorded_by, recorded_at
from (from remaining union all from unjournaled) as remaining
left join batches using (batch_id)
order by batch_id desc, table_name, key
