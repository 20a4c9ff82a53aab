-- figures: what stands on the as-of day, with few columns
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
        valid_from
    from standing

)
