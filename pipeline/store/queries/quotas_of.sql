-- A row is a quota of a period that lies between $from_on and $to_on, as it is in force on the
-- as-of day; one whose period has not begun counts as it is set.
select level, code, measure, period, starts_on, ends_on, target, effective_from, created_by
from (
    select
        *,
        row_number() over (
            partition by level, code, measure, starts_on, ends_on
            order by effective_from desc, created_at desc
        ) as place
    from quotas
    where starts_on >= $from_on
    and ends_on <= $to_on
    and effective_from <= greatest($as_of, starts_on)
    and ($moment is null or created_at <= $moment)
) as ranked
where place = 1
order by level, code, measure, starts_on, ends_on
