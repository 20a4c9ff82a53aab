-- a row is a contact with its interactions up to the as-of day, a company with its persons' too
with counted as (

    select
        contact_no,
        count(*) as interactions,
        coalesce(sum(cost), 0) as interaction_cost,
        coalesce(sum(minutes), 0) as interaction_minutes
    from interactions
    where not canceled and happened_on <= $as_of
    group by contact_no

),

held as (

    select * from counted

    union all

    select contacts.company_no, counted.* exclude (contact_no)
    from counted
    inner join contacts using (contact_no)
    where contacts.company_no <> contacts.contact_no

)

select
    contact_no,
    sum(interactions) as interactions,
    sum(interaction_cost) as interaction_cost,
    sum(interaction_minutes) as interaction_minutes
from held
group by contact_no
