-- A row is one transition that goes on where its opportunity stands; `place` counts the new ones.
create or replace temp table history_continued as
select
    row_.* replace (
        concat_ws(' ', nullif(seed.path, ''), nullif(row_.path, '')) as path,
        coalesce(row_.stage_since, seed.stage_since) as stage_since,
        coalesce(seed.started_on, row_.started_on) as started_on,
        row_number() over life as place,
        coalesce(
            case when row_number() over life = 1 then seed.action else row_.action_before end, ''
        ) as action_before
    ),
    seed.last_nth,
    seed.nth as standing_nth
from history_transitions as row_
inner join history_seeds as seed on seed.external_id = row_.external_id
where row_.nth > seed.nth
window life as (partition by row_.external_id order by row_.nth)
