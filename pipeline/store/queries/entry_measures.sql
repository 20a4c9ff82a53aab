-- A row: sums and means over the entries of the opportunities in the scope, all and the newest.
-- An entry is a row that Business Central writes too.
with
entries as (

    select log.*
    from log
    semi join standing using (opportunity_id)
    where valid_from <= $as_of
    and action not in ('reassign', 'edit')

),

ever as (

    select
        sum(amount) as entries_amount,
        sum(weighted_amount) as entries_weighted_amount,
        avg(chances_percent) as average_chances_percent,
        avg(completed_percent) as average_completed_percent,
        avg(probability_percent) as average_probability_percent
    from entries

),

newest as (

    select
        count(*) as in_entries,
        count(*) filter (stage = 0 and probability_percent > 0) as won,
        count(*) filter (stage = 0 and probability_percent = 0) as lost,
        sum(amount) as active_amount,
        sum(weighted_amount) as active_weighted_amount,
        avg(chances_percent) as average_active_chances_percent
    from standing

),

offered as (

    select sum(quotes.amount) as quote_amount
    from present
    semi join standing using (opportunity_id)
    inner join quotes using (quote_no)

)

select *
from newest
cross join ever
cross join offered
