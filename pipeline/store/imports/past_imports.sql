-- A row is one import, the newest first, with the names of its files.
with
files as (
    select
        batch_id,
        string_agg(name, ', ' order by place) as files,
        bool_and(content is not null) as is_kept
    from import_files
    group by batch_id
)
select
    batch_id,
    imported_at,
    imported_by,
    source,
    profile_name,
    coalesce(files, '') as files,
    opportunities,
    transitions,
    refused_rows,
    undone_at,
    undone_by,
    coalesce(is_kept, false) as is_kept
from imports
left join files using (batch_id)
order by batch_id desc
