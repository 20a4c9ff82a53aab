-- A row is the started opportunities whose expected close date was pushed so many times.
with
/* _pushes */,

pushed as (

    select opportunity_id, count(*) as pushes
    from redatings
    semi join standing using (opportunity_id)
    where later_days > 0
    group by opportunity_id

),

counts as (

    select pushes, count(*) as opportunities from pushed group by pushes

)

select pushes, opportunities from counts

union all

select 0, (select count(*) from standing) - coalesce((select sum(opportunities) from counts), 0)
