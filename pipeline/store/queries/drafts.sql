-- The one row is the number of opportunities that are not started.
select count(*) as drafts from drafts
