-- A row is one part (owner, team, cycle, contact company, campaign, source, size, month of
-- creation): how many of it reached a stage (or entered at all) and how many went on (or were
-- won). Small parts beyond the $at_most largest ones stand together where they are alike; `groups`
-- says how many they are.
with
/* _highs */,

judged as not materialized (

    select
        opportunity_id,
        standing.cycle_code,
        owner_code,
        contact_no,
        amount,
        high >= coalesce(position, 0) or standing.probability_percent > 0 and standing.stage = 0
            as is_counted,
        standing.probability_percent > 0 and standing.stage = 0
            or ($reached_stage is not null and high > position) as is_advanced
    from standing
    inner join highs using (cycle_code, path)
    left join (select cycle_code, position from places where stage = $reached_stage) as asked
        using (cycle_code)
    where $reached_stage is null
    or position is not null

),

split as not materialized (

    select
        case $by
            when 'owner' then judged.owner_code
            when 'team' then team_code
            when 'cycle' then cycle_code
            when 'contact' then coalesce(company_no, judged.contact_no)
            when 'campaign' then campaign_no
            when 'source' then source
            when 'month' then created_month
            when 'size' then case
                when amount < 1000 then '0'
                when amount < 5000 then '1000'
                when amount < 10000 then '5000'
                when amount < 25000 then '10000'
                when amount < 50000 then '25000'
                when amount < 100000 then '50000'
                when amount < 250000 then '100000'
                when amount < 1000000 then '250000'
                when amount >= 1000000 then '1000000'
            end
        end as part,
        is_advanced
    from judged
    left join (select owner_code, team_code from salespeople where $by = 'team') as people
        using (owner_code)
    left join (select contact_no, company_no from contacts where $by = 'contact') as companies
        using (contact_no)
    left join (
        select
            opportunity_id,
            campaign_no,
            source,
            cast(cast(date_trunc('month', created_on) as date) as varchar) as created_month
        from present
        where $by in ('campaign', 'source', 'month')
    ) as details using (opportunity_id)
    where is_counted

),

parts as (

    select
        part,
        count(*) as counted,
        count(*) filter (is_advanced) as advanced,
        row_number() over (order by count(*) desc, part) as place
    from split
    group by part

)

select
    case when place <= $at_most then part end as part,
    counted,
    advanced,
    place > $at_most as is_rest,
    count(*) as groups
from parts
group by all
