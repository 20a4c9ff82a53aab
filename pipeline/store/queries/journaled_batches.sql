-- a row is one journaled batch, the newest first: of what was done, undone and done again one row,
-- the newest, with the words of what was first done and whether it is undone at the moment
with

wanted as (

    select distinct journal.batch_id, coalesce(first_batch_id, journal.batch_id) as first_batch_id
    from journal
    left join undoings on undoings.batch_id = journal.batch_id

),

chains as (

    select
        first_batch_id,
        max(batch_id) as batch_id,
        (count(*) - 1) % 2 = 1 as is_undone
    from wanted
    where $batch_id is null
    or first_batch_id in (select first_batch_id from wanted where batch_id = $batch_id)
    group by first_batch_id

)

select
    chains.batch_id,
    first_batch_id,
    first_of_all.command,
    newest.recorded_by,
    newest.recorded_at,
    is_undone
from chains
join batches as newest on newest.batch_id = chains.batch_id
join batches as first_of_all on first_of_all.batch_id = first_batch_id
where ($by is null or newest.recorded_by = $by)
and ($since is null or newest.recorded_at >= $since)
order by chains.batch_id desc
