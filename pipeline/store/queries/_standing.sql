-- standing: the log on the as-of day; drafts: what was created but not started by then; absent: what
-- was deleted by then, or out at the time
standing as not materialized (

    select *
    from log
    where valid_from <= $as_of
    and (valid_to is null or valid_to > $as_of)/* inside the scope */

),

absent as not materialized (

    select opportunity_id from present where removed_on <= $as_of

    union all

    select opportunity_id from absences where removed_on <= $as_of and restored_on > $as_of

),

drafts as not materialized (

    select *
    from present
    where created_on <= $as_of
    and (started_on is null or started_on > $as_of)
    and (removed_on is null or removed_on > $as_of)/* inside the scope */

)
