-- a row is a pair of open opportunities of one company that stand next to each other by amount or by
-- words, of which nobody said that they are two: what is compared more closely
with

open_now as materialized (

    select
        standing.opportunity_id,
        opportunity_no,
        description,
        standing.amount,
        standing.contact_no,
        standing.owner_code,
        standing.expected_close_on,
        coalesce(present.company_no, standing.contact_no) as company_no
    from standing
    join present using (opportunity_id)
    where standing.stage > 0

    union all

    select
        opportunity_id, opportunity_no, description, amount, contact_no, owner_code,
        expected_close_on, coalesce(company_no, contact_no)
    from drafts

),

neighbours as (

    select
        opportunity_id,
        unnest([
            lead(opportunity_id, 1) over by_amount,
            lead(opportunity_id, 2) over by_amount,
            lead(opportunity_id, 3) over by_amount,
            lead(opportunity_id, 4) over by_amount,
            lead(opportunity_id, 5) over by_amount,
            lead(opportunity_id, 1) over by_words,
            lead(opportunity_id, 2) over by_words,
            lead(opportunity_id, 3) over by_words
        ]) as other_id
    from open_now
    where company_no is not null
    window
        by_amount as (partition by company_no order by amount, opportunity_id),
        by_words as (partition by company_no order by lower(description), opportunity_id)

),

pairs as (

    select distinct
        least(opportunity_id, other_id) as opportunity_id,
        greatest(opportunity_id, other_id) as other_id
    from neighbours
    where other_id is not null

)

select
    one.opportunity_no,
    one.description,
    one.amount,
    one.contact_no,
    one.owner_code,
    one.expected_close_on,
    other.opportunity_no as twin_no,
    other.description as twin_description,
    other.amount as twin_amount,
    other.contact_no as twin_contact_no,
    other.owner_code as twin_owner_code,
    companies.name as company_name
from pairs
anti join not_twins using (opportunity_id, other_id)
join open_now as one on one.opportunity_id = pairs.opportunity_id
join open_now as other on other.opportunity_id = pairs.other_id
left join contacts as companies on companies.contact_no = one.company_no
where one.amount is null
or other.amount is null
or abs(one.amount - other.amount) <= 0.25 * greatest(one.amount, other.amount)
or lower(one.description) = lower(other.description)
