-- A row is a version of a call for a period that lies between $from_on and $to_on, submitted by the
-- as-of day, the oldest first.
select
    level, code, measure, period, starts_on, ends_on, caller, version, amount,
    confidence_percent, note, submitted_on, is_late, created_by, created_at,
    version = max(version) over (partition by level, code, measure, starts_on, ends_on, caller)
        as is_latest,
    not is_late and version = max(case when not is_late then version end)
        over (partition by level, code, measure, starts_on, ends_on, caller) as is_locked
from calls
where starts_on >= $from_on
and ends_on <= $to_on
and submitted_on <= $as_of
and ($moment is null or created_at <= $moment)
order by starts_on, level, code, caller, version
