-- figures: what stands on the as-of day; a query that builds on it uses the columns of
-- `_figures_kept.sql` only
figures as not materialized (

    select * from standing

)
