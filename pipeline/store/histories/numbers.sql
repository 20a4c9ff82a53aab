-- A row is one free number of the series, and the place of the opportunity that gets it.
create or replace temp table history_numbers as
with
taken as (
    select opportunity_no
    from opportunities
    where length(opportunity_no) > length($first_no) or opportunity_no >= $first_no
    union
    select opportunity_no
    from history_opportunities
    where opportunity_no is not null
),
enough as (
    select unnest(
        range($first, $first + $step * ($wanted + (select count(*) from taken)), $step)
    ) as value
),
written as (
    select
        value,
        $prefix
            || lpad(value::varchar, greatest($width, length(value::varchar))::integer, '0')
            || $suffix as opportunity_no
    from enough
),
free as (
    select
        written.value,
        written.opportunity_no
    from written
    left join taken on taken.opportunity_no = written.opportunity_no
    where taken.opportunity_no is null
    order by written.value
    limit $wanted
)
select
    row_number() over (order by value) as place,
    value,
    opportunity_no
from free
