-- A row: the figures of Business Central's role centre for the scope, on the as-of day.
with
counted as (

    select
        count(*) filter (stage > 0) as in_progress,
        count(*) filter (stage = 0) as closed_opportunities,
        count(*) filter (
            stage > 0 and expected_close_on between $as_of and cast($as_of as date) + 7
        ) as due_in_7_days,
        count(*) filter (stage > 0 and expected_close_on < $as_of) as overdue,
        count(*) filter (stage = 0 and probability_percent > 0) as won,
        count(*) filter (stage = 0 and probability_percent = 0) as lost
    from standing

)

select
    in_progress + (select count(*) from drafts) as open_opportunities,
    counted.* exclude (in_progress),
    (select count(*) from contacts where type = 'company') as companies,
    (select count(*) from contacts where type = 'person') as persons,
    (select count(*) from quotes where kind = 'quote') as open_quotes,
    (select count(*) from quotes where kind = 'order') as orders,
    (
        select count(*)
        from campaigns
        where activated
        and (starts_on is null or starts_on <= $as_of)
        and (ends_on is null or ends_on >= $as_of)
    ) as active_campaigns
from counted
