-- A row is a call for an amount, submitted by the end of $cut, of whoever the scope is about: with
-- owners chosen theirs, with teams chosen those of the teams and of their members, else all.
select
    level,
    code,
    submitted_on - date '1970-01-01' as called_day,
    starts_on - date '1970-01-01' as from_day,
    ends_on - date '1970-01-01' as to_day,
    cast(amount as double) as amount
from calls
left join salespeople on level = 'owner' and salespeople.owner_code = code
where measure = 'won amount'
and submitted_on <= $cut
and (not $as_known or cast(created_at as date) <= $cut)
and (len($owners) = 0 or (level = 'owner' and list_contains($owners, code)))
and (
    len($teams) = 0
    or (level = 'team' and list_contains($teams, code))
    or (level = 'owner' and list_contains($teams, team_code))
)
and len($cycles) + len($contacts) + len($campaigns) = 0
order by called_day, version
