-- A row is one rule that the continuation breaks: how many break it, and the first few of them.
with
broken as (
    select distinct 'of no opportunity' as key, coalesce(given.external_id, '(blank)') as example
    from history_given_new as given
    left join history_seeds as seed on seed.external_id = given.external_id
    where seed.external_id is null
    union all
    select distinct 'not in sequence', external_id
    from history_continued
    where nth is distinct from last_nth + place
    union all
    select distinct 'unknown owner', given.owner_code
    from history_given_new as given
    left join salespeople as owner on owner.owner_code = given.owner_code
    where given.owner_code is not null and owner.owner_code is null
    union all
    select 'unknown action', external_id || ' (' || coalesce(action, 'none') || ')'
    from history_continued
    where action is null
        or not (begins_a_stay or action in ('update', 'reassign', 'edit', 'won', 'lost'))
    union all
    select 'undated', external_id
    from history_continued
    where valid_from is null or recorded_at is null or recorded_by is null
    union all
    select distinct 'runs backwards', external_id || ' (' || valid_from::varchar || ')'
    from history_continued
    where valid_from < valid_from_before
    union all
    select 'wrong beginning', external_id || ' (' || action || ')'
    from history_continued
    where standing_nth = 0 and place = 1 and action not in ('first', 'won', 'lost')
    union all
    select distinct 'begins again', external_id
    from history_continued
    where action = 'first' and (standing_nth > 0 or place > 1)
    union all
    select distinct 'after the close', external_id || ' (' || action || ')'
    from history_continued
    -- of what is closed, only a win may become a loss: its order was deleted
    where action_before in ('won', 'lost')
    and action <> 'reopen'
    and not (action_before = 'won' and action = 'lost')
    union all
    select distinct 'reopened while open', external_id
    from history_continued
    where action = 'reopen' and action_before not in ('won', 'lost')
    union all
    select 'unknown stage', external_id || ' (' || coalesce(stage::varchar, 'none') || ')'
    from history_continued
    where action not in ('won', 'lost') and not stage_is_known
    union all
    select 'closed in a stage', external_id || ' (' || coalesce(stage::varchar, 'none') || ')'
    from history_continued
    where action in ('won', 'lost') and stage is distinct from 0
    union all
    select 'moved without a move', external_id || ' (' || action || ')'
    from history_continued
    where action in ('update', 'reassign', 'edit') and stage <> from_stage
    union all
    select 'negative amount', external_id || ' (' || least(amount, won_amount)::varchar || ')'
    from history_continued
    where amount < 0 or won_amount < 0
    union all
    select 'chances out of range', external_id || ' (' || typed_chances_percent::varchar || ')'
    from history_continued
    where typed_chances_percent not between 0 and 100
    union all
    select distinct 'unknown close reason', given.close_reason_code
    from history_given_new as given
    left join close_reasons as reason
        on reason.close_reason_code = given.close_reason_code
        and reason.outcome = given.action
    where given.close_reason_code is not null and reason.close_reason_code is null
)
select key, count(*) as how_many, min(example, 3) as first_few
from broken
group by key
order by key
