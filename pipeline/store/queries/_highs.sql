-- highs: the furthest place that each path comes to in its cycle, with its last stay and before it
-- (0: nowhere yet). Read from the few paths there are, not from the many rows that bear them.
/* _places */,

paths as materialized (

    select distinct cycle_code, path
    from log
    where $needs_highs
    and action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    and valid_from <= $as_of

),

stays_of_paths as not materialized (

    select
        cycle_code,
        path,
        unnest(string_split(path, ' ')) as stage,
        generate_subscripts(string_split(path, ' '), 1) as visit,
        len(string_split(path, ' ')) as visits
    from paths

),

highs as materialized (

    select
        stays_of_paths.cycle_code,
        path,
        cast(max(position) as smallint) as high,
        cast(coalesce(max(position) filter (visit < visits), 0) as smallint) as before_high
    from stays_of_paths
    inner join places
        on places.cycle_code = stays_of_paths.cycle_code
        and places.stage = cast(stays_of_paths.stage as integer)
    group by stays_of_paths.cycle_code, path

)
