"""The bare DuckDB query behind each report on conversion: the same sums, nothing around them."""

from benchmarks.bare import STANDING

JOURNEYS = f"""
select cycle_code, path, stage > 0, probability_percent > 0, count(*) {STANDING} group by all
"""
EXITS = """
select cycle_code, from_stage, stage, action, count(*), sum(amount), count(amount)
from transitions
anti join (select opportunity_id from opportunities where removed_on <= $as_of) as removed
    using (opportunity_id)
where retracted_at is null and valid_from <= $as_of and from_stage > 0
and action in ('next', 'previous', 'skip', 'jump', 'won', 'lost')
group by all
"""
CREATED = "(select opportunity_id, created_on from opportunities) as created"
AGES = f"""
select cycle_code, stage > 0, probability_percent > 0,
    case when stage > 0 then $as_of else expected_close_on end - created_on, count(*)
from (select * {STANDING}) as standing join {CREATED} using (opportunity_id) group by all
"""
BARE_CONVERSION = {
    "counting-rules": f"select *, 0, 0 from ({JOURNEYS}) union all select * from ({EXITS})",
    "counting-rules-answers": f"""
        select *, 0, 0 from ({JOURNEYS}) union all select * from ({EXITS})""",
    "skips-and-bounces": JOURNEYS,
    "stage-transitions": JOURNEYS,
    "conversion-cohorts": f"""
        select cycle_code, path, stage > 0, probability_percent > 0,
            date_trunc('month', created_on), count(*)
        from (select * {STANDING}) as standing join {CREATED} using (opportunity_id) group by all
        union all
        select cycle_code, '', a, b, date '2000-01-01' + cast(days as integer), n
        from ({AGES}) as ages (cycle_code, a, b, days, n)""",
    "conversion-by": f"""
        select owner_code, cycle_code, path, stage > 0, probability_percent > 0, count(*)
        {STANDING} group by all
        union all
        select '', cycle_code, path, true, true, 0 from transitions
        where retracted_at is null and valid_from <= $as_of
        and action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
        group by cycle_code, path""",
    "win-rate-conventions": f"""
        select stage > 0, probability_percent > 0, close_reason_code, created_on is not null,
            count(*), sum(amount), sum(weighted_amount), count(amount)
        from (select * {STANDING}) as standing left join {CREATED} using (opportunity_id)
        group by all
        union all
        select true, action = 'won', close_reason_code, true, count(*), sum(amount),
            sum(weighted_amount), count(amount)
        from transitions
        anti join (select opportunity_id from opportunities where removed_on <= $as_of) as removed
            using (opportunity_id)
        where retracted_at is null and valid_from <= $as_of and action in ('won', 'lost')
        group by all
        union all
        select a, b, cycle_code, true, n, days, 0, 0
        from ({AGES}) as ages (cycle_code, a, b, days, n)""",
    "close-reasons": f"""
        select probability_percent > 0, close_reason_code, count(*), sum(amount),
            sum(weighted_amount), count(amount)
        {STANDING} and stage = 0 group by all""",
    "loss-reasons": f"""
        select cycle_code, path, close_reason_code, count(*), sum(amount), count(amount)
        {STANDING} and stage = 0 and probability_percent = 0 group by all""",
}
"""By report name; each takes the parameter `as_of`."""
