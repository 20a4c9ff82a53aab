-- a row is what was written around an opportunity besides its log, and its creation; newest first
with written as (

    select batch_id, place, kind, table_name, before, after
    from journal
    where (
        table_name = 'opportunities'
        and key = $opportunity_key
        and kind in ('row', 'removal', 'return')
    )
    or (
        table_name in ('tasks', 'interactions')
        and $opportunity_id::varchar in (
            json_extract_string(before, '$.opportunity_id'),
            json_extract_string(after, '$.opportunity_id')
        )
    )
    or (
        table_name = 'comments'
        and key in (
            select key
            from journal
            where table_name = 'comments'
            and json_extract_string(after, '$.about') = 'opportunity'
            and json_extract_string(after, '$.no') = $opportunity_no
        )
    )

)

select
    batches.recorded_at,
    batches.recorded_by,
    batches.command,
    written.batch_id,
    written.place,
    written.kind,
    written.table_name,
    written.before,
    written.after
from written
inner join batches using (batch_id)

union all

select created_at, created_by, source, batch_id, 0, 'created', 'opportunities', null, null
from opportunities
where opportunity_id = $opportunity_id
order by recorded_at desc, batch_id desc, place desc
