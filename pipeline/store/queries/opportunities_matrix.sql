-- A row is a line of the matrix and one of its periods, with what stands there; without a line: all.
-- A period begins on one of $starts and ends the day before the next; the last ends on $last.
with
chosen as (

    select *
    from standing
    where expected_close_on between $starts[1] and $last
    and case $status
        when 'won' then stage = 0 and probability_percent > 0
        when 'lost' then stage = 0 and probability_percent = 0
        else stage > 0
    end

),

periods as (

    select
        expected_close_on,
        list_max(list_filter($starts, one -> one <= expected_close_on)) as period_from
    from (select distinct expected_close_on from chosen) as days

),

parties as (

    select contact_no, company_no
    from contacts
    where $lines = 'contact'
    and type = 'person'
    and company_no <> contact_no

),

origins as (

    select opportunity_id, campaign_no
    from present
    where $lines = 'campaign'

),

placed as (

    select
        period_from,
        amount,
        weighted_amount,
        case $lines
            when 'owner' then owner_code
            when 'contact' then chosen.contact_no
            else campaign_no
        end as line_no,
        parties.company_no
    from chosen
    inner join periods using (expected_close_on)
    left join parties on parties.contact_no = chosen.contact_no
    left join origins using (opportunity_id)

),

-- what a person has is the company's too
counted as (

    select 'line' as kind, line_no, period_from, amount, weighted_amount
    from placed

    union all

    select 'line', company_no, period_from, amount, weighted_amount
    from placed
    where company_no is not null

    union all

    select 'all', null, period_from, amount, weighted_amount
    from placed

)

select
    kind,
    line_no,
    period_from,
    count(*) as opportunities,
    sum(amount) as amount,
    sum(weighted_amount) as weighted_amount,
    count(amount) as with_amount
from counted
group by kind, line_no, period_from
