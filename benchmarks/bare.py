"""The bare DuckDB query behind each report: the same sums, and nothing else around them."""

STANDING = """
from transitions
where retracted_at is null and valid_from <= $as_of
and (valid_to is null or valid_to > $as_of)
"""

TOUCHED = """
with touched as (
    select *, lag(stage) over life as before_stage, lag(amount) over life as before_amount,
        lag(weighted_amount) over life as before_weighted, lag(valid_to) over life as before_to,
        lead(valid_from) over life as next_from
    from (
        select * from transitions where retracted_at is null
        and valid_from between date_trunc('quarter', $as_of) and $as_of
        union all
        select * from transitions where retracted_at is null
        and valid_from < date_trunc('quarter', $as_of)
        and valid_to between date_trunc('quarter', $as_of) and $as_of
    ) as both_kinds
    window life as (partition by opportunity_id order by nth)
)
"""
"""The transitions of the quarter so far, each beside the row before it."""

BARE = {
    "weighted-pipeline": f"""
        select standing.cycle_code, standing.stage, date_trunc('month', standing.expected_close_on),
            count(*), sum(standing.amount), sum(standing.weighted_amount),
            sum($as_of - created_on),
            count(*) filter (where standing.expected_close_on < $as_of),
            sum(standing.amount) filter (where standing.expected_close_on < $as_of)
        from (select * {STANDING} and stage > 0) as standing
        join opportunities using (opportunity_id)
        group by all""",
    "stage-conversion": f"""
        select cycle_code, path, stage, action, count(*) {STANDING} group by all""",
    "win-rate": f"""
        select cycle_code, action, close_reason_code, count(*), sum(amount), sum(weighted_amount)
        {STANDING} and stage = 0 group by all""",
    "cycle-statistics": f"""
        select cycle_code, count(*), sum(amount), sum(weighted_amount)
        {STANDING} and stage > 0 group by all""",
    "stage-statistics": """
        select cycle_code, stage, action, valid_to is null or valid_to > $as_of, count(*),
            sum(amount), sum(weighted_amount), sum(valid_to - valid_from)
        from transitions where retracted_at is null and valid_from <= $as_of and stage > 0
        group by all""",
    "what-changed": f"""
        {TOUCHED},
        ends as (
            select opportunity_id, sum(amount) filter (before_to is null) as start_amount,
                sum(amount) filter (next_from is null) as end_amount,
                sum(greatest(amount - before_amount, 0)), sum(greatest(before_amount - amount, 0))
            from touched group by opportunity_id
        )
        select action, sign(amount - before_amount), count(*), sum(amount), sum(before_amount)
        from touched group by all
        union all
        select '', 0, count(*), sum(start_amount), sum(end_amount) from ends
        union all
        select '', 1, count(*), sum(amount), 0 {STANDING} and stage > 0
        union all
        select '', 2, count(*), sum(amount), 0 from transitions
        where retracted_at is null and stage > 0
        and valid_from < date_trunc('quarter', $as_of)
        and (valid_to is null or valid_to >= date_trunc('quarter', $as_of))""",
    "stage-flow": f"""
        {TOUCHED}
        select cycle_code, before_stage, stage, action, count(*) from touched group by all
        union all
        select cycle_code, 0, stage, '', count(*) {STANDING} and stage > 0 group by all""",
    "pipeline-history": """
        select cycle_code, stage, valid_from, count(*), sum(amount), sum(weighted_amount)
        from transitions where retracted_at is null and stage > 0
        and valid_from between $as_of - interval 24 month and $as_of group by all
        union all
        select cycle_code, stage, valid_to, count(*), sum(amount), sum(weighted_amount)
        from transitions where retracted_at is null and stage > 0
        and valid_to between $as_of - interval 24 month and $as_of group by all""",
}
"""By report name; each takes the parameter `as_of`."""
