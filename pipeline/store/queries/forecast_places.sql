-- A row is a stage with its place in its sales cycle today, and how many there are in it.
select cycle_code, stage, position, count(*) over (partition by cycle_code) as stages from stages
