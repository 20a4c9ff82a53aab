"""The bare DuckDB query behind each report: the same sums, and nothing else around them."""

STANDING = """
from transitions
where retracted_at is null and valid_from <= $as_of
and (valid_to is null or valid_to > $as_of)
"""

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
}
"""By report name; each takes the parameter `as_of`."""
