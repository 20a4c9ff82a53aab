-- A row is one of the newest comments about an opportunity.
select
    said_on as note_on,
    text as note,
    created_by as recorded_by
from comments
where about = 'opportunity' and no = $opportunity_no
order by said_on desc, comment_id desc
limit $at_most
