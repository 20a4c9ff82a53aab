-- learned: the transitions as a forecast at the end of $cut may know them, with the day on which
-- each was learned. A row is learned when it is recorded; one that a batch brought in with a whole
-- history (more than half of at least twenty rows over a month late) on the day it is about, since
-- nothing truer is known. Without $as_known every row counts as learned on the day it is about.
brought_in as materialized (

    select batch_id
    from transitions
    where $as_known
    group by batch_id
    having count(*) >= 20
    and count(*) filter (cast(recorded_at as date) - valid_from > 31) * 2 > count(*)

),

gone as materialized (

    select opportunity_id
    from opportunities
    where case when $as_known then cast(removed_at as date) else removed_on end <= $cut

),

dated as not materialized (

    select
        transitions.*,
        case
            when not $as_known or brought_in.batch_id is not null then valid_from
            else greatest(valid_from, cast(recorded_at as date))
        end as learned_on
    from transitions
    left join brought_in on brought_in.batch_id = transitions.batch_id
    where valid_from <= $cut
    and (retracted_at is null or ($as_known and cast(retracted_at as date) > $cut))

),

learned as not materialized (

    select *
    from dated
    anti join gone using (opportunity_id)
    where learned_on <= $cut

)
