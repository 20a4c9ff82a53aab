-- numbered_*: the codes that were asked for ($cycle_codes, $owner_codes, $categories) with their
-- place among them: a row of the log is told by small numbers, which are read many times faster.
-- Where a query says -1 there is no code, and -2: it is not among those asked for.
numbered_cycles as not materialized (

    select
        unnest(cast($cycle_codes as varchar[])) as cycle_code,
        generate_subscripts(cast($cycle_codes as varchar[]), 1) - 1 as cycle_place

),

numbered_owners as not materialized (

    select
        unnest(cast($owner_codes as varchar[])) as owner_code,
        generate_subscripts(cast($owner_codes as varchar[]), 1) - 1 as owner_place

),

numbered_categories as not materialized (

    select
        unnest(cast($categories as varchar[])) as forecast_category,
        generate_subscripts(cast($categories as varchar[]), 1) - 1 as category_place

)
