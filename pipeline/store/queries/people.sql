-- a row is a salesperson with what belongs to it now
select
    owner_code,
    name,
    team_code,
    blocked,
    coalesce(open_now, 0) as open_now,
    coalesce(contacts_owned, 0) as contacts_owned
from salespeople
left join (
    select owner_code, count(*) as open_now
    from opportunities
    where status in ('not started', 'in progress') and removed_on is null
    group by owner_code
) as open_ones using (owner_code)
left join (
    select owner_code, count(*) as contacts_owned from contacts group by owner_code
) as theirs using (owner_code)
order by name, owner_code
