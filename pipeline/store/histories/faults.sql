-- A row is one rule that the history breaks: how many break it, and the first few of them.
with
broken as (
    select 'recorded before' as key, given.external_id as example
    from history_opportunities as given
    join opportunities as known
        on known.source = $source
        and known.external_id = given.external_id
    union all
    select 'given twice', external_id
    from history_opportunities
    group by external_id
    having count(*) > 1
    union all
    select 'number taken', opportunity_no
    from history_opportunities
    where opportunity_no is not null
    group by opportunity_no
    having count(*) > 1
    union all
    select 'number taken', given.opportunity_no
    from history_opportunities as given
    join opportunities as known on known.opportunity_no = given.opportunity_no
    union all
    select 'nameless', coalesce(external_id, description, '(blank)')
    from history_opportunities
    where external_id is null or description is null or created_on is null
    union all
    select 'unknown priority', external_id || ' (' || priority || ')'
    from history_opportunities
    where priority not in ('low', 'normal', 'high')
    union all
    select 'unknown cycle', given.external_id || ' (' || coalesce(given.cycle_code, 'none') || ')'
    from history_opportunities as given
    left join sales_cycles as cycle on cycle.cycle_code = given.cycle_code
    where cycle.cycle_code is null
    union all
    select distinct 'unknown owner', given.owner_code
    from (
        select owner_code from history_opportunities
        union
        select owner_code from history_transitions
    ) as given
    left join salespeople as owner on owner.owner_code = given.owner_code
    where given.owner_code is not null and owner.owner_code is null
    union all
    select distinct 'unknown contact', given.contact_no
    from (
        select contact_no from history_opportunities
        union
        select company_no from history_opportunities
        union
        select contact_no from history_transitions
    ) as given
    left join contacts as contact on contact.contact_no = given.contact_no
    where given.contact_no is not null and contact.contact_no is null
    union all
    select distinct 'unknown campaign', given.campaign_no
    from history_opportunities as given
    left join campaigns as campaign on campaign.campaign_no = given.campaign_no
    where given.campaign_no is not null and campaign.campaign_no is null
    union all
    select distinct 'of no opportunity', coalesce(external_id, '(blank)')
    from history_transitions
    where opportunity_id is null
    union all
    select 'unknown action', external_id || ' (' || coalesce(action, 'none') || ')'
    from history_transitions
    where action is null or not (begins_a_stay or action in ('update', 'reassign', 'edit', 'won', 'lost'))
    union all
    select 'undated', external_id
    from history_transitions
    where valid_from is null or recorded_at is null or recorded_by is null
    union all
    select distinct 'not in sequence', external_id
    from history_transitions
    where nth is distinct from place
    union all
    select distinct 'runs backwards', external_id || ' (' || valid_from::varchar || ')'
    from history_transitions
    where valid_from < valid_from_before
    union all
    select 'wrong beginning', external_id || ' (' || action || ')'
    from history_transitions
    where place = 1 and action not in ('first', 'won', 'lost')
    union all
    select distinct 'begins again', external_id
    from history_transitions
    where place > 1 and action = 'first'
    union all
    select distinct 'after the close', external_id || ' (' || action || ')'
    from history_transitions
    -- of what is closed, only a win may become a loss: its order was deleted
    where action_before in ('won', 'lost')
    and action <> 'reopen'
    and not (action_before = 'won' and action = 'lost')
    union all
    select distinct 'reopened while open', external_id
    from history_transitions
    where place > 1 and action = 'reopen' and action_before not in ('won', 'lost')
    union all
    select 'unknown stage', external_id || ' (' || coalesce(stage::varchar, 'none') || ')'
    from history_transitions
    where action not in ('won', 'lost') and not stage_is_known and probability_method is not null
    union all
    select 'closed in a stage', external_id || ' (' || coalesce(stage::varchar, 'none') || ')'
    from history_transitions
    where action in ('won', 'lost') and stage is distinct from 0
    union all
    select 'moved without a move', external_id || ' (' || action || ')'
    from history_transitions
    where place > 1 and action in ('update', 'reassign', 'edit') and stage <> from_stage
    union all
    select 'negative amount', external_id || ' (' || least(amount, won_amount)::varchar || ')'
    from history_transitions
    where amount < 0 or won_amount < 0
    union all
    select 'chances out of range', external_id || ' (' || typed_chances_percent::varchar || ')'
    from history_transitions
    where typed_chances_percent not between 0 and 100
    union all
    select distinct 'unknown close reason', given.close_reason_code
    from (
        select distinct action, close_reason_code
        from history_transitions
        where close_reason_code is not null
    ) as given
    left join close_reasons as reason
        on reason.close_reason_code = given.close_reason_code
        and reason.outcome = given.action
    where reason.close_reason_code is null
)
select key, count(*) as how_many, min(example, 3) as first_few
from broken
group by key
order by key
