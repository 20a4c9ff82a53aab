-- figures: what stands on the newest day there is, with few columns, from the copy of its newest row
-- that each opportunity keeps
figures as not materialized (

    select
        opportunity_id,
        cycle_code,
        stage,
        path,
        amount,
        probability_percent,
        weighted_amount,
        expected_close_on,
        owner_code,
        contact_no,
        forecast_category,
        close_reason_code,
        standing_since as valid_from
    from present
    where status <> 'not started'
    and (removed_on is null or removed_on > $as_of)/* inside the scope */

)
