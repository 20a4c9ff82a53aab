-- A row is one record of the set-up that an import may make, and what it says now.
select 'sales cycle' as kind, cycle_code as code, null::integer as stage,
    md5(concat_ws('|', description, probability_method, blocked)) as state
from sales_cycles
union all
select 'stage', cycle_code, stage,
    md5(concat_ws('|', position, description, completed_percent, chances_percent, allow_skip,
        quote_required, activity_code, date_formula))
from stages
union all
select 'team', team_code, null, md5(concat_ws('|', name, manager_code))
from teams
union all
select 'salesperson', owner_code, null, md5(concat_ws('|', name, team_code, blocked))
from salespeople
union all
select 'close reason', close_reason_code, null,
    md5(concat_ws('|', description, outcome, in_win_rate))
from close_reasons
union all
select 'contact', contact_no, null, md5(concat_ws('|', type, name, company_no, owner_code))
from contacts
union all
select 'campaign', campaign_no, null,
    md5(concat_ws('|', description, starts_on, ends_on, activated, owner_code))
from campaigns
