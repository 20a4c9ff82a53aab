-- A row is an opportunity of which something came and went inside the period, so that the two ends
-- of the period do not show it.
with
/* _changes */,

/* _ends */

select
    opportunity_no,
    description,
    start_amount = 0 and end_amount = 0 as passed_through,
    start_amount,
    came as came_amount,
    went as went_amount,
    end_amount,
    least(came, went) as hidden_amount
from ends
inner join opportunities using (opportunity_id)
where came > 0 and went > 0
order by hidden_amount desc, opportunity_no
