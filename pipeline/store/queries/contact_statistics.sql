-- A row is a contact with the newest entries of its opportunities, won and lost ones too; a company
-- has those of its persons besides. The row without a contact is what belongs to nobody.
with
/* _last_done */,

own as materialized (

    select
        contact_no,
        count(*) as opportunities,
        count(*) filter (stage > 0) as in_progress,
        count(*) filter (stage = 0 and probability_percent > 0) as won,
        count(*) filter (stage = 0 and probability_percent = 0) as lost,
        sum(amount) as amount,
        sum(weighted_amount) as weighted_amount,
        count(*) - count(amount) as without_amount
    from standing
    where ($from_on is null or expected_close_on >= $from_on)
    and ($to_on is null or expected_close_on <= $to_on)
    and ($actions is null or opportunity_id in (select opportunity_id from last_done))
    group by contact_no

),

held as (

    select * from own

    union all

    select contacts.company_no, own.* exclude (contact_no)
    from own
    inner join contacts using (contact_no)
    where contacts.company_no <> contacts.contact_no

)

select
    held.contact_no,
    any_value(contacts.name) as contact_name,
    any_value(contacts.type) as contact_type,
    sum(opportunities) as opportunities,
    sum(in_progress) as in_progress,
    sum(won) as won,
    sum(lost) as lost,
    sum(amount) as amount,
    sum(weighted_amount) as weighted_amount,
    sum(without_amount) as without_amount
from held
left join contacts using (contact_no)
where $asked is null
or list_contains($asked, held.contact_no)
or list_contains($asked, contacts.company_no)
group by held.contact_no
