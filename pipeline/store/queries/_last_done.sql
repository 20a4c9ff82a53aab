-- last_done: the opportunities whose newest entry was made by one of $actions; another owner and an
-- edit make no entry. None where nothing is asked for.
last_done as not materialized (

    select opportunity_id
    from (
        select opportunity_id, arg_max(action, nth) as last_action
        from log
        where $actions is not null
        and valid_from <= $as_of
        and action not in ('reassign', 'edit')
        group by opportunity_id
    ) as newest
    where list_contains($actions, last_action)

)
