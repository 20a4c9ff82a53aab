-- a row is a close reason with the number of opportunities that stand closed for it
select
    close_reason_code,
    description,
    outcome,
    in_win_rate,
    coalesce(used, 0) as used
from close_reasons
left join (
    select close_reason_code, count(*) as used
    from opportunities
    where removed_on is null
    group by close_reason_code
) as closed using (close_reason_code)
order by outcome desc, description, close_reason_code
