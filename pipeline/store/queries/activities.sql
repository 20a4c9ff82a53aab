-- a row is an activity
select activity_code, description from activities order by activity_code
