-- A row is one transition to go on with, or the one in front of it that stands now.
create or replace temp view history_given_transitions as
select * from history_given_new
union all by name
select
    external_id,
    nth,
    'update' as action,
    stage,
    valid_from
from history_seeds
where nth > 0
