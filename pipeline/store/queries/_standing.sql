-- standing: the log on the as-of day; drafts: what was created but not started by then
standing as not materialized (

    select *
    from log
    where valid_from <= $as_of
    and (valid_to is null or valid_to > $as_of)/* inside the scope */

),

drafts as not materialized (

    select *
    from present
    where created_on <= $as_of
    and (started_on is null or started_on > $as_of)
    and (removed_on is null or removed_on > $as_of)/* inside the scope */

)
