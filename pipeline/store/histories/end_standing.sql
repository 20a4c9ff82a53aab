-- A row is the transition an opportunity stood on; it ends where the first new one begins.
update transitions
set valid_to = goes_on.valid_from
from history_continued as goes_on
where goes_on.place = 1
    and goes_on.opportunity_id = transitions.opportunity_id
    and goes_on.standing_nth = transitions.nth
    and transitions.valid_to is null
