-- a row is a comment about a record, the newest first; of a sales cycle, those of its stages too
select comment_id, about, no, stage, said_on, text, created_at, created_by
from comments
where no = $no
and (about = $about or ($about = 'sales cycle' and about = 'stage'))
and ($stage is null or stage = $stage)
order by said_on desc, comment_id desc
