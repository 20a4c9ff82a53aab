"""The bare DuckDB queries behind the reports on time, slippage and health."""

from benchmarks.bare import BARE, STANDING

STAYS = """
select cycle_code, stage, ended_on - entered_on, ended_by, count(*)
from (
    select opportunity_id * 1000000 + strlen(path)
            - case when stage = 0 then 0 else 1 + strlen(cast(stage as varchar)) end as stay,
        cycle_code, from_stage as stage, action as ended_by, valid_from as ended_on
    from transitions
    where retracted_at is null and valid_from <= $as_of and from_stage > 0
    and action <> 'update' and action <> 'reassign' and action <> 'edit' and action <> 'reopen'
)
join (
    select opportunity_id * 1000000 + strlen(path) as stay, valid_from as entered_on
    from transitions
    where retracted_at is null and valid_from <= $as_of and stage > 0
    and action <> 'update' and action <> 'reassign' and action <> 'edit'
) using (stay)
group by all
"""
"""Each end of a stay beside its beginning."""
OPEN_STAYS = f"""
select cycle_code, stage, $as_of - entered_on, count(*), sum(amount), sum(weighted_amount)
from (select * {STANDING} and stage > 0)
join (
    select opportunity_id, max(valid_from) as entered_on
    from transitions
    semi join (select opportunity_id {STANDING} and stage > 0) using (opportunity_id)
    where retracted_at is null and valid_from <= $as_of
    and action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen')
    group by opportunity_id
) using (opportunity_id)
group by all
"""
CREATED = "join (select opportunity_id, created_on from opportunities) using (opportunity_id)"
AGES = f"""
select cycle_code, stage, probability_percent > 0,
    case when stage > 0 then $as_of else expected_close_on end - created_on, count(*)
from (select * {STANDING}) {CREATED}
group by all
"""
PUSHES = """
with redated as (
    select opportunity_id, amount, action, valid_from,
        expected_close_on - lag(expected_close_on) over (
            partition by opportunity_id order by nth
        ) as later_days
    from transitions
    where retracted_at is null and valid_from <= $as_of and stage > 0 {only}
)
"""
GAPS = f"""
select log.opportunity_id, sum(log.valid_to - log.valid_from)
from transitions as log
join (select opportunity_id, expected_close_on as closed_on {STANDING} and stage = 0) as closed
    using (opportunity_id)
where retracted_at is null and stage = 0 and valid_to <= closed_on
group by log.opportunity_id
"""
YEAR = f"""
select count(*) filter (stage > 0), count(*) filter (probability_percent > 0),
    sum(weighted_amount), sum(expected_close_on - created_on)
from (select * {STANDING}) {CREATED}
where stage > 0 or expected_close_on > $as_of - 365
"""
PUSH_OUT = f"""
select count(*), sum(amount), count(is_out), sum(amount) filter (is_out) from (
    select opportunity_id, sum(amount) as amount
    from transitions
    where retracted_at is null and stage > 0 and valid_from <= $as_of
    and (valid_to is null or valid_to >= date_trunc('quarter', $as_of))
    and expected_close_on between date_trunc('quarter', $as_of) and $as_of
    group by opportunity_id
)
left join (
    select opportunity_id, true as is_out {STANDING} and stage > 0 and expected_close_on > $as_of
) using (opportunity_id)
"""
ONE_OF_THE_QUARTER = """
    and (valid_from >= date_trunc('quarter', $as_of)
        or valid_to between date_trunc('quarter', $as_of) and $as_of)"""

BARE_TIME = {
    "time-in-stage": f"""
        select 1 from ({STAYS}) union all select 1 from ({BARE["stage-statistics"]})""",
    "time-in-stage-curve": STAYS,
    "sales-cycle-length": f"""
        select 1 from ({AGES}) union all
        select 1 from (select count(*) from ({AGES}) cross join (select count(*) from ({GAPS})))""",
    "win-curve": AGES,
    "velocity": f"{YEAR} union all {YEAR.replace('$as_of', '($as_of - 365)')}",
    "concentration": f"""
        select count(*), sum(amount), sum(amount::double * amount::double), max(amount)
        {STANDING} and stage > 0""",
    "slippage": f"""
        {PUSHES.format(only=ONE_OF_THE_QUARTER)}
        select count(*), count(distinct opportunity_id), sum(later_days), sum(amount)
        from redated
        where later_days > 0 and action <> 'reopen'
        and valid_from >= date_trunc('quarter', $as_of)
        union all
        {PUSH_OUT}""",
    "repeat-slip": f"""
        {PUSHES.format(only="")}
        select pushes, count(*) from (
            select opportunity_id, count(*) as pushes from redated
            where later_days > 0 and action <> 'reopen' group by opportunity_id
        ) group by pushes""",
    "close-date-reliability": f"""
        select closed.owner_code, count(*), count(*) filter (closed_on <= before.expected_close_on)
        from transitions as before
        join (
            select opportunity_id, owner_code, expected_close_on as closed_on
            {STANDING} and stage = 0
        ) as closed using (opportunity_id)
        where retracted_at is null and stage > 0
        and valid_from <= closed_on - 30 and valid_to > closed_on - 30
        group by closed.owner_code""",
    "rotting-by-stage": f"select 1 from ({STAYS}) union all select 1 from ({OPEN_STAYS})",
    "rotting": f"select 1 from ({STAYS}) union all select 1 from ({OPEN_STAYS})",
    "missing-data": f"""
        select cycle_code, stage, count(*), count(amount), sum(amount), sum(weighted_amount),
            count(*) filter (expected_close_on < $as_of),
            sum(weighted_amount) filter (expected_close_on < $as_of)
        {STANDING} and stage > 0 group by all""",
    "stage-lint": f"""
        select cycle_code, owner_code, path, stage, probability_percent > 0, count(*)
        {STANDING} group by all""",
}
"""By report name; each takes the parameter `as_of`."""
