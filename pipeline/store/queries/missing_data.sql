-- A row is the opportunities in progress of one stage, with what they lack and what that is worth.
select
    cycle_code,
    stage,
    count(*) as opportunities,
    count(amount) as with_amount,
    sum(amount) as amount,
    sum(weighted_amount) as weighted_amount,
    count(*) filter (amount is null) as without_amount,
    count(*) filter (expected_close_on is null) as without_expected_close,
    sum(amount) filter (expected_close_on is null) as without_expected_close_amount,
    sum(weighted_amount) filter (expected_close_on is null) as without_expected_close_weighted,
    count(*) filter (expected_close_on < $as_of) as overdue,
    sum(amount) filter (expected_close_on < $as_of) as overdue_amount,
    sum(weighted_amount) filter (expected_close_on < $as_of) as overdue_weighted,
    count(*) filter (contact_no is null) as without_contact,
    sum(amount) filter (contact_no is null) as without_contact_amount,
    sum(weighted_amount) filter (contact_no is null) as without_contact_weighted,
    count(*) filter (owner_code is null) as without_owner,
    sum(amount) filter (owner_code is null) as without_owner_amount,
    sum(weighted_amount) filter (owner_code is null) as without_owner_weighted
from standing
where stage > 0
group by cycle_code, stage
