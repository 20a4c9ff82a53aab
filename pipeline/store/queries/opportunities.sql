-- A row is one opportunity of the page asked for, and beside it the totals of the whole selection.
-- Columns from other tables take part only where a condition or the order needs them: the join is
-- with nothing otherwise. Names and details are fetched for the few rows of the page.
with
listed as not materialized (

    select
        opportunity_id, cycle_code, stage, path, amount, weighted_amount, probability_percent,
        completed_percent, expected_close_on, owner_code, contact_no, close_reason_code, valid_from,
        case when stage > 0 then 'in progress' when probability_percent > 0 then 'won' else 'lost'
            end as status
    from standing

    union all

    select
        opportunity_id, cycle_code, null, '', null, null, 0,
        null, null, owner_code, contact_no, null, created_on, 'not started'
    from drafts

),

details as not materialized (

    select opportunity_id, opportunity_no, description, created_on, campaign_no, source, list_no,
        $search <> '' and (
            contains(strip_accents(lower(description)), strip_accents(lower($search)))
            or contains(lower(opportunity_no), lower($search))
        ) as details_match
    from present
    where $needs_details
    and (not $needs_details_that_match or details_match)

),

contact_names as not materialized (

    select
        contact_no,
        contains(strip_accents(lower(name)), strip_accents(lower($search))) as contact_matches,
        rank() over (order by strip_accents(lower(name))) as contact_rank
    from contacts
    where $needs_contacts
    and (not $needs_contacts_that_match or contact_matches)

),

owner_names as not materialized (

    select
        owner_code,
        contains(strip_accents(lower(name)), strip_accents(lower($search))) as owner_matches,
        rank() over (order by strip_accents(lower(name))) as owner_rank
    from salespeople
    where $needs_owners

),

journeys as not materialized (

    select unnest($journeys) as journey

),

stage_order as not materialized (

    select cycle_code, stage, position from stages where $needs_places

),

-- when those in progress entered the stage they are in
entered as not materialized (

    select opportunity_id, max(valid_from) as entered_on
    from log
    semi join (select opportunity_id from standing where stage > 0) as open_ones
        using (opportunity_id)
    where ($entered_from is not null or $entered_to is not null)
    and action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    and valid_from <= $as_of
    group by opportunity_id

),

/* _planned */,

-- what something is planned for, in the days asked for
with_step as not materialized (

    select distinct opportunity_id
    from to_do
    where ($without_next_step or due_on between $as_of and $unplanned_to)

),

/* _crossed */,

-- when each first came to the stage asked for
reached as not materialized (

    select opportunity_id, reached_on from crossed

),

teamless as not materialized (

    select owner_code, team_code from salespeople where $without_team and team_code is not null

),

/* _pushes */,

pushed as not materialized (

    select opportunity_id, count(*) as pushes
    from redatings
    where $pushed is not null
    and later_days > 0
    group by opportunity_id

),

/* _last_done */,

/* _stage_categories */,

categorised as not materialized (

    select opportunity_id
    from standing
    left join stage_categories
        on stage_categories.cycle_code = standing.cycle_code
        and stage_categories.stage = standing.stage
    where $categories is not null
    and standing.stage > 0
    and list_contains($categories, /* _category */)

),

