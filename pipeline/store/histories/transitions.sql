-- A row is one transition of the history with what its neighbours, its stage and its cycle make of it.
with
-- the transition as given, in the sales cycle of its opportunity
given as (
    select
        opportunity.opportunity_id,
        opportunity.cycle_code,
        given.* replace (
            coalesce(given.owner_code, opportunity.owner_code) as owner_code,
            coalesce(given.contact_no, opportunity.contact_no) as contact_no
        ),
        given.action in ('first', 'next', 'previous', 'skip', 'jump', 'reopen') as begins_a_stay
    from history_given_transitions as given
    left join history_opportunities as opportunity
        on opportunity.external_id = given.external_id
),
-- beside the row in front and the row behind; the path lengthens with every stay
neighbours as (
    select
        *,
        lag(stage, 1, 0) over life as from_stage,
        lag(action) over life as action_before,
        lag(valid_from) over life as valid_from_before,
        lead(valid_from) over life as valid_to,
        row_number() over life as place,
        lead(nth) over life is null as is_newest,
        coalesce(
            string_agg(case when begins_a_stay then stage::varchar end, ' ') over life, ''
        ) as path,
        max(case when begins_a_stay then valid_from end) over life as stage_since,
        first_value(valid_from) over life as started_on,
        first_value(recorded_at) over life as first_recorded_at,
        first_value(recorded_by) over life as first_recorded_by
    from given
    window life as (partition by external_id order by nth)
),
-- with the percentages of its stage: a default chance fills a gap, and rules after skip and jump
percentages as (
    select
        row_.* exclude (chances_percent),
        row_.chances_percent as typed_chances_percent,
        cycle.probability_method,
        stage.stage is not null as stage_is_known,
        case
            when row_.action = 'won' then 100
            when row_.action = 'lost' then 0
            when stage.chances_percent <> 0
                and (row_.action in ('skip', 'jump') or coalesce(row_.chances_percent, 0) = 0)
                then stage.chances_percent
            else coalesce(row_.chances_percent, 0)
        end::decimal(5, 2) as chances_percent,
        case
            when row_.action in ('won', 'lost') then 100
            else coalesce(stage.completed_percent, 0)
        end::decimal(5, 2) as completed_percent
    from neighbours as row_
    left join sales_cycles as cycle on cycle.cycle_code = row_.cycle_code
    left join stages as stage
        on stage.cycle_code = row_.cycle_code
        and stage.stage = row_.stage
),
-- with one probability of the two, by the method of the cycle
probabilities as (
    select
        *,
        case
            when action = 'won' then 100
            when action = 'lost' then 0
            when probability_method = 'multiply' then chances_percent * completed_percent * 0.01
            when probability_method = 'add' then (chances_percent + completed_percent) * 0.5
            when probability_method = 'chances' then chances_percent
            when probability_method = 'completed' then completed_percent
            else 0
        end::decimal(9, 6) as probability_percent
    from percentages
)
select
    * replace (
        case when action in ('won', 'lost') then valid_from else expected_close_on end
            as expected_close_on
    ),
    case
        when action = 'won' then coalesce(won_amount, amount)
        when action = 'lost' then 0
        else amount * probability_percent * 0.01
    end::decimal(30, 10) as weighted_amount,
    case action when 'won' then 'won' when 'lost' then 'lost' else 'in progress' end as status
from probabilities
