-- A row is one of the opportunities asked for ($ids), as it stands on the as-of day, with names.
select
    standing.opportunity_id,
    present.opportunity_no,
    present.description,
    contacts.name as contact_name,
    salespeople.name as owner_name,
    stages.description as stage_description,
    standing.expected_close_on
from standing
inner join present using (opportunity_id)
left join contacts on contacts.contact_no = standing.contact_no
left join salespeople on salespeople.owner_code = standing.owner_code
left join stages on stages.cycle_code = standing.cycle_code and stages.stage = standing.stage
where list_contains($ids, standing.opportunity_id)
