-- A row is a code that a row of the log may have, of its kind: those in use today, and ($every)
-- those that stand in the log alone, which takes a look at all of it.
select distinct 'cycle' as kind, cycle_code as code from opportunities where cycle_code is not null

union

select distinct 'owner', owner_code from opportunities where owner_code is not null

union

select distinct 'category', forecast_category from opportunities where forecast_category is not null

union

select distinct 'cycle', cycle_code from transitions where $every

union

select distinct 'owner', owner_code from transitions where $every and owner_code is not null

union

select distinct 'category', forecast_category
from transitions
where $every
and forecast_category is not null

order by kind, code
