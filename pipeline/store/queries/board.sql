-- A row is the opportunities of one column of the board: a stage of a cycle, stage 0 what is not
-- started.
with
/* _board */

select
    cycle_code,
    stage,
    count(*) as opportunities,
    sum(amount) as amount,
    sum(weighted_amount) as weighted_amount,
    count(*) - count(amount) as without_amount,
    count(*) filter (is_overdue) as overdue,
    sum(amount) filter (is_overdue) as overdue_amount,
    count(*) filter (is_rotting) as rotting,
    sum(amount) filter (is_rotting) as rotting_amount,
    sum(weighted_amount) filter (is_rotting) as rotting_weighted_amount,
    count(*) filter (lacks_next_step) as without_next_step
from marked
group by cycle_code, stage