selected as (

    select
        opportunity_id, listed.cycle_code, listed.stage, status, amount, weighted_amount, probability_percent,
        expected_close_on, listed.owner_code, listed.contact_no, listed.close_reason_code, valid_from,
        case $order_by
            when 'amount' then cast(amount as double)
            when 'weighted_amount' then cast(weighted_amount as double)
            when 'probability_percent' then cast(probability_percent as double)
            when 'expected_close_on' then date_diff('day', date '2000-01-01', expected_close_on)
            when 'closed_on'
                then date_diff('day', date '2000-01-01', case when listed.stage = 0 then expected_close_on end)
            when 'standing_since' then date_diff('day', date '2000-01-01', valid_from)
            when 'created_on' then date_diff('day', date '2000-01-01', created_on)
            when 'age_days' then date_diff('day', created_on, $as_of)
            when 'stage_description' then position
            when 'contact_name' then contact_rank
            when 'owner_name' then owner_rank
        end as number_key,
        case $order_by
            when 'opportunity_no' then opportunity_no
            when 'description' then strip_accents(lower(details.description))
            when 'cycle_code' then listed.cycle_code
            when 'stage_description' then listed.cycle_code
            when 'status' then status
        end as text_key
    from listed
    left join details using (opportunity_id)
    left join contact_names
        on contact_names.contact_no = case when $needs_contacts then listed.contact_no end
    left join owner_names
        on owner_names.owner_code = case when $needs_owners then listed.owner_code end
    left join journeys
        on journey = case when $journeys is not null then concat_ws('|', listed.cycle_code, status, path) end
    left join stage_order
        on stage_order.cycle_code = case when $needs_places then listed.cycle_code end
        and stage_order.stage = listed.stage
    left join close_reasons
        on close_reasons.close_reason_code = case when $in_win_rate then listed.close_reason_code end
    left join teamless
        on teamless.owner_code = case when $without_team then listed.owner_code end
    left join with_step
        on with_step.opportunity_id = case
            when $without_next_step or $unplanned_to is not null then listed.opportunity_id
        end
    left join reached using (opportunity_id)
    left join entered using (opportunity_id)
    left join pushed using (opportunity_id)
    left join categorised using (opportunity_id)
    left join last_done using (opportunity_id)
    where ($statuses is null or list_contains($statuses, status))
    and ($stages is null or list_contains($stages, listed.stage))
    and ($journeys is null or journey is not null)
    and ($expected_from is null or expected_close_on >= $expected_from)
    and ($expected_to is null or expected_close_on <= $expected_to)
    and (not $without_expected_close or (listed.stage > 0 and expected_close_on is null))
    and (not $overdue or (listed.stage > 0 and expected_close_on < $as_of))
    and (not $without_amount or amount is null)
    and ($closed_from is null or (listed.stage = 0 and expected_close_on >= $closed_from))
    and ($closed_to is null or (listed.stage = 0 and expected_close_on <= $closed_to))
    and ($created_from is null or created_on >= $created_from)
    and ($created_to is null or created_on <= $created_to)
    and ($close_reasons is null or list_contains($close_reasons, listed.close_reason_code))
    and (not $without_close_reason or (listed.stage = 0 and listed.close_reason_code is null))
    and (not $in_win_rate or coalesce(in_win_rate, true))
    and ($sources is null or list_contains($sources, details.source))
    and ($lists is null or list_contains($lists, details.list_no))
    and (not $without_campaign or details.campaign_no is null)
    and (not $without_team or teamless.team_code is null)
    and ($actions is null or last_done.opportunity_id is not null)
    and ($probability_from is null or probability_percent >= $probability_from)
    and ($probability_to is null or probability_percent <= $probability_to)
    and ($completed_from is null or completed_percent >= $completed_from)
    and ($completed_to is null or completed_percent <= $completed_to)
    and ($amount_from is null or amount >= $amount_from)
    and ($amount_below is null or amount < $amount_below)
    and ($crossed_stage is null or reached_on is not null)
    and ($crossed_from is null or reached_on >= $crossed_from)
    and ($crossed_to is null or reached_on <= $crossed_to)
    and (not $without_owner or listed.owner_code is null)
    and (not $without_contact or listed.contact_no is null)
    and ($entered_from is null or entered_on >= $entered_from)
    and ($entered_to is null or entered_on <= $entered_to)
    and with_step.opportunity_id is null
    and ($categories is null or categorised.opportunity_id is not null)
    and ($pushed is null or coalesce(pushes, 0) >= $pushed)
    and ($search = '' or details_match or contact_matches or owner_matches)

),

totals as (

    select
        count(*) as total_opportunities,
        sum(amount) as total_amount,
        sum(weighted_amount) as total_weighted_amount,
        count(*) - count(amount) as total_without_amount
    from selected

),

page as (

    select *, row_number() over () as place
    from (
        select *
        from selected
        order by
            case when $descending then text_key end desc nulls last,
            case when not $descending then text_key end asc nulls last,
            case when $descending then number_key end desc nulls last,
            case when not $descending then number_key end asc nulls last,
            opportunity_id
        limit $limit
        offset $offset
    ) as ordered

),

named as (

    select
        page.*,
        opportunity_no,
        present.description,
        created_on,
        contacts.name as contact_name,
        salespeople.name as owner_name,
        stages.description as stage_description
    from page
    inner join present using (opportunity_id)
    left join contacts on contacts.contact_no = page.contact_no
    left join salespeople on salespeople.owner_code = page.owner_code
    left join stages on stages.cycle_code = page.cycle_code and stages.stage = page.stage

)

select
    totals.*,
    opportunity_no,
    description,
    contact_no,
    contact_name,
    owner_code,
    owner_name,
    cycle_code,
    stage,
    stage_description,
    status,
    amount,
    probability_percent,
    weighted_amount,
    expected_close_on,
    case when stage = 0 then expected_close_on end as closed_on,
    close_reason_code,
    created_on,
    cast($as_of as date) - created_on as age_days,
    valid_from as standing_since
from totals
left join named on true
order by place
